import { z } from 'zod';
import { anyValue, orExpression } from './fields.schema.ts';
import { declareNodeType } from './node-type.schema.ts';

const nameRule = 'a name of up to 64 letters, digits and _ that begins with a letter';

/** The name of a variable. */
export const variableName = z.string({ error: nameRule }).regex(/^[A-Za-z][A-Za-z0-9_]{0,63}$/, nameRule);

/** Sets a variable of the organization. */
export const setVariableType = declareNodeType({
  type: 'set-variable',
  title: 'Set variable',
  description: 'Sets a variable of the organization, or adds to it; once, whatever crashes.',
  mode: 'remote',
  payload: z
    .strictObject({
      name: orExpression(variableName, nameRule),
      value: anyValue.optional(),
      increment: orExpression(z.number(), 'a number').optional(),
    })
    .refine((given) => (given.value === undefined) !== (given.increment === undefined), {
      error: 'either `value` or `increment`',
    }),
  result: '{ name, value, version }',
});
