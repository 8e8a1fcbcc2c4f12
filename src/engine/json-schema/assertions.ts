/** The keywords that judge a value by itself. */
import { canonicalJson as canonical } from '../json/canonical-json.ts';
import { decimalOf } from '../json/exact-json.ts';
import type { Json, JsonObject } from '../json/json.ts';
import { isObject } from './schema-types.ts';
import type { Place } from './schema-types.ts';

/** Returns what was expected; `undefined` when the value is right or the keyword is not about such a value. */
type Assertion = (given: Json, place: Place, schema: JsonObject) => string | undefined;

const ofNumber =
  (isRight: (value: number, bound: number) => boolean, says: string): Assertion =>
  (bound, { value }) =>
    typeof value === 'number' && !isRight(value, Number(bound)) ? `${says} ${String(bound)}` : undefined;

const ofSize =
  (
    sizeOf: (value: Json) => number | undefined,
    isRight: (size: number, bound: number) => boolean,
    says: string,
  ): Assertion =>
  (bound, { value }) => {
    const size = sizeOf(value);
    return size !== undefined && !isRight(size, Number(bound)) ? says.replace('#', String(bound)) : undefined;
  };

const atLeast = (size: number, bound: number) => size >= bound;
const atMost = (size: number, bound: number) => size <= bound;
const lengthOf = (value: Json) => (typeof value === 'string' ? [...value].length : undefined);
const itemsOf = (value: Json) => (Array.isArray(value) ? value.length : undefined);
const membersOf = (value: Json) => (isObject(value) ? Object.keys(value).length : undefined);

const kinds: Readonly<Record<string, [says: string, isKind: (value: Json) => boolean]>> = {
  null: ['null', (value) => value === null],
  boolean: ['true or false', (value) => typeof value === 'boolean'],
  object: ['an object', (value) => isObject(value)],
  array: ['a list', (value) => Array.isArray(value)],
  number: ['a number', (value) => typeof value === 'number'],
  integer: ['a whole number', (value) => Number.isInteger(value)],
  string: ['a text', (value) => typeof value === 'string'],
};

/** The names of the kinds of values. */
export const kindNames = Object.keys(kinds);

/** Assertions by keyword. */
export const assertions: Readonly<Record<string, Assertion>> = {
  type(given, { value }) {
    const names = [given].flat().map(String);
    if (names.some((name) => kinds[name]?.[1](value))) return undefined;
    return names.map((name) => kinds[name]?.[0]).join(' or ');
  },
  const: (given, { value }) =>
    canonical(given) === canonical(value) ? undefined : JSON.stringify(given).slice(0, 80),
  enum(given, { value }) {
    const values = given as Json[];
    const text = canonical(value);
    if (values.some((one) => canonical(one) === text)) return undefined;
    return `one of ${JSON.stringify(values).slice(1, -1).slice(0, 200)}`;
  },
  minimum: ofNumber((value, bound) => value >= bound, 'at least'),
  maximum: ofNumber((value, bound) => value <= bound, 'at most'),
  exclusiveMinimum: ofNumber((value, bound) => value > bound, 'more than'),
  exclusiveMaximum: ofNumber((value, bound) => value < bound, 'less than'),
  multipleOf: ofNumber(isMultiple, 'a multiple of'),
  minLength: ofSize(lengthOf, atLeast, 'at least # characters'),
  maxLength: ofSize(lengthOf, atMost, 'at most # characters'),
  minItems: ofSize(itemsOf, atLeast, 'at least # items'),
  maxItems: ofSize(itemsOf, atMost, 'at most # items'),
  minProperties: ofSize(membersOf, atLeast, 'at least # members'),
  maxProperties: ofSize(membersOf, atMost, 'at most # members'),
  pattern: (given, { value, matches }) =>
    typeof value === 'string' && !matches(String(given), value)
      ? `a text that matches ${String(given)}`
      : undefined,
  uniqueItems: (given, { value }) =>
    given === true && Array.isArray(value) && new Set(value.map(canonical)).size < value.length
      ? 'items that differ'
      : undefined,
  required: (given, { value }) => missingOf(given as string[], value),
  dependentRequired(given, { value }) {
    if (!isObject(value)) return undefined;
    const needed = Object.entries(given as Record<string, string[]>);
    return missingOf(
      needed.flatMap(([name, others]) => (Object.hasOwn(value, name) ? others : [])),
      value,
    );
  },
};

function missingOf(names: readonly string[], value: Json): string | undefined {
  if (!isObject(value)) return undefined;
  const missing = names.filter((name) => !Object.hasOwn(value, name));
  return missing.length > 0 ? `the members ${missing.join(', ')}` : undefined;
}

/** By the digits of both, since most decimal numbers are no sums of powers of two. */
function isMultiple(value: number, of: number): boolean {
  const [a, b] = [decimalOf(String(value)), decimalOf(String(of))];
  if (a.digits === '') return true;
  const [powerA, powerB] = [a.exponent - a.digits.length, b.exponent - b.digits.length];
  const least = Math.min(powerA, powerB);
  const whole = (digits: string, power: number) => BigInt(digits) * 10n ** BigInt(power - least);
  return whole(a.digits, powerA) % whole(b.digits, powerB) === 0n;
}
