import type { Json } from '../json/json.ts';

/** Longest correlation key, in characters. */
const maxKeyLength = 1_024;

/**
 * The key that a value gives, on both sides of a correlation alike: a text as it is, anything else as its JSON, so that
 * the number 7 meets the text "7". `undefined` when there is none: null, nothing, an empty text, or one too long.
 */
export function correlationKey(value: Json | undefined): string | undefined {
  if (value === undefined || value === null) return undefined;
  const key = typeof value === 'string' ? value.trim() : JSON.stringify(value);
  return key === '' || key.length > maxKeyLength ? undefined : key;
}
