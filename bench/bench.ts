/** What every file `bench/<name>.bench.ts` exports as `bench`. */
export interface Bench {
  /** What is measured, as a question. */
  question: string;
  /** Measures; everything it starts it stops. Real servers are at MONGODB_URL and TEMPORAL_ADDRESS. */
  run(): Promise<Measure[]>;
}

/** One line of a result. Compare the ratios of one run; bare numbers are those of one machine. */
export interface Measure {
  /** What was done, the baseline included: both in the same run. */
  what: string;
  value: number;
  unit: 'ms' | '/s' | '×' | 'kB' | 'MB' | '';
  /** The bound that this number is to keep, such as `< 1.5`; printed, never asserted. */
  target?: string;
}

/** The value below which `share` (0–1) of the samples lie. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
