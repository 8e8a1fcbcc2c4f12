import { z } from 'zod';
import { anyValue, namedValues, wholeNumber } from './fields.schema.ts';
import { declareNodeType } from './node-type.schema.ts';

/** Gives the run's output. */
export const outputType = declareNodeType({
  type: 'output',
  title: 'Output',
  description: "Gives the run's output and the answer of a waiting webhook.",
  mode: 'local',
  payload: z.strictObject({
    value: anyValue,
    status: wholeNumber(200, 599).optional(),
    headers: namedValues.optional(),
  }),
  result: '{ value, status, headers }',
});
