/** Parameters that hold JSON. */
import type { Json } from '../../engine/json/json.ts';
import type { Context } from './context.ts';
import { textOf, valueOf } from './read-expression.ts';

/** A field that holds JSON: as text, with expressions in it, or an expression as a whole. */
export function jsonValue(given: unknown, context: Context, field: string): Json {
  if (typeof given !== 'string') return valueOf(given ?? {}, context, field);
  if (!given.startsWith('=')) return valueOf(parsed(given) ?? given, context, field);
  const whole = parsed(given.slice(1));
  if (whole !== undefined) return valueOf(asExpressions(whole), context, field);
  const value = textOf(given, context, field);
  if (typeof value === 'string' && !/^\{\{.*\}\}$/s.test(value))
    context.draft.tell(
      'changed',
      context.place,
      `${field} is text that expressions make JSON of; write it as an object`,
    );
  return value;
}

/** Returns the JSON that a text is; `undefined` when it is none. */
export function parsed(given: string): Json | undefined {
  try {
    return JSON.parse(given) as Json;
  } catch {
    return undefined;
  }
}

function asExpressions(value: Json): Json {
  if (typeof value === 'string') return value.includes('{{') ? `=${value}` : value;
  if (Array.isArray(value)) return value.map(asExpressions);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, asExpressions(one)]));
}
