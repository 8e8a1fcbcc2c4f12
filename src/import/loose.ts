/** Reads what comes without a known shape. */

/** Anything of a source: nothing is known of its shape. */
export type Loose = Readonly<Record<string, unknown>>;

/** Whether a value is an object that is no list. */
export function isObject(value: unknown): value is Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Returns the value as an object; an empty one when it is none. */
export function loose(value: unknown): Loose {
  return isObject(value) ? value : {};
}

/** Returns the value as a list; an empty one when it is none. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Returns the value as a text; empty when it is neither text nor number. */
export function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
