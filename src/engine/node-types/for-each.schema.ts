import { z } from 'zod';
import { array, expression, orExpression, wholeNumber } from './fields.schema.ts';
import { declareNodeType } from './node-type.schema.ts';

const percentRule = 'a number from 0 to 100';
const percent = orExpression(z.number().min(0, percentRule).max(100, percentRule), percentRule);

/** Runs its body once per item. */
export const forEachType = declareNodeType({
  type: 'for-each',
  title: 'For each',
  description: 'Runs its body once for every item of an array, some at a time.',
  mode: 'loop',
  listFields: ['array'],
  itemFields: ['itemKey', 'collect'],
  payload: z
    .strictObject({
      array,
      maxConcurrency: wholeNumber(1, 100).optional(),
      toleratedFailures: wholeNumber(0, 10_000).optional(),
      toleratedFailurePercent: percent.optional(),
      itemKey: expression.optional(),
      collect: z.unknown().optional(),
    })
    .refine((given) => given.toleratedFailures === undefined || given.toleratedFailurePercent === undefined, {
      error: 'only one of `toleratedFailures` and `toleratedFailurePercent`',
    }),
  result:
    '{ iterations: [{ index, key, status, result, error }], iterationCount, succeeded, failed, status }',
});
