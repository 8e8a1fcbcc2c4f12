import { setTimeout as delay } from 'node:timers/promises';

/**
 * Polls until `check` neither throws nor answers something falsy, and answers what it answered. The longer it takes, the
 * rarer: a test that waits must not cost the others their time.
 * A check that answers `undefined` (such as a bare assertion) counts as held.
 * @throws the last error of `check` once `deadlineMs` have passed
 */
export async function eventually<Result>(
  check: () => Result | Promise<Result>,
  deadlineMs = 30_000,
): Promise<Result> {
  const begin = Date.now();
  const deadline = begin + deadlineMs;
  for (;;) {
    try {
      const result = await check();
      if (result || result === undefined) return result;
      throw new Error(`still ${String(result)} after ${deadlineMs} ms`);
    } catch (error) {
      if (Date.now() >= deadline) throw error;
    }
    await delay(Math.min(250, Math.max(20, (Date.now() - begin) / 10)));
  }
}
