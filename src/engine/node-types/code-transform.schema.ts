import { z } from 'zod';
import { someText, wholeNumber } from './fields.schema.ts';
import { declareNodeType } from './node-type.schema.ts';

/** Runs the user's JavaScript in a sandbox. */
export const codeTransformType = declareNodeType({
  type: 'code-transform',
  title: 'Code',
  description: 'Runs `transform(input)` in a sandbox without network and files.',
  mode: 'remote',
  plainFields: ['code'],
  payload: z.strictObject({
    code: someText,
    input: z.unknown().optional(),
    timeoutMs: wholeNumber(1, 10_000).optional(),
  }),
  result: '{ output }',
});
