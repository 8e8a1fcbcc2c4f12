import type { Json } from './json.ts';

/** Whether a value counts as true. Source: JSONata 2, `$boolean`. */
export function isTrue(value: Json | undefined): boolean {
  if (Array.isArray(value)) return value.some(isTrue);
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0;
  return Boolean(value);
}
