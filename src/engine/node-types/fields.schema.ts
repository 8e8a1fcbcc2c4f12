/** Building blocks of payload schemas. A field that is not a string may be an expression that gives it. */
import { z } from 'zod';

/** A string that holds an expression. */
export const expression = z
  .string({ error: 'an expression "{{ … }}"' })
  .regex(/\{\{/, 'an expression "{{ … }}"');

/** The field as described, or an expression that gives it at run time. `expected` completes "expected …". */
export function orExpression(schema: z.ZodType, expected: string): z.ZodType {
  const rule = `${expected}, or an expression`;
  return z.union([schema, z.string().regex(/\{\{/, rule)], { error: rule });
}

/** Any JSON value; the field must be there. */
export const anyValue = z.unknown().refine((value) => value !== undefined, { error: 'a value' });

/** A text, with or without expressions. */
export const text = z.string({ error: 'a text' });

/** A text that is not empty. */
export const someText = z.string({ error: 'a text' }).min(1, 'a text that is not empty');

/** A whole number in a range. */
export function wholeNumber(min: number, max: number): z.ZodType {
  const rule = `a whole number from ${min} to ${max}`;
  return orExpression(z.number().int(rule).min(min, rule).max(max, rule), rule);
}

/** An array of anything. */
export const array = orExpression(z.array(z.unknown()), 'an array');

/** A true or false. */
export const flag = orExpression(z.boolean(), 'true or false');

/** Names and values, such as headers or a query. */
export const namedValues = orExpression(z.record(z.string(), z.unknown()), 'an object of names and values');

/** Longest wait or delay: 366 days, in milliseconds. */
export const maxWaitMs = 366 * 24 * 60 * 60 * 1000;

/** An address. Whether it may be reached is decided at every connection. */
export const url = z
  .string({ error: 'an address that begins with http:// or https://, or an expression' })
  .regex(/^https?:\/\/|\{\{/i, 'an address that begins with http:// or https://, or an expression');
