import { z } from 'zod';
import { array } from './fields.schema.ts';
import { condition } from './condition.schema.ts';
import { declareNodeType } from './node-type.schema.ts';

/** Keeps the items that meet a condition. */
export const filterType = declareNodeType({
  type: 'filter',
  title: 'Filter',
  description: 'Keeps the items of an array for which the condition holds.',
  mode: 'local',
  payload: z.strictObject({ array, filter: condition }),
  result: '{ filtered }',
});
