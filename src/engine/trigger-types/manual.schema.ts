import { z } from 'zod';
import { jsonSchema } from '../definition/json-schema.schema.ts';
import type { TriggerType } from '../node-types/node-type.schema.ts';

/** A start through the API or by another workflow. */
export const manualTrigger: TriggerType = {
  type: 'manual',
  title: 'Manual',
  description: 'Starts a run through the API or from another workflow.',
  payload: z.strictObject({
    inputSchema: jsonSchema.optional(),
  }),
};
