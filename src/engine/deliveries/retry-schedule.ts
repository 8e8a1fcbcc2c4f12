/** When a delivery is tried again. */

const unitMs = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const pattern = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/;

/** How far a delay may be off, in both directions. */
const jitter = 0.2;
/** Longest `Retry-After` that is obeyed. */
const maxRetryAfterMs = 24 * unitMs.h;

/** Whether a text is a duration such as `0s`, `200ms`, `5m`, `2h`. */
export function isDuration(text: string): boolean {
  return pattern.test(text);
}

/** The milliseconds of a duration. @throws TypeError unless it is one */
export function parseDuration(text: string): number {
  const [, number, unit] = pattern.exec(text) ?? [];
  if (number === undefined)
    throw new TypeError(`expected a duration such as 0s, 200ms, 5m, 2h; came ${text}`);
  return Number(number) * unitMs[unit as keyof typeof unitMs];
}

/**
 * The milliseconds before an attempt, with jitter; at least what the receiver asked for. Past the end of the schedule
 * its last wait repeats.
 * @param given.attemptNumber 1, 2, … of the attempt that is to come
 * @param given.random in [0, 1)
 */
export function nextDelayMs(given: {
  schedule: readonly string[];
  attemptNumber: number;
  random: number;
  retryAfterMs?: number;
}): number {
  const step = given.schedule[given.attemptNumber - 1] ?? given.schedule.at(-1) ?? '0s';
  const delayMs = parseDuration(step) * (1 + jitter * (2 * given.random - 1));
  return Math.round(Math.max(delayMs, given.retryAfterMs ?? 0));
}

/** The milliseconds that a `Retry-After` asks for, at most a day; `undefined` without a valid one. Source: RFC 9110 §10.2.3. */
export function parseRetryAfter(value: string | undefined, now: Date): number | undefined {
  if (value === undefined || value.trim() === '') return undefined;
  const ms = /^\d+$/.test(value.trim()) ? Number(value) * unitMs.s : Date.parse(value) - now.getTime();
  return Number.isNaN(ms) ? undefined : Math.min(maxRetryAfterMs, Math.max(0, ms));
}
