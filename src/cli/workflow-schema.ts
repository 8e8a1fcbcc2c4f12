import { definitionJsonSchema } from '../engine/definition/definition-json-schema.schema.ts';

/** Returns the JSON Schema of a workflow file, for editors. */
export function workflowFileSchema(): object {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'A workflow of Hookloom',
    type: 'object',
    required: ['name', 'definition'],
    properties: {
      name: { type: 'string' },
      description: { type: 'string' },
      definition: definitionJsonSchema(),
      webhook: { type: 'object' },
    },
  };
}
