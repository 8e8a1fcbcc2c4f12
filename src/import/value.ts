/** Where a value of the source comes from here: followed through the workflow without running it. */
import type { Json } from '../engine/json/json.ts';
import { below, literal, nameText, plainText, template } from './jsonata.ts';
import type { PathPart } from './jsonata.ts';
import { NotCarriedError } from './report.ts';

/** A value that is known by its origin. */
export type Value =
  | { is: 'text'; text: string }
  | { is: 'constant'; json: Json }
  | { is: 'object'; fields: Readonly<Record<string, Value>>; base?: Value }
  | { is: 'either'; of: readonly Value[] }
  /** With `isPart` only who asks for it by name misses it: a whole goes without. */
  | { is: 'lost'; why: string; isPart?: true };

/** A value that an expression gives. */
export const textValue = (text: string): Value => ({ is: 'text', text });
/** A value that stands in the source. */
export const constant = (json: Json): Value => ({ is: 'constant', json });
/** A value that cannot be had here. `why` ends a sentence. */
export const lost = (why: string): Value => ({ is: 'lost', why });

/** What a value is where several ways meet: that of the way that was taken. */
export function either(values: readonly Value[]): Value {
  const all = values.flatMap((value) => (value.is === 'either' ? value.of : [value]));
  const distinct = [...new Map(all.map((value) => [JSON.stringify(value), value])).values()];
  const [only] = distinct;
  return distinct.length === 1 && only ? only : { is: 'either', of: distinct };
}

/** Lays a value over a place in another. */
export function withField(base: Value, path: readonly PathPart[], value: Value): Value {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  const key = String(name);
  const before = base.is === 'object' ? (base.fields[key] ?? childOf(base.base, key)) : childOf(base, key);
  const field = withField(before ?? { is: 'object', fields: {} }, rest, value);
  if (base.is !== 'object') return { is: 'object', base, fields: { [key]: field } };
  return { ...base, fields: { ...base.fields, [key]: field } };
}

function childOf(base: Value | undefined, key: string): Value | undefined {
  if (!base || base.is === 'lost') return undefined;
  if (base.is === 'constant') return undefined;
  return textValue(read(base, [key]));
}

/** Returns the value at a place below another. */
export function child(value: Value, path: readonly PathPart[]): Value {
  if (path.length === 0 || value.is === 'lost') return value;
  if (value.is === 'either') return either(value.of.map((one) => child(one, path)));
  if (value.is === 'object') {
    const [name, ...rest] = path;
    const own = Object.hasOwn(value.fields, String(name)) ? value.fields[String(name)] : undefined;
    if (own) return child(own, rest);
    return value.base ? child(value.base, path) : constant(null);
  }
  return textValue(read(value, path));
}

/** Returns the expression that reads a place. @throws NotCarriedError when the value cannot be had */
export function read(value: Value, path: readonly PathPart[] = []): string {
  switch (value.is) {
    case 'text':
      return below(value.text, path);
    case 'constant':
      return literal(inside(value.json, path));
    case 'lost':
      throw new NotCarriedError(value.why);
    case 'either':
      return readEither(value.of, path);
    case 'object':
      return path.length === 0 ? whole(value) : read(child(value, path));
  }
}

function readEither(values: readonly Value[], path: readonly PathPart[]): string {
  const texts = [...new Set(values.map((one) => read(one, path)))].filter((text) => text !== 'null');
  const [only] = texts;
  if (texts.length < 2) return only ?? 'null';
  return `(${texts.join(' || ')})`;
}

function whole({ base, fields }: Extract<Value, { is: 'object' }>): string {
  const own = `{${Object.entries(fields)
    .filter(([, value]) => value.is !== 'lost' || !value.isPart)
    .map(([name, value]) => `${literal(name)}: ${read(value)}`)
    .join(', ')}}`;
  if (!base) return own;
  const under = read(base);
  // What is no object there is laid over: it has no fields to keep.
  return Object.keys(fields).length === 0 ? under : `$merge([${under}, ${own}][$type($) = "object"])`;
}

function inside(json: Json, path: readonly PathPart[]): Json {
  let value: Json = json;
  for (const part of path) {
    if (typeof value !== 'object' || value === null) return null;
    const key = Array.isArray(value) && typeof part === 'number' && part < 0 ? value.length + part : part;
    value = Object.hasOwn(value, key) ? ((value as Record<string, Json>)[key] ?? null) : null;
  }
  return value;
}

/** Returns the expression of a node's result. */
export function resultOf(id: string, ...path: PathPart[]): Value {
  return textValue(below(`$nodes.${nameText(id)}.result`, path));
}

/** Returns what a failed node's error is. */
export function errorOf(id: string, field: 'type' | 'message' | 'details'): Value {
  return textValue(`$nodes.${nameText(id)}.error.${field}`);
}

/** Returns a value as a payload holds it. @throws NotCarriedError when it cannot be had */
export function jsonOf(value: Value): Json {
  if (value.is === 'constant') return withoutExpressions(value.json);
  if (value.is !== 'object' || value.base) return template(read(value));
  return Object.fromEntries(Object.entries(value.fields).map(([name, one]) => [name, jsonOf(one)]));
}

function withoutExpressions(json: Json): Json {
  if (typeof json === 'string') return plainText(json);
  if (Array.isArray(json)) return json.map(withoutExpressions);
  if (typeof json !== 'object' || json === null) return json;
  return Object.fromEntries(Object.entries(json).map(([name, one]) => [name, withoutExpressions(one)]));
}

/** Returns the list of values: a constant where all are. */
export function listOf(values: readonly Value[]): Value {
  if (values.every((one) => one.is === 'constant')) return constant(values.map((one) => one.json));
  const missing = values.find((one) => one.is === 'lost');
  return missing ?? textValue(`[${values.map((one) => read(one)).join(', ')}]`);
}

/** Returns the object of values: a constant where all are. */
export function objectOf(fields: Readonly<Record<string, Value>>): Value {
  const entries = Object.entries(fields);
  const constants = entries.flatMap(([name, one]) =>
    one.is === 'constant' ? [[name, one.json] as const] : [],
  );
  if (constants.length === entries.length) return constant(Object.fromEntries(constants));
  return { is: 'object', fields };
}
