/** What the routes of catalogs and documents answer. */
import { z } from 'zod';
import { eventTypes } from '../../engine/log/event-catalog.ts';
import type { EventType } from '../../engine/log/event-catalog.ts';

const jsonSchema = z.record(z.string(), z.unknown()).describe('JSON Schema, draft 2020-12.');

export const definitionSchema = jsonSchema;

export const nodeTypeList = z.object({
  items: z.array(
    z.looseObject({
      type: z.string(),
      title: z.string(),
      description: z.string(),
      payload: jsonSchema,
      result: z.string(),
    }),
  ),
});
export const eventTypeList = z.object({
  items: z.array(
    z.object({
      type: z.enum(eventTypes as [EventType, ...EventType[]]),
      about: z.enum(['run', 'node', 'endpoint']),
      when: z.string(),
      status: z.string().optional(),
      final: z.boolean().optional(),
      namedOnly: z.boolean().optional(),
      cloudEventsType: z.string(),
      schema: jsonSchema,
    }),
  ),
});
export const problemCode = z.object({ code: z.string(), status: z.int(), title: z.string() });
/** An OpenAPI document. */
export const openApiDocument = z.looseObject({ openapi: z.string() });
/** Text of another type than JSON. */
export const text = z.string();
