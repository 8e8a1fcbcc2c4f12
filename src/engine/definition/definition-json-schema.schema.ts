import { z } from 'zod';
import type { JsonObject } from '../json/json.ts';
import { payloadJsonSchema } from '../node-types/node-type.schema.ts';
import { nodeTypes } from '../node-types/registry.ts';
import { triggerTypes } from '../trigger-types/registry.ts';
import { rawNode, rawRest } from './definition.schema.ts';

/**
 * Returns the JSON Schema of a definition, for editors: every type by name, with the schema of its payload. It completes;
 * what it lets through is judged by the validation alone.
 */
export function definitionJsonSchema(): JsonObject {
  const { $schema: _, ...rest } = schemaOf(rawRest);
  return {
    ...rest,
    properties: {
      nodes: { type: 'object', additionalProperties: nodeJsonSchema() },
      ...(rest['properties'] as JsonObject),
    },
    required: ['nodes'],
  };
}

function nodeJsonSchema(): JsonObject {
  const { $schema: _, ...node } = schemaOf(rawNode);
  const types = [...triggerTypes, ...nodeTypes];
  const named = types.map(({ type, title, description }) => ({ const: type, title, description }));
  const payloads = types.map((type) => {
    const { $schema: _, ...payload } = payloadJsonSchema(type);
    return { if: { properties: { type: { const: type.type } } }, then: { properties: { payload } } };
  });
  return {
    ...node,
    properties: { ...(node['properties'] as JsonObject), type: { oneOf: named } },
    allOf: payloads,
  } as JsonObject;
}

function schemaOf(schema: z.ZodType): JsonObject {
  return z.toJSONSchema(schema, { io: 'input' }) as JsonObject;
}
