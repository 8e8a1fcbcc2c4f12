/** The shape of conditions: an expression, a boolean or a condition object. */
import { z } from 'zod';
import { conditionOperators } from './conditions.ts';
import { forbiddenIds } from '../definition/definition.ts';

const expected = 'an expression, true or false, or a condition object';

/** Returns the first operator in a condition object that does not exist. */
function unknownOperator(value: unknown): string | undefined {
  if (Array.isArray(value)) return value.map(unknownOperator).find((name) => name !== undefined);
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    if (key.startsWith('$') && !(conditionOperators as readonly string[]).includes(key)) return key;
    if (forbiddenIds.includes(key)) return key;
    const found = unknownOperator(inner);
    if (found !== undefined) return found;
  }
  return undefined;
}

const conditionObject = z.record(z.string(), z.unknown()).superRefine((value, context) => {
  if (Object.keys(value).length === 0)
    context.addIssue({ code: 'custom', message: 'a condition that is not empty' });
  const unknown = unknownOperator(value);
  if (unknown !== undefined) {
    context.addIssue({
      code: 'custom',
      message: `one of ${conditionOperators.join(', ')}; ${unknown} is no operator`,
    });
  }
});

/** A condition as saved. */
export const condition = z.unknown().superRefine((value, context) => {
  if (typeof value === 'boolean') return;
  if (typeof value === 'string' && value.includes('{{')) return;
  const parsed = conditionObject.safeParse(value);
  const message = typeof value === 'object' && value !== null ? parsed.error?.issues[0]?.message : expected;
  if (!parsed.success) context.addIssue({ code: 'custom', message: message ?? expected });
});
