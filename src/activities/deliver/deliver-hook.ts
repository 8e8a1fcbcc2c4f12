/** One hook delivery: a standalone Activity whose attempts are the delivery's attempts. */
import { activityInfo, heartbeat } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { currentMs } from '../../clock.ts';
import type { DeliveryOutcome } from '../../store/deliveries/finish-delivery.ts';
import { attemptDelivery } from './attempt-delivery.ts';
import type { AttemptDependencies } from './attempt-delivery.ts';
import { comeBackAt, heartbeatEveryMs, postponedUntil } from './come-back-later.ts';
import type { AttemptRecord } from './describe-answer.ts';

/**
 * Creates the Activity. Each call makes at most one attempt: it claims it, sends, records, and throws with the delay
 * to the next one. Without leave to send it throws at once with the delay until it may ask again; that is no attempt.
 */
export function createDeliverHook(
  deps: AttemptDependencies,
): (call: { deliveryId: string }) => Promise<string> {
  return async ({ deliveryId }) => {
    // Temporal hears within seconds of a worker that was killed, or of a task that none got.
    const beating = setInterval(() => heartbeat(), heartbeatEveryMs);
    try {
      const isNew = activityInfo().attempt === 1;
      const claimed = await deps.store.claim({ deliveryId, isNew, isBatch: false }).catch(comeBackLater);
      if (!claimed) return 'nothing to send';
      const made = await attemptDelivery(deps, claimed, true);
      if (!made) return 'left out by the filter';
      const { record, outcome } = made;
      if (outcome.status !== 'success') throw failureOf(record, outcome);
      return `attempt ${claimed.number} was answered ${record.responseStatus}`;
    } finally {
      clearInterval(beating);
    }
  };
}

/** Not now: the limits of the endpoint, its pause, or an attempt that is under way or was lost with its worker. */
function comeBackLater(error: unknown): never {
  const until = postponedUntil(error);
  if (!until) throw error;
  const { message, type = 'postponed' } = error as { message: string; type?: string };
  throw comeBackAt(until, { type, message });
}

function failureOf(record: AttemptRecord, outcome: DeliveryOutcome): ApplicationFailure {
  const { type, message } = record.error ?? { type: 'http_status', message: 'no success' };
  if (outcome.status !== 'retrying') return ApplicationFailure.nonRetryable(message, type);
  return ApplicationFailure.create({
    type,
    message,
    // Temporal takes a delay of 0 for the end of all attempts.
    nextRetryDelay: Math.max(1, outcome.nextRetryAt.getTime() - currentMs()),
  });
}
