import { z } from 'zod';
import { someText } from '../node-types/fields.schema.ts';
import { jsonSchema } from '../definition/json-schema.schema.ts';
import type { TriggerType } from '../node-types/node-type.schema.ts';

const resume = z.strictObject({
  key: someText,
  otherwise: z.enum(['start', 'hold', 'skip'], { error: '"start", "hold" or "skip"' }).optional(),
  whenKeyMissing: z.enum(['start', 'skip', 'reject'], { error: '"start", "skip" or "reject"' }).optional(),
});

/** An incoming webhook. How it is verified belongs to the workflow, not to the definition. */
export const webhookTrigger: TriggerType = {
  type: 'webhook',
  title: 'Webhook',
  description: 'Starts a run for every accepted request, or resumes the waits that its `resume.key` names.',
  payload: z.strictObject({ resume: resume.optional(), inputSchema: jsonSchema.optional() }),
};
