/** The end of a delivery attempt: its record, its delivery, its endpoint and what is told of it, in one transaction. */
import type { ClientSession, Db, MongoClient } from 'mongodb';
import { currentTime } from '../../clock.ts';
import { catalogEntry } from '../../engine/log/event-catalog.ts';
import {
  discarded,
  failed,
  retryingLater,
  sendableStatuses,
  succeeded,
} from '../../engine/deliveries/delivery-states.ts';
import type { DeliveryChange, FailureReason } from '../../engine/deliveries/delivery-states.ts';
import type { ClaimedAttempt } from './claim-delivery.ts';
import { inTransaction } from '../mongo/database.ts';
import { attemptsOf, changed, deliveriesOf, updateOf } from './deliveries.ts';
import type { DeliveryAttemptDocument, DeliveryDocument } from './deliveries.ts';
import { disableInSession } from '../endpoints/disable-endpoint.ts';
import { recordEndpointEvent } from './endpoint-events.ts';
import { noteAttempt } from '../endpoints/endpoint-health.ts';
import { endpointsOf } from '../endpoints/endpoints.ts';
import type { EndpointDocument } from '../endpoints/endpoints.ts';
import { isInLine, startNextInRun } from './run-order.ts';
import { attemptId } from './take-leases.ts';

/** What an attempt means for its delivery. `gone`: the receiver answered 410; `exhausted`: the schedule is at its end. */
export type DeliveryOutcome =
  | { status: 'success' }
  | { status: 'retrying'; nextRetryAt: Date }
  | { status: 'failure'; reason: FailureReason }
  | { status: 'discarded'; reason: 'filtered' };

/** What an attempt came to. */
export interface AttemptResult {
  /** `null`: nothing was sent, since the endpoint's filter leaves the event out. */
  attempt: Omit<DeliveryAttemptDocument, '_id' | 'deliveryId' | 'runId' | 'number'> | null;
  change: DeliveryOutcome;
  /** Until when the receiver has asked for quiet. */
  pauseUntil?: Date;
}

/** An attempt that is over. */
export interface FinishedAttempt {
  claimed: ClaimedAttempt;
  result: AttemptResult;
  /** An Activity of its own makes the next attempt; else one is to be started. */
  isCarried: boolean;
  /** The outcome as the record's change. */
  change: DeliveryChange;
}

/** Returns how an outcome changes the delivery's record. */
export function outcomeChange(outcome: DeliveryOutcome, isCarried: boolean): DeliveryChange {
  const now = currentTime();
  if (outcome.status === 'success') return succeeded(now);
  if (outcome.status === 'failure') return failed(now, outcome.reason);
  if (outcome.status === 'discarded') return discarded(now, outcome.reason);
  return retryingLater(now, outcome.nextRetryAt, isCarried);
}

/** A pause that ends less than this after the one that is known changes nothing, in milliseconds. */
const samePauseMs = 1_000;

/**
 * Records an attempt and what follows from it. Idempotent. What somebody else has decided meanwhile (discarded, a later
 * attempt) stays: then only the attempt is recorded. Returns the deliveries that are to be started.
 */
export async function finishDelivery(
  { mongo, db }: { mongo: MongoClient; db: Db },
  finished: FinishedAttempt,
): Promise<DeliveryDocument[]> {
  const { claimed, result, change, isCarried } = finished;
  return inTransaction(mongo, async (session) => {
    const { delivery } = claimed;
    for (const { filter, update } of attemptWrites(finished))
      await attemptsOf(db).updateOne(filter, update, { session, upsert: true });
    const { filter, update } = deliveryWrite(finished);
    const { matchedCount } = await deliveriesOf(db).updateOne(filter, update, { session });
    if (matchedCount === 0) return [];
    const isRetried = result.change.status === 'retrying';
    const started = isRetried && !isCarried ? [changed(delivery, change)] : [];
    const endpoint = await endpointsOf(db).findOne({ _id: delivery.endpointId }, { session });
    if (!endpoint) return started;
    started.push(...(await changeEndpoint(db, session, { endpoint, delivery, result })));
    if (isInLine(delivery, endpoint))
      started.push(...(await startNextInRun(db, session, delivery, endpoint)));
    return started;
  });
}

/** The write of an attempt's record, an upsert, if there is one; the first one stays. */
export function attemptWrites({ claimed, result }: FinishedAttempt) {
  const { delivery, number } = claimed;
  if (result.attempt === null) return [];
  const { change } = result;
  const next = change.status === 'retrying' ? { nextRetryAt: change.nextRetryAt } : {};
  const row = { ...result.attempt, ...next, deliveryId: delivery._id, runId: delivery.runId, number };
  return [{ filter: { _id: attemptId(delivery._id, number) }, update: { $setOnInsert: row } }];
}

/** The write of an attempt's outcome, which holds as long as the delivery is still this attempt's. */
export function deliveryWrite({ claimed, change }: FinishedAttempt) {
  const { _id, leaseId } = claimed.delivery;
  return { filter: { _id, leaseId, status: { $in: sendableStatuses } }, update: updateOf(change) };
}

async function changeEndpoint(
  db: Db,
  session: ClientSession,
  given: { endpoint: EndpointDocument; delivery: DeliveryDocument; result: AttemptResult },
): Promise<DeliveryDocument[]> {
  const { endpoint, delivery, result } = given;
  const { attempt, change, pauseUntil } = result;
  await pause(db, session, endpoint, pauseUntil);
  const isGone = change.status === 'failure' && change.reason === 'gone';
  // News of endpoints make no news: their own deliveries change no health and tell nothing.
  if (catalogEntry(delivery.eventType).about === 'endpoint')
    return isGone ? disableInSession(db, session, endpoint, { reason: 'gone', isSilent: true }) : [];
  if (!attempt) return [];
  const error = attempt.error?.message ?? null;
  const told = await noteAttempt(db, session, endpoint, { at: currentTime(), error });
  if (isGone) told.push(...(await disableInSession(db, session, endpoint, { reason: 'gone' })));
  else if (change.status === 'failure') told.push(...(await tellExhausted(db, session, given)));
  return told;
}

async function pause(
  db: Db,
  session: ClientSession,
  { _id, pausedUntil }: EndpointDocument,
  until: Date | undefined,
): Promise<void> {
  if (!until || (pausedUntil && pausedUntil.getTime() + samePauseMs >= until.getTime())) return;
  await endpointsOf(db).updateOne({ _id }, { $max: { pausedUntil: until } }, { session });
}

async function tellExhausted(
  db: Db,
  session: ClientSession,
  given: { endpoint: EndpointDocument; delivery: DeliveryDocument; result: AttemptResult },
): Promise<DeliveryDocument[]> {
  const { endpoint, delivery, result } = given;
  const { _id: deliveryId, eventId, eventType, attemptCount } = delivery;
  const lastError = result.attempt?.error?.message ?? '';
  return recordEndpointEvent(db, session, endpoint, {
    type: 'delivery.exhausted',
    key: `${deliveryId} ${attemptCount}`,
    data: { deliveryId, eventId, eventType, attempts: attemptCount, lastError },
  });
}
