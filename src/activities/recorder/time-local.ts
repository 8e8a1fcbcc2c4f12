/** Tells the workflow how long its Local Activities took: they hold its workflow task. */
import { ApplicationFailure } from '@temporalio/common';
import { currentMs } from '../../clock.ts';
import type { RanSpan } from '../../engine/log/node-call.ts';

/** Runs a Local Activity. Returns its answer, or throws its failure, with the time that it took. */
export async function timeLocal(run: () => Promise<unknown>): Promise<unknown> {
  const from = currentMs();
  try {
    return withSpan(await run(), { from, to: currentMs() });
  } catch (error) {
    const [summary, ...rest] = error instanceof ApplicationFailure ? (error.details ?? []) : [];
    if (!(error instanceof ApplicationFailure) || !isObject(summary)) throw error;
    const { message, type, nonRetryable, nextRetryDelay } = error;
    const details = [withSpan(summary, { from, to: currentMs() }), ...rest];
    throw ApplicationFailure.create({
      message,
      details,
      ...(type ? { type } : {}),
      ...(nonRetryable ? { nonRetryable } : {}),
      ...(nextRetryDelay ? { nextRetryDelay } : {}),
    });
  }
}

function withSpan(answer: unknown, ran: RanSpan): unknown {
  return isObject(answer) ? { ...answer, ran } : answer;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
