import { z } from 'zod';
import { array, someText } from './fields.schema.ts';
import { declareNodeType } from './node-type.schema.ts';

/** Takes one field of every item. */
export const pluckType = declareNodeType({
  type: 'pluck',
  title: 'Pluck',
  description: 'Takes one field of every item of an array.',
  mode: 'local',
  listFields: ['array'],
  itemFields: ['field'],
  aliases: { fields: 'field' },
  payload: z.strictObject({ array, field: someText }),
  result: '{ values }',
});
