import { payloadJsonSchema } from '../engine/node-types/node-type.schema.ts';
import { nodeTypes } from '../engine/node-types/registry.ts';
import { triggerTypes } from '../engine/trigger-types/registry.ts';

/** Returns the JSON Schema of a workflow file, for editors: every type by name, with the schema of its payload. */
export function workflowFileSchema(): object {
  const types = [...triggerTypes, ...nodeTypes];
  const payloads = types.map((type) => {
    const { $schema: _, ...payload } = payloadJsonSchema(type);
    return {
      if: { properties: { type: { const: type.type } } },
      then: { properties: { payload } },
    };
  });
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'A workflow of Hookloom',
    type: 'object',
    required: ['name', 'definition'],
    properties: {
      name: { type: 'string' },
      description: { type: 'string' },
      definition: {
        type: 'object',
        required: ['nodes'],
        properties: { nodes: { type: 'object', additionalProperties: { $ref: '#/definitions/node' } } },
      },
      webhook: { type: 'object' },
    },
    definitions: {
      node: {
        type: 'object',
        required: ['type'],
        properties: {
          type: { enum: types.map(({ type }) => type) },
          children: { type: 'array', items: { type: 'string' } },
          title: { type: 'string' },
        },
        allOf: payloads,
      },
    },
  };
}
