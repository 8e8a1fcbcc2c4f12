import { z } from 'zod';
import { formOf } from '../definition/form.schema.ts';
import type { Json } from '../json/json.ts';
import { maxWaitMs, someText, wholeNumber } from './fields.schema.ts';
import { declareNodeType } from './node-type.schema.ts';

/** A form as saved. One with expressions is known only when the wait begins. */
const form = z.unknown().superRefine((given, context) => {
  const fault = faultOf(given as Json);
  const rule = 'a JSON Schema whose patterns run in linear time, or an expression';
  if (fault !== undefined) context.addIssue({ code: 'custom', message: `${rule} (${fault})` });
});

function faultOf(given: Json): string | undefined {
  if (JSON.stringify(given).includes('{{')) return undefined;
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return 'not an object';
  try {
    formOf(given);
    return undefined;
  } catch (cause) {
    return (cause as Error).message;
  }
}

const triggerRule = '"manual" or "webhook": a wait is resumed by the API, a link or a webhook';

/** Waits until somebody resumes it. */
export const waitType = declareNodeType({
  type: 'wait',
  title: 'Wait',
  description: 'Waits until it is resumed by the API, a link or a webhook, or until its time is over.',
  mode: 'wait',
  branchesOf: () => ['resumed', 'timed_out'],
  payload: z.strictObject({
    timeoutMs: wholeNumber(1, maxWaitMs).optional(),
    formSchema: form.optional(),
    key: someText.optional(),
    triggerType: z.enum(['manual', 'webhook'], { error: triggerRule }).optional(),
    triggerConfig: z.strictObject({ key: someText.optional() }).optional(),
  }),
  result: '{ status: resumed | timed_out, data }',
});
