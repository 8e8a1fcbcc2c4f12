/** What the routes of variables answer. */
import { z } from 'zod';
import type { Json } from '../../engine/json/json.ts';
import { anyJson, instant, pageOf } from '../routing/answer-parts.ts';

const version = z.int().min(1);
const json = anyJson as z.ZodType<Json>;

/** A variable. */
export const variable = z
  .object({ name: z.string(), value: json, version, updatedAt: instant })
  .meta({ id: 'Variable' });
export const variablePage = pageOf(variable);

export const changePage = pageOf(
  z.object({
    version,
    value: json,
    isDeleted: z.boolean(),
    by: z
      .union([
        z.object({ keyId: z.string() }),
        z.object({ runId: z.string(), path: z.string(), executionId: z.string() }),
      ])
      .describe('The key, or the node’s execution, that made the change.'),
    createdAt: instant,
  }),
);
