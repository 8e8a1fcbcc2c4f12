import { z } from 'zod';
import type { TriggerType } from '../node-types/node-type.schema.ts';

/** A start through the API or by another workflow. */
export const manualTrigger: TriggerType = {
  type: 'manual',
  title: 'Manual',
  description: 'Starts a run through the API or from another workflow.',
  payload: z.strictObject({
    inputSchema: z.record(z.string(), z.unknown(), { error: 'a JSON Schema' }).optional(),
  }),
};
