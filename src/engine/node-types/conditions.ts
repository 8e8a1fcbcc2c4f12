/**
 * Condition objects: `{ $and: [...] }`, `{ $gte: [left, right] }`, and for items of an array
 * `{ "field.path": { $gte: right } }` or `{ field: value }`. Several keys must all hold. What is an operator is told by the
 * condition as it was saved, never by the values that expressions gave.
 */
import type { Json, JsonObject } from '../json/json.ts';
import { isTrue } from '../json/truth.ts';

type Test = (left: Json | undefined, right: Json) => boolean;

const tests: Record<string, Test> = {
  $eq: (left, right) => isSame(left ?? null, right),
  $ne: (left, right) => !isSame(left ?? null, right),
  $gt: (left, right) => order(left, right, (sign) => sign > 0),
  $gte: (left, right) => order(left, right, (sign) => sign >= 0),
  $lt: (left, right) => order(left, right, (sign) => sign < 0),
  $lte: (left, right) => order(left, right, (sign) => sign <= 0),
  $in: (left, right) => listOf(right).some((one) => isSame(left ?? null, one)),
  $nin: (left, right) => !listOf(right).some((one) => isSame(left ?? null, one)),
  $contains: (left, right) => contains(left, right),
  $notContains: (left, right) => !contains(left, right),
  $startsWith: (left, right) =>
    typeof left === 'string' && typeof right === 'string' && left.startsWith(right),
  $endsWith: (left, right) => typeof left === 'string' && typeof right === 'string' && left.endsWith(right),
  $exists: (left, right) => (left !== undefined && left !== null) === isTrue(right),
  $notExists: (left, right) => (left !== undefined && left !== null) !== isTrue(right),
};
tests['$notIn'] = tests['$nin'] as Test;

/** Operators that compare: their operands are a list of two, or what stands beside a field and the value. */
export const comparisons: readonly string[] = Object.keys(tests);
/** Operators of one operand, whose value may be missing; `true` or `false` may follow it in a list. */
export const existence: readonly string[] = ['$exists', '$notExists'];
/** Operators that take conditions. */
export const combinations = ['$and', '$or', '$not'] as const;
/** Every operator of a condition object. */
export const conditionOperators: readonly string[] = [...combinations, ...comparisons];

/**
 * Whether a condition holds. Anything but an object counts by JSONata's `$boolean`.
 * @param saved the condition as it stands in the definition
 * @param value the same with its expressions replaced by their values
 * @param item what field paths are read from
 */
export function evaluateCondition(saved: Json, value: Json, item?: Json): boolean {
  if (!isObject(saved)) return isTrue(value);
  return Object.entries(saved).every(([key, one]) =>
    holds(key, { saved: one, value: inside(value, key) }, item),
  );
}

/** Whether `left` meets an operator's right operand. */
function meets(operator: string, left: Json | undefined, right: Json): boolean {
  return testOf(operator)?.(left, right) ?? false;
}

/** A part of a condition, as it was saved and with its values. */
interface Part {
  saved: Json;
  value: Json;
}

function holds(key: string, { saved, value }: Part, item: Json | undefined): boolean {
  if (key === '$not') return !evaluateCondition(saved, value, item);
  if (key === '$and' || key === '$or') {
    const parts = Array.isArray(saved) ? saved : [saved];
    const held = (one: Json, index: number) => evaluateCondition(one, partOf(value, index), item);
    return key === '$and' ? parts.every(held) : parts.some(held);
  }
  if (!testOf(key)) return fieldHolds(readPath(item, key), { saved, value });
  return meets(key, ...operandsOf(key, { saved, value }));
}

/** A list that an expression gave to `$exists` is its one operand. */
function operandsOf(key: string, { saved, value }: Part): [Json | undefined, Json] {
  const isExistence = existence.includes(key);
  if (!Array.isArray(value) || (isExistence && !Array.isArray(saved))) return [value, true];
  const [left, right] = value;
  return [left, right ?? (isExistence ? true : null)];
}

/** The n-th of a list; of a single condition in place of a list, itself. */
function partOf(value: Json, index: number): Json {
  return Array.isArray(value) ? (value[index] ?? null) : value;
}

function fieldHolds(left: Json | undefined, { saved, value }: Part): boolean {
  if (!isTests(saved)) return isSame(left ?? null, value);
  return Object.entries(saved).every(([name, one]) => {
    const right = inside(value, name);
    return name === '$not' ? !fieldHolds(left, { saved: one, value: right }) : meets(name, left, right);
  });
}

/** Whether a field's value holds operators rather than being a value to equal. */
export function isTests(saved: unknown): saved is JsonObject {
  if (!isObject(saved)) return false;
  const names = Object.keys(saved);
  return names.length > 0 && names.every((name) => name === '$not' || testOf(name) !== undefined);
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function inside(value: Json, key: string): Json {
  return isObject(value) ? (value[key] ?? null) : null;
}

function testOf(name: string): Test | undefined {
  return Object.hasOwn(tests, name) ? tests[name] : undefined;
}

/** An expression gives a single value in place of a list of one, and nothing in place of an empty one. */
function listOf(value: Json): Json[] {
  if (value === null) return [];
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

const numeric = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*$/;

function numberOf(value: Json | undefined): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && numeric.test(value) ? Number(value) : undefined;
}

function contains(left: Json | undefined, right: Json): boolean {
  if (typeof left === 'string') return typeof right === 'string' && left.includes(right);
  return Array.isArray(left) && left.some((one) => isSame(one, right));
}

/** Equal, or a number beside a text that is it. */
function isSame(left: Json, right: Json): boolean {
  if (typeof left === typeof right) return isEqual(left, right);
  if (typeof left !== 'number' && typeof right !== 'number') return false;
  const [a, b] = [numberOf(left), numberOf(right)];
  return a !== undefined && a === b;
}

/** Whether two values are the same, of the same types throughout. */
export function isEqual(left: Json, right: Json): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  const keys = Object.keys(left);
  if (keys.length !== Object.keys(right).length) return false;
  const [a, b] = [left as JsonObject, right as JsonObject];
  return keys.every((key) => Object.hasOwn(b, key) && isEqual(a[key] as Json, b[key] as Json));
}
