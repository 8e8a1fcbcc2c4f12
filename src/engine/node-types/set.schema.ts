import { z } from 'zod';
import { anyValue } from './fields.schema.ts';
import { declareNodeType } from './node-type.schema.ts';

/** Gives values a place that later nodes can name. */
export const setType = declareNodeType({
  type: 'set',
  title: 'Set',
  description: 'Computes values for later nodes.',
  mode: 'local',
  payload: z.strictObject({ values: anyValue }),
  result: 'the values',
});
