import assert from 'node:assert/strict';
import { createNodeCodes } from '../../src/activities/nodes/registry.ts';
import { nodeTypes } from '../../src/engine/node-types/registry.ts';
import { payloadJsonSchema } from '../../src/engine/node-types/node-type.schema.ts';
import { createGuardedClient } from '../../src/outbound/egress/guarded-client.ts';

describe('the node types', () => {
  it('that can be saved are just those that can be run', async () => {
    const client = createGuardedClient({ egressAllow: [] });
    const codes = createNodeCodes({ client } as Parameters<typeof createNodeCodes>[0]);
    await client.close();
    assert.deepEqual(Object.keys(codes).sort(), nodeTypes.map(({ type }) => type).sort());
  });

  it('name only fields that they have where they say how fields are read', () => {
    for (const type of nodeTypes) {
      const { properties = {} } = payloadJsonSchema(type) as { properties?: object };
      const lists = [
        type.itemFields,
        type.listFields,
        type.plainFields,
        type.secretFields,
        type.writeOnlyFields,
      ].flat();
      const named = [...lists, ...type.conditionFields, ...Object.values(type.aliases)];
      const unknown = named.filter((field) => !Object.hasOwn(properties, field.split('/')[0] ?? ''));
      assert.deepEqual(unknown, [], type.type);
    }
  });
});
