import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { currentMs } from '../../clock.ts';

/** After a bound, so that a clock that is a little behind has reached it too, in milliseconds. */
const reserveMs = 20;

/** Until when something is put off; `undefined`: it is not. */
export function postponedUntil(error: unknown): Date | undefined {
  const { until } = error as { until?: unknown };
  return until instanceof Date ? until : undefined;
}

/** What an Activity throws to be looked at again then; no attempt is made of it. */
export function comeBackAt(
  until: Date,
  { type, message }: { type: string; message: string },
): ApplicationFailure {
  return ApplicationFailure.create({
    type,
    message,
    nextRetryDelay: Math.max(0, until.getTime() - currentMs()) + reserveMs,
    category: ApplicationFailureCategory.BENIGN,
  });
}

/** A third of the Activities' heartbeat timeout, in milliseconds. */
export const heartbeatEveryMs = 3_000;
