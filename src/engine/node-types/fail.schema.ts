import { z } from 'zod';
import { someText, text } from './fields.schema.ts';
import { declareNodeType } from './node-type.schema.ts';

/** Fails on purpose. */
export const failType = declareNodeType({
  type: 'fail',
  title: 'Fail',
  description: 'Fails with an error type and a message; never retried.',
  mode: 'local',
  retries: false,
  payload: z.strictObject({ type: someText, message: text.optional() }),
  result: 'none',
});
