import type { RunStats } from '../data/types.ts';

/** Runs that began in a step of time. */
export type Point = RunStats['points'][number];

/** The last steps up to now: time goes on also while nothing happens that would have the counts read again. */
export function windowOf({ points, stepSeconds }: RunStats, nowMs: number): Point[] {
  const stepMs = stepSeconds * 1_000;
  const last = Math.floor(nowMs / stepMs) * stepMs;
  const known = new Map(points.map((point) => [Date.parse(point.at), point]));
  return Array.from({ length: points.length }, (_, index) => {
    const at = last - (points.length - 1 - index) * stepMs;
    return known.get(at) ?? { at: new Date(at).toISOString(), total: 0, byStatus: {} };
  });
}
