import { z } from 'zod';
import { maxWaitMs, orExpression, someText, wholeNumber } from './fields.schema.ts';
import { declareNodeType } from './node-type.schema.ts';

/** Waits until somebody resumes it. */
export const waitType = declareNodeType({
  type: 'wait',
  title: 'Wait',
  description: 'Waits until it is resumed by the API, a link or a webhook, or until its time is over.',
  mode: 'wait',
  branchesOf: () => ['resumed', 'timed_out'],
  payload: z.strictObject({
    timeoutMs: wholeNumber(1, maxWaitMs).optional(),
    formSchema: orExpression(z.record(z.string(), z.unknown()), 'a JSON Schema').optional(),
    key: someText.optional(),
  }),
  result: '{ status: resumed | timed_out, data }',
});
