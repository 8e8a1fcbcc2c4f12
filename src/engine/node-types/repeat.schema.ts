import { z } from 'zod';
import { wholeNumber } from './fields.schema.ts';
import { condition } from './condition.schema.ts';
import { declareNodeType } from './node-type.schema.ts';

/** Runs its body while a condition holds. */
export const repeatType = declareNodeType({
  type: 'repeat',
  title: 'Repeat',
  description: 'Runs its body again and again while the condition holds.',
  mode: 'loop',
  itemFields: ['while'],
  conditionFields: ['while'],
  payload: z.strictObject({ while: condition, maxIterations: wholeNumber(1, 10_000).optional() }),
  result: '{ iterationCount }',
});
