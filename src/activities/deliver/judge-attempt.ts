/** What an attempt means for its delivery and its endpoint. */
import { currentMs, currentTime } from '../../clock.ts';
import { nextDelayMs, parseRetryAfter } from '../../engine/deliveries/retry-schedule.ts';
import type { GuardedResponse } from '../../outbound/egress/guarded-response.ts';
import type { AttemptResult, DeliveryOutcome } from '../../store/deliveries/finish-delivery.ts';
import type { ClaimedAttempt } from '../../store/deliveries/hook-store.ts';

/** What an attempt means for its delivery: only 2xx is a success, `410` is final. */
export function outcomeOf(
  { delivery, endpoint, place }: ClaimedAttempt,
  response: GuardedResponse | undefined,
): DeliveryOutcome {
  const status = response?.status ?? 0;
  if (status >= 200 && status < 300) return { status: 'success' };
  if (status === 410) return { status: 'failure', reason: 'gone' };
  if (place > delivery.maxRetries) return { status: 'failure', reason: 'exhausted' };
  const delayMs = nextDelayMs({
    schedule: endpoint.retrySchedule,
    attemptNumber: place + 1,
    random: Math.random(),
    retryAfterMs: retryAfterOf(response) ?? 0,
  });
  return { status: 'retrying', nextRetryAt: new Date(currentMs() + delayMs) };
}

/** The milliseconds of quiet that an answer asks for. Source: the contract, execution hooks. */
function retryAfterOf(response: GuardedResponse | undefined): number | undefined {
  if (!response || ![429, 503].includes(response.status)) return undefined;
  const value = response.headers['retry-after'];
  return parseRetryAfter(Array.isArray(value) ? value[0] : value, currentTime());
}

/** What one delivery was asked, the whole endpoint obeys. */
export function pauseOf(response: GuardedResponse | undefined): Pick<AttemptResult, 'pauseUntil'> {
  const retryAfterMs = retryAfterOf(response) ?? 0;
  return retryAfterMs > 0 ? { pauseUntil: new Date(currentMs() + retryAfterMs) } : {};
}
