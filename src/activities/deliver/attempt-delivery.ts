/** One attempt of a delivery that is claimed: its turn, its request, its record. */
import { setTimeout as delay } from 'node:timers/promises';
import { currentMs } from '../../clock.ts';
import type { Logger } from '../../log.ts';
import type { AttemptResult, DeliveryOutcome } from '../../store/deliveries/finish-delivery.ts';
import type { ClaimedAttempt, HookStore } from '../../store/deliveries/hook-store.ts';
import type { AttemptRecord } from './describe-answer.ts';
import { outcomeOf, pauseOf } from './judge-attempt.ts';
import { sendHook } from './send-hook.ts';
import type { HookSender } from './send-hook.ts';

/** Between tries to record an attempt while MongoDB is away, in milliseconds. */
const recordAgainMs = 500;

/** What attempts are made with. */
export interface AttemptDependencies extends HookSender {
  store: HookStore;
  log: Logger;
}

/**
 * Makes a claimed attempt, records it, and gives its permit back. Returns what is recorded of it; `undefined` when the
 * endpoint's filter leaves the event out.
 * At least once: a process killed between sending and recording sends again after the lease.
 * @param isCarried an Activity of its own makes the next attempt
 */
export async function attemptDelivery(
  deps: AttemptDependencies,
  claimed: ClaimedAttempt,
  isCarried: boolean,
): Promise<{ record: AttemptRecord; outcome: DeliveryOutcome } | undefined> {
  const { permit } = claimed;
  try {
    await delay(permit.untilTurn());
    const sent = await sendHook(deps, claimed);
    if (!sent) {
      const change = { status: 'discarded', reason: 'filtered' } as const;
      await recordSurely(deps, claimed, { result: { attempt: null, change }, isCarried });
      return undefined;
    }
    const { record, response } = sent;
    const outcome = outcomeOf(claimed, response);
    const result = { attempt: record, change: outcome, ...pauseOf(response) };
    await recordSurely(deps, claimed, { result, isCarried });
    permit.giveBack({ durationMs: record.durationMs, isSuccess: outcome.status === 'success' });
    return { record, outcome };
  } finally {
    permit.giveBack();
  }
}

/** An outcome that is not recorded is sent again: it tries for as long as the attempt is this one's. */
async function recordSurely(
  { store, log }: AttemptDependencies,
  claimed: ClaimedAttempt,
  { result, isCarried }: { result: AttemptResult; isCarried: boolean },
): Promise<void> {
  for (;;) {
    try {
      return await store.finish(claimed, result, isCarried);
    } catch (error) {
      const leaseUntil = claimed.delivery.leaseUntil?.getTime() ?? 0;
      if (currentMs() + recordAgainMs >= leaseUntil) throw error;
      log.warn({ err: error, deliveryId: claimed.delivery._id }, 'an attempt could not be recorded yet');
      await delay(recordAgainMs);
    }
  }
}
