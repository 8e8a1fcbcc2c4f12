/**
 * Condition objects: `{ $and: [...] }`, `{ $gte: [left, right] }`, and for items of an array
 * `{ "field.path": { $gte: right } }` or `{ field: value }`. Several keys must all hold.
 */
import type { Json, JsonObject } from '../json/json.ts';
import { isTrue } from '../json/truth.ts';

type Test = (left: Json | undefined, right: Json) => boolean;

const tests: Record<string, Test> = {
  $eq: (left, right) => isEqual(left ?? null, right),
  $ne: (left, right) => !isEqual(left ?? null, right),
  $gt: (left, right) => order(left, right, (sign) => sign > 0),
  $gte: (left, right) => order(left, right, (sign) => sign >= 0),
  $lt: (left, right) => order(left, right, (sign) => sign < 0),
  $lte: (left, right) => order(left, right, (sign) => sign <= 0),
  $in: (left, right) => Array.isArray(right) && right.some((one) => isEqual(left ?? null, one)),
  $nin: (left, right) => Array.isArray(right) && !right.some((one) => isEqual(left ?? null, one)),
  $contains: (left, right) => contains(left, right),
  $startsWith: (left, right) =>
    typeof left === 'string' && typeof right === 'string' && left.startsWith(right),
  $endsWith: (left, right) => typeof left === 'string' && typeof right === 'string' && left.endsWith(right),
  $exists: (left, right) => (left !== undefined && left !== null) === isTrue(right),
};

/** Every operator of a condition object. */
export const conditionOperators = ['$and', '$or', '$not', ...Object.keys(tests)] as const;

/**
 * Whether a condition holds. Anything but an object counts by JSONata's `$boolean`.
 * @param item what field paths are read from
 */
export function evaluateCondition(condition: Json, item?: Json): boolean {
  if (typeof condition !== 'object' || condition === null || Array.isArray(condition))
    return isTrue(condition);
  return Object.entries(condition).every(([key, value]) => holds(key, value, item));
}

function holds(key: string, value: Json, item: Json | undefined): boolean {
  if (key === '$and') return listOf(value).every((one) => evaluateCondition(one, item));
  if (key === '$or') return listOf(value).some((one) => evaluateCondition(one, item));
  if (key === '$not') return !evaluateCondition(value, item);
  const test = testOf(key);
  if (!test) return fieldHolds(readPath(item, key), value);
  const [left, right] = listOf(value);
  return test(left, right ?? (key === '$exists' ? true : null));
}

function fieldHolds(left: Json | undefined, expected: Json): boolean {
  const isTests = typeof expected === 'object' && expected !== null && !Array.isArray(expected);
  const pairs = isTests ? Object.entries(expected) : [];
  if (pairs.length === 0 || !pairs.every(([name]) => name === '$not' || testOf(name))) {
    return isEqual(left ?? null, expected);
  }
  return pairs.every(([name, right]) =>
    name === '$not' ? !fieldHolds(left, right) : testOf(name)?.(left, right),
  );
}

function testOf(name: string): Test | undefined {
  return Object.hasOwn(tests, name) ? tests[name] : undefined;
}

function listOf(value: Json): Json[] {
  return Array.isArray(value) ? value : [value];
}

/** Reads `a.b.0.c`; only what the value itself holds. */
export function readPath(value: Json | undefined, path: string): Json | undefined {
  let at = value;
  for (const part of path.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, part)) return undefined;
    at = (at as JsonObject)[part];
  }
  return at;
}

/** Compares numbers with numbers and texts with texts; numeric texts count as numbers beside a number. */
function order(left: Json | undefined, right: Json, accepts: (sign: number) => boolean): boolean {
  if (typeof left === 'string' && typeof right === 'string')
    return accepts(left < right ? -1 : Number(left > right));
  const [a, b] = [numberOf(left), numberOf(right)];
  return a !== undefined && b !== undefined && accepts(Math.sign(a - b));
}

function numberOf(value: Json | undefined): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const number = Number(value);
  return Number.isNaN(number) ? undefined : number;
}

function contains(left: Json | undefined, right: Json): boolean {
  if (typeof left === 'string') return typeof right === 'string' && left.includes(right);
  return Array.isArray(left) && left.some((one) => isEqual(one, right));
}

function isEqual(left: Json, right: Json): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  const keys = Object.keys(left);
  if (keys.length !== Object.keys(right).length) return false;
  const [a, b] = [left as JsonObject, right as JsonObject];
  return keys.every((key) => Object.hasOwn(b, key) && isEqual(a[key] as Json, b[key] as Json));
}
