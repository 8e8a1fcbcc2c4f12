import assert from 'node:assert/strict';
import { createNodeCodes, rawFields } from '../../src/activities/nodes/registry.ts';
import { nodeTypes } from '../../src/engine/node-types/registry.ts';
import { createGuardedClient } from '../../src/outbound/egress/guarded-client.ts';

describe('the node types', () => {
  it('that can be saved are just those that can be run', async () => {
    const client = createGuardedClient({ egressAllow: [] });
    const codes = createNodeCodes({ client } as Parameters<typeof createNodeCodes>[0]);
    await client.close();
    assert.deepEqual(Object.keys(codes).sort(), nodeTypes.map(({ type }) => type).sort());
    for (const type of Object.keys(rawFields)) assert.ok(codes[type], type);
  });
});
