/** Compares what came with a pattern, so that what changes from run to run can be described. */

/** What a pattern object may hold beside values. */
export const matchers: Record<string, (value: any, wanted: any) => boolean> = {
  /** A text that the regular expression finds. */
  $match: (value, wanted) => typeof value === 'string' && new RegExp(wanted).test(value),
  /** An object with at least these fields. */
  $partial: (value, wanted) => isObject(value) && hasFields(value, wanted),
  /** A list with these items in any order. */
  $unordered: (value, wanted) => Array.isArray(value) && isPermutation(value, wanted),
  /** A number from `$min`. */
  $min: (value, wanted) => typeof value === 'number' && value >= wanted,
  /** A number to `$max`. */
  $max: (value, wanted) => typeof value === 'number' && value <= wanted,
  /** Whether it is there at all. */
  $exists: (value, wanted) => (value !== undefined && value !== null) === wanted,
};

/** Whether a value is what a pattern describes; everything that is no matcher must be equal. */
export function matches(value: any, pattern: any): boolean {
  if (isObject(pattern) && Object.keys(pattern).some((key) => key in matchers))
    return Object.entries(pattern).every(([key, wanted]) => matchers[key]?.(value, wanted) ?? false);
  if (Array.isArray(pattern))
    return (
      Array.isArray(value) &&
      value.length === pattern.length &&
      pattern.every((one, index) => matches(value[index], one))
    );
  if (isObject(pattern))
    return (
      isObject(value) &&
      Object.keys(value).length === Object.keys(pattern).length &&
      hasFields(value, pattern)
    );
  return Object.is(value, pattern);
}

/** Whether an object has these fields, and perhaps others. */
export function hasFields(value: Record<string, any>, fields: Record<string, any>): boolean {
  return Object.entries(fields).every(([key, wanted]) =>
    matches(Object.hasOwn(value, key) ? value[key] : undefined, wanted),
  );
}

function isPermutation(value: any[], wanted: any[]): boolean {
  const left = [...value];
  return (
    value.length === wanted.length &&
    wanted.every((one) => {
      const at = left.findIndex((item) => matches(item, one));
      return at >= 0 && left.splice(at, 1).length === 1;
    })
  );
}

function isObject(value: any): value is Record<string, any> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
