/** Durations: ISO 8601, or an object of units. */
import { isObject } from '../loose.ts';

const units: Record<string, number> = {
  days: 86_400_000,
  hours: 3_600_000,
  minutes: 60_000,
  seconds: 1_000,
  milliseconds: 1,
};

/** Returns milliseconds; `undefined` for what is no duration of fixed length. */
export function millisecondsOf(given: unknown): number | undefined {
  if (isObject(given)) {
    const total = Object.entries(given).reduce(
      (sum, [unit, count]) => sum + Number(count) * (units[unit] ?? NaN),
      0,
    );
    return Number.isFinite(total) ? Math.round(total) : undefined;
  }
  const [, weeks, days, hours, minutes, seconds] =
    /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(String(given)) ?? [];
  if (![weeks, days, hours, minutes, seconds].some((one) => one !== undefined)) return undefined;
  const [w, d, h, m, s] = [weeks, days, hours, minutes, seconds].map((one) => Number(one ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
  ];
  return Math.round((((w * 7 + d) * 24 + h) * 60 + m) * 60_000 + s * 1_000);
}
