/** Whether a value is nested deeper than `limit` (a flat object is 1 deep). Never recurses, so no input can exhaust the stack. */
export function jsonDepthExceeds(value: unknown, limit: number): boolean {
  let level = [value].filter(isNested);
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth >= limit) return true;
    level = level.flatMap((one) => Object.values(one).filter(isNested));
  }
  return false;
}

function isNested(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
