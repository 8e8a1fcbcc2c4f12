/** The shape of conditions: an expression, a boolean or a condition object. */
import { z } from 'zod';
import { combinations, comparisons, conditionOperators, existence, isTests } from './conditions.ts';
import { forbiddenIds } from '../definition/definition.ts';

const expected = 'an expression, true or false, or a condition object';
const operators = conditionOperators.join(', ');

interface Fault {
  path: (string | number)[];
  /** Completes "expected …". */
  message: string;
}

type Found = Fault | undefined;

function faultOf(value: unknown, path: Fault['path'], hasItem: boolean): Found {
  if (typeof value === 'boolean') return undefined;
  if (typeof value === 'string' && value.includes('{{')) return undefined;
  if (!isObject(value)) return { path, message: expected };
  const entries = Object.entries(value);
  if (entries.length === 0) return { path, message: 'a condition that is not empty' };
  return first(entries, ([key, inner]) => faultOfEntry(key, { inner, path: [...path, key] }, hasItem));
}

interface Entry {
  inner: unknown;
  path: Fault['path'];
}

function faultOfEntry(key: string, { inner, path }: Entry, hasItem: boolean): Found {
  if (key === '$not') return faultOf(inner, path, hasItem);
  if ((combinations as readonly string[]).includes(key)) return faultOfList(inner, path, hasItem);
  if (comparisons.includes(key)) return faultOfOperands(key, { inner, path });
  if (key.startsWith('$') || forbiddenIds.includes(key))
    return { path, message: `one of ${operators}; ${key} is no operator` };
  if (!hasItem)
    return { path, message: `one of ${operators}, or an expression "{{ … }}"; ${key} is a text alone` };
  return faultOfField({ inner, path });
}

function faultOfList(inner: unknown, path: Fault['path'], hasItem: boolean): Found {
  if (!Array.isArray(inner)) return faultOf(inner, path, hasItem);
  return first([...inner.entries()], ([index, one]) => faultOf(one, [...path, index], hasItem));
}

function faultOfOperands(key: string, { inner, path }: Entry): Found {
  if (existence.includes(key)) {
    const isWrong = Array.isArray(inner) && (inner.length === 0 || inner.length > 2);
    return isWrong ? { path, message: 'one operand, which true or false may follow' } : undefined;
  }
  return Array.isArray(inner) && inner.length === 2 ? undefined : { path, message: 'a list of two operands' };
}

/** A field of the item: operators, or a value that it must equal. */
function faultOfField({ inner, path }: Entry): Found {
  if (!isObject(inner)) return undefined;
  const unknown = Object.keys(inner).find((name) => name.startsWith('$') && !isTests({ [name]: null }));
  if (unknown !== undefined)
    return { path: [...path, unknown], message: `one of ${operators}; ${unknown} is no operator` };
  const isMixed = Object.keys(inner).some((name) => name.startsWith('$')) && !isTests(inner);
  if (isMixed) return { path, message: 'operators or a value, not both' };
  return '$not' in inner ? faultOfField({ inner: inner['$not'], path: [...path, '$not'] }) : undefined;
}

function first<One>(list: readonly One[], find: (one: One) => Found): Found {
  for (const one of list) {
    const found = find(one);
    if (found) return found;
  }
  return undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const conditionWith = (hasItem: boolean): z.ZodType =>
  z.unknown().superRefine((value, context) => {
    const fault = faultOf(value, [], hasItem);
    if (fault) context.addIssue({ code: 'custom', ...fault });
  });

/** A condition as saved, B3OS's form already normalised. */
export const condition = conditionWith(false);
/** A condition over an item, of which it may name fields. */
export const itemCondition = conditionWith(true);
