import { z } from 'zod';
import { anyValue, text } from './fields.schema.ts';
import { declareNodeType } from './node-type.schema.ts';

/** Writes data as text. */
export const formatType = declareNodeType({
  type: 'format',
  title: 'Format',
  description: 'Writes each item of the data by a template and joins them with the separator.',
  mode: 'local',
  placeholderFields: ['template'],
  itemFields: ['template'],
  payload: z.strictObject({ data: anyValue, template: text, separator: text.optional() }),
  result: '{ formatted }',
});
