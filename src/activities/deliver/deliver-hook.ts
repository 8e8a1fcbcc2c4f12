/** One hook delivery: a standalone Activity whose attempts are the delivery's attempts. */
import { setTimeout as delay } from 'node:timers/promises';
import { activityInfo, heartbeat } from '@temporalio/activity';
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { currentMs } from '../../clock.ts';
import type { Logger } from '../../log.ts';
import type { AttemptResult, DeliveryChange } from '../../store/deliveries/finish-delivery.ts';
import type { ClaimedAttempt, HookStore } from '../../store/deliveries/hook-store.ts';
import type { AttemptRecord } from './describe-answer.ts';
import { changeOf, pauseOf } from './judge-attempt.ts';
import { sendHook } from './send-hook.ts';
import type { HookSender } from './send-hook.ts';

/** A third of the Activity's heartbeat timeout, in milliseconds. */
const heartbeatEveryMs = 10_000;
/** After a bound, so that a clock that is a little behind has reached it too, in milliseconds. */
const comeBackReserveMs = 20;
/** Between tries to record an attempt while MongoDB is away, in milliseconds. */
const recordAgainMs = 500;

/** What `deliverHook` is made with. */
export interface DeliverHookDependencies extends HookSender {
  store: HookStore;
  log: Logger;
}

/**
 * Creates the Activity. Each call makes at most one attempt: it claims it, sends, records, and throws with the delay
 * to the next one. Without leave to send it throws at once with the delay until it may ask again; that is no attempt.
 * At least once: a process killed between sending and recording sends again after the lease.
 */
export function createDeliverHook(
  deps: DeliverHookDependencies,
): (call: { deliveryId: string }) => Promise<string> {
  return async ({ deliveryId }) => {
    // Temporal hears within seconds of a worker that was killed, or of a task that none got.
    const beating = setInterval(() => heartbeat(), heartbeatEveryMs);
    try {
      const isNew = activityInfo().attempt === 1;
      const claimed = await deps.store.claim(deliveryId, isNew).catch(comeBackLater);
      return claimed ? await attempt(deps, claimed) : 'nothing to send';
    } finally {
      clearInterval(beating);
    }
  };
}

async function attempt(deps: DeliverHookDependencies, claimed: ClaimedAttempt): Promise<string> {
  const { permit, number } = claimed;
  try {
    await delay(permit.untilTurn());
    const { record, response } = await sendHook(deps, claimed);
    const change = changeOf(claimed, response);
    await recordSurely(deps, claimed, { attempt: record, change, ...pauseOf(response) });
    const isSuccess = change.status === 'success';
    permit.giveBack({ durationMs: record.durationMs, isSuccess });
    if (!isSuccess) throw failureOf(record, change);
    return `attempt ${number} was answered ${response?.status}`;
  } finally {
    permit.giveBack();
  }
}

/** Not now: the limits of the endpoint, its pause, or an attempt that is under way or was lost with its worker. */
function comeBackLater(error: unknown): never {
  const { until, message, type = 'postponed' } = error as { until?: Date; message: string; type?: string };
  if (!(until instanceof Date)) throw error;
  const nextRetryDelay = Math.max(0, until.getTime() - currentMs()) + comeBackReserveMs;
  throw ApplicationFailure.create({
    type,
    message,
    nextRetryDelay,
    category: ApplicationFailureCategory.BENIGN,
  });
}

/** An outcome that is not recorded is sent again: it tries for as long as the attempt is this one's. */
async function recordSurely(
  { store, log }: DeliverHookDependencies,
  claimed: ClaimedAttempt,
  result: AttemptResult,
): Promise<void> {
  for (;;) {
    try {
      return await store.finish(claimed, result);
    } catch (error) {
      const leaseUntil = claimed.delivery.leaseUntil?.getTime() ?? 0;
      if (currentMs() + recordAgainMs >= leaseUntil) throw error;
      log.warn({ err: error, deliveryId: claimed.delivery._id }, 'an attempt could not be recorded yet');
      await delay(recordAgainMs);
    }
  }
}

function failureOf(record: AttemptRecord, change: DeliveryChange): ApplicationFailure {
  const { type, message } = record.error ?? { type: 'http_status', message: 'no success' };
  if (change.status !== 'retrying') return ApplicationFailure.nonRetryable(message, type);
  return ApplicationFailure.create({
    type,
    message,
    // Temporal takes a delay of 0 for the end of all attempts.
    nextRetryDelay: Math.max(1, change.nextRetryAt.getTime() - currentMs()),
  });
}
