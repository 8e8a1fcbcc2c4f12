/** Other spellings of a payload, as B3OS writes them, in the one form that is saved. */
import { pointerTo } from './definition.ts';
import { problem, quote } from './definition-problems.ts';
import type { Problem } from './definition-problems.ts';
import { normalizeCondition } from './normalize-condition.ts';
import type { Json, JsonObject } from '../json/json.ts';
import { nodeType } from '../node-types/registry.ts';

/** A payload with its fields by their own names. */
export interface NormalizedPayload {
  payload: JsonObject;
  problems: Problem[];
  /** Normalised pointer to input pointer, of what stands elsewhere. */
  pointers: Map<string, string>;
}

/** Gives the payload of a node of a type, with pointers from the definition's root. */
export function normalizePayload(id: string, type: string, given: JsonObject): NormalizedPayload {
  const declared = nodeType(type);
  const base = pointerTo('nodes', id, 'payload');
  const problems: Problem[] = [];
  const pointers = new Map<string, string>();
  if (!declared) return { payload: given, problems, pointers };
  const nameOf = (field: string) =>
    Object.hasOwn(declared.aliases, field) ? (declared.aliases[field] ?? field) : field;
  const fields = Object.entries(given).flatMap(([field, value]): [string, Json][] => {
    const name = nameOf(field);
    if (name === field) return [[field, value]];
    const from = base + pointerTo(field);
    if (Object.hasOwn(given, name)) problems.push(twice(from, field, name));
    else pointers.set(base + pointerTo(name), from);
    return Object.hasOwn(given, name) ? [] : [[name, value]];
  });
  for (const field of fields)
    if (declared.placeholderFields.includes(field[0])) field[1] = withItems(field[1]);
  const payload = declared.conditionFields.reduce<Json>(
    (value, field) => inField(value, field.split('/'), { at: base, pointers }),
    Object.fromEntries(fields),
  );
  return { payload: payload as JsonObject, problems, pointers };
}

const placeholder = /\{\{\s*@([^{}`]*?)\s*\}\}/g;

/** `{{@a.b}}` becomes an expression of the item. */
function withItems(template: Json): Json {
  if (typeof template !== 'string') return template;
  return template.replaceAll(placeholder, (_, path: string) => {
    const names = path.split('.').filter((name) => name !== '');
    return `{{$item${names.map((name) => (/^\w+$/.test(name) ? `.${name}` : `.\`${name}\``)).join('')}}}`;
  });
}

function twice(pointer: string, field: string, name: string): Problem {
  const message = `${field}: expected either ${quote(field)} or ${quote(name)}, which mean the same; came both`;
  return problem('unknown_field', pointer, message);
}

/** Normalises the condition at a place; `*` stands for every place of a list. */
function inField(
  value: Json,
  [first, ...rest]: string[],
  place: { at: string; pointers: Map<string, string> },
): Json {
  const { at, pointers } = place;
  if (first === undefined) {
    const from = pointers.get(at) ?? at;
    return normalizeCondition(value, { from, to: at }, pointers);
  }
  if (typeof value !== 'object' || value === null) return value;
  const next = (key: string | number, one: Json) => inField(one, rest, { at: at + pointerTo(key), pointers });
  if (Array.isArray(value)) return first === '*' ? value.map((one, index) => next(index, one)) : value;
  const inner = Object.hasOwn(value, first) ? value[first] : undefined;
  return inner === undefined ? value : { ...value, [first]: next(first, inner) };
}

/** Returns where something stands in the input: by the nearest place around it that stands elsewhere. */
export function inputPointer(pointers: ReadonlyMap<string, string>, pointer: string): string {
  for (let end = pointer.length; end > 0; end = pointer.lastIndexOf('/', end - 1)) {
    const from = pointers.get(pointer.slice(0, end));
    if (from !== undefined) return from + pointer.slice(end);
  }
  return pointer;
}
