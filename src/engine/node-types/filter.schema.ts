import { z } from 'zod';
import { array } from './fields.schema.ts';
import { itemCondition } from './condition.schema.ts';
import { declareNodeType } from './node-type.schema.ts';

/** Keeps the items that meet a condition. */
export const filterType = declareNodeType({
  type: 'filter',
  title: 'Filter',
  description: 'Keeps the items of an array for which the condition holds.',
  mode: 'local',
  listFields: ['array'],
  itemFields: ['filter'],
  conditionFields: ['filter'],
  aliases: { condition: 'filter' },
  payload: z.strictObject({ array, filter: itemCondition }),
  result: '{ filtered }',
});
