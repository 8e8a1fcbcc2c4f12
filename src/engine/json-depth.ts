/** Whether a value is nested deeper than `limit` (a flat object is 1 deep). Never recurses, so no input can exhaust the stack. */
export function jsonDepthExceeds(value: unknown, limit: number): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    const inner: unknown[] = [];
    for (const one of level) if (typeof one === 'object' && one !== null) inner.push(...contents(one));
    if (depth >= limit && level.some((one) => typeof one === 'object' && one !== null)) return true;
    level = inner;
  }
  return false;
}

function contents(value: object): unknown[] {
  return Object.values(value).filter((one) => typeof one === 'object' && one !== null);
}
