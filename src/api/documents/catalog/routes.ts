import { catalogEntry, cloudEventsType, eventTypes } from '../../../engine/log/event-catalog.ts';
import { eventJsonSchemas } from '../../../engine/log/event.schema.ts';
import { definitionJsonSchema } from '../../../engine/definition/definition-json-schema.schema.ts';
import { payloadJsonSchema } from '../../../engine/node-types/node-type.schema.ts';
import { nodeTypes } from '../../../engine/node-types/registry.ts';
import { definitionSchema, eventTypeList, nodeTypeList } from '../answers.ts';
import { route } from '../../routing/route.ts';

/** What Hookloom can run and report, from the tables that also validate. */
export const catalogRoutes = [
  route({
    method: 'get',
    path: '/v1/node-types',
    scope: 'read',
    tag: 'Platform',
    summary: 'Every node type with the JSON Schema of its payload',
    answers: { 200: { is: 'The node types.', schema: nodeTypeList } },
    handler: () => ({
      body: {
        items: nodeTypes.map((type) => ({ ...type, payload: payloadJsonSchema(type) })),
      },
    }),
  }),
  route({
    method: 'get',
    path: '/v1/definition-schema',
    scope: 'read',
    tag: 'Platform',
    summary: 'The JSON Schema of a definition, by which editors complete: every type with its payload',
    answers: { 200: { is: 'The schema.', schema: definitionSchema } },
    handler: () => ({ body: definitionJsonSchema() }),
  }),
  route({
    method: 'get',
    path: '/v1/event-types',
    scope: 'read',
    tag: 'Platform',
    summary: 'Every event type with its JSON Schema and its CloudEvents name',
    answers: { 200: { is: 'The event types.', schema: eventTypeList } },
    handler: () => {
      const schemas = eventJsonSchemas();
      const items = eventTypes.map((type) => ({
        type,
        ...catalogEntry(type),
        cloudEventsType: cloudEventsType(type),
        schema: schemas[type],
      }));
      return { body: { items } };
    },
  }),
];
