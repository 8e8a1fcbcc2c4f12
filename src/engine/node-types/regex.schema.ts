import { z } from 'zod';
import { flag, someText, text } from './fields.schema.ts';
import { declareNodeType } from './node-type.schema.ts';

/** Matches a text in linear time. */
export const regexType = declareNodeType({
  type: 'regex',
  title: 'Regular expression',
  description: 'Matches a text against a regular expression, in linear time.',
  mode: 'remote',
  aliases: { input: 'text' },
  payload: z.strictObject({ text, pattern: someText, global: flag.optional() }),
  result: '{ matched, matches }',
});
