const numbers = new Intl.NumberFormat();

/** A number with its noun: `1 run`, `12,000 runs`. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${numbers.format(count)} ${count === 1 ? one : many}`;
}

/** A number for people. */
export function formatNumber(value: number): string {
  return numbers.format(value);
}

/** A size for people: `512 B`, `1.2 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1_000).toFixed(1)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
