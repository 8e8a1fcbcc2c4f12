/** Tells what of a value came of secrets: what changes when the secrets do. */
import type { Json } from '../../engine/json/json.ts';

/** What stands in place of a secret. */
export const redacted = '[redacted]';

/** Another text of the same length and kind: letters stay letters, digits digits. Never the text itself. */
export function decoyOf(text: string): string {
  const other = text.replaceAll(/[A-Za-z0-9]/g, (char) => {
    const [first, count] = /\d/.test(char) ? ['0', 10] : [char < 'a' ? 'A' : 'a', 26];
    const from = first.charCodeAt(0);
    return String.fromCharCode(from + ((char.charCodeAt(0) - from + count / 2) % count));
  });
  return other === text ? 'x'.repeat(text.length) : other;
}

/**
 * Compares a value with what it is with other secrets. Returns it with `[redacted]` where the two differ, and the texts
 * that stood there. `other` is `undefined` when it could not be evaluated: then nothing is shown.
 */
export function maskDifference(
  value: Json | undefined,
  other: Json | undefined,
): { shown: Json | undefined; secrets: string[] } {
  const secrets: string[] = [];
  const mask = (one: Json, two: Json | undefined): Json => {
    if (Array.isArray(one) && Array.isArray(two) && one.length === two.length)
      return one.map((item, index) => mask(item, two[index]));
    if (isObject(one) && isObject(two) && sameNames(one, two))
      return Object.fromEntries(Object.entries(one).map(([name, inner]) => [name, mask(inner, two[name])]));
    if (one === two) return one;
    secrets.push(...textsIn(one));
    return redacted;
  };
  return { shown: value === undefined ? undefined : mask(value, other), secrets };
}

function isObject(value: Json | undefined): value is { [name: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sameNames(one: object, two: object): boolean {
  const names = Object.keys(one);
  return names.length === Object.keys(two).length && names.every((name) => Object.hasOwn(two, name));
}

function textsIn(value: Json): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'number') return [String(value)];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return isObject(value) ? Object.values(value).flatMap(textsIn) : [];
}
