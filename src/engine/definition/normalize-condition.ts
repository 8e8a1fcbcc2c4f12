/**
 * B3OS's form of conditions names the left operand by an expression in place of a key:
 * `{ "{{left}}": { "$gte": 500 } }` becomes `{ "$gte": ["{{left}}", 500] }`.
 */
import { pointerTo } from './definition.ts';
import type { Json, JsonObject } from '../json/json.ts';

/** Where a value stands in the input, and where it is put. RFC 6901. */
export interface Moved {
  from: string;
  to: string;
}

/**
 * Returns the condition without expressions in place of keys; what is wrong with it stays for the schema to tell.
 * @param moved gets the places of what stands elsewhere: normalised pointer to input pointer
 */
export function normalizeCondition(value: Json, at: Moved, moved: Map<string, string>): Json {
  if (at.from !== at.to) moved.set(at.to, at.from);
  if (Array.isArray(value))
    return value.map((one, index) => normalizeCondition(one, inside(at, index), moved));
  if (!isObject(value)) return value;
  const entries = Object.entries(value);
  if (!entries.some(([key]) => isOperand(key)))
    return Object.fromEntries(
      entries.map(([key, one]) => [key, normalizeInside(key, one, inside(at, key), moved)]),
    );
  const parts = entries.flatMap(([key, one]) => partsOf(key, one));
  const isOne = parts.length === 1;
  const made = parts.map(({ build, from }, index) =>
    build({ from: at.from + from, to: at.to + (isOne ? '' : pointerTo('$and', index)) }, moved),
  );
  return isOne ? (made[0] ?? null) : { $and: made };
}

/** Only what holds conditions is looked into: operands are values. */
function normalizeInside(key: string, value: Json, at: Moved, moved: Map<string, string>): Json {
  return combining.includes(key) ? normalizeCondition(value, at, moved) : value;
}

const combining = ['$and', '$or', '$not'];

interface Part {
  /** Below the condition's own pointer. */
  from: string;
  build: (at: Moved, moved: Map<string, string>) => Json;
}

/** One entry of the object: a condition for each of its operators. */
function partsOf(key: string, value: Json): Part[] {
  if (!isOperand(key))
    return [
      { from: '', build: (at, moved) => ({ [key]: normalizeInside(key, value, inside(at, key), moved) }) },
    ];
  const from = pointerTo(key);
  const isTests = isObject(value) && Object.keys(value).some((name) => name.startsWith('$'));
  if (!isTests)
    return [{ from, build: (at, moved) => compare('$eq', { left: key, right: value }, at, moved) }];
  return Object.entries(value).map(([operator, right]) => ({
    from,
    build: (at, moved) => compare(operator, { left: key, right }, at, moved),
  }));
}

/** `at.from` is the pointer of the key that gives the left operand. */
function compare(
  operator: string,
  { left, right }: { left: string; right: Json },
  at: Moved,
  moved: Map<string, string>,
): Json {
  if (combining.includes(operator)) {
    const inner = inside(at, operator);
    const testOf = (one: Json, to: string) =>
      normalizeCondition({ [left]: one }, { from: at.from.slice(0, -pointerTo(left).length), to }, moved);
    const list = Array.isArray(right)
      ? right.map((one, index) => testOf(one, inner.to + pointerTo(index)))
      : undefined;
    return { [operator]: list ?? testOf(right, inner.to) };
  }
  const to = at.to + pointerTo(operator);
  moved.set(to, at.from);
  moved.set(to + pointerTo(0), at.from);
  moved.set(to + pointerTo(1), at.from + pointerTo(operator));
  return { [operator]: [left, right] };
}

function inside({ from, to }: Moved, key: string | number): Moved {
  return { from: from + pointerTo(key), to: to + pointerTo(key) };
}

function isOperand(key: string): boolean {
  return key.includes('{{');
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
