import type { Json } from '../../engine/json/json.ts';

/** Bytes that the JSON of values has at least. Stops counting past the limit, so that much costs no more than that. */
export function totalSize(values: Iterable<Json | undefined>, limitBytes: number): number {
  const counted = { bytes: 0, limitBytes };
  for (const value of values) count(value, counted);
  return counted.bytes;
}

function count(value: Json | undefined, counted: { bytes: number; limitBytes: number }): void {
  if (counted.bytes > counted.limitBytes) return;
  counted.bytes += typeof value === 'string' ? value.length : 1;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (!Array.isArray(value)) counted.bytes += key.length;
    count(inner, counted);
  }
}
