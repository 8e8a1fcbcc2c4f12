/** The end of a delivery attempt: its record, its delivery, its endpoint and what is told of it, in one transaction. */
import type { ClientSession, Db, MongoClient } from 'mongodb';
import { currentTime } from '../../clock.ts';
import { catalogEntry } from '../../engine/log/event-catalog.ts';
import { attemptId } from './claim-delivery.ts';
import type { ClaimedAttempt } from './claim-delivery.ts';
import { inTransaction } from '../mongo/database.ts';
import { attemptsOf, checkAfter, deliveriesOf } from './deliveries.ts';
import type { DeliveryAttemptDocument, DeliveryDocument } from './deliveries.ts';
import { disableInSession } from '../endpoints/disable-endpoint.ts';
import { recordEndpointEvent } from './endpoint-events.ts';
import { noteAttempt } from '../endpoints/endpoint-health.ts';
import { endpointsOf } from '../endpoints/endpoints.ts';
import type { EndpointDocument } from '../endpoints/endpoints.ts';
import { startNextInRun } from './run-order.ts';

/** How an attempt left its delivery. `gone`: the receiver answered 410; `exhausted`: the schedule is at its end. */
export type DeliveryChange =
  | { status: 'success' }
  | { status: 'retrying'; nextRetryAt: Date }
  | { status: 'failure'; reason: 'gone' | 'exhausted' };

/** What an attempt came to. */
export interface AttemptResult {
  attempt: Omit<DeliveryAttemptDocument, '_id' | 'deliveryId' | 'runId' | 'number'>;
  change: DeliveryChange;
  /** Until when the receiver has asked for quiet. */
  pauseUntil?: Date;
}

/** A pause that ends less than this after the one that is known changes nothing, in milliseconds. */
const samePauseMs = 1_000;

/**
 * Records an attempt and what follows from it. Idempotent. What somebody else has decided meanwhile (discarded, a later
 * attempt) stays: then only the attempt is recorded. Returns the deliveries that are to be started.
 */
export async function finishDelivery(
  { mongo, db }: { mongo: MongoClient; db: Db },
  claimed: ClaimedAttempt,
  result: AttemptResult,
): Promise<DeliveryDocument[]> {
  return inTransaction(mongo, async (session) => {
    const { delivery } = claimed;
    await writeAttempt(db, session, claimed, result);
    if (!(await writeDelivery(db, session, claimed, result.change))) return [];
    const endpoint = await endpointsOf(db).findOne({ _id: delivery.endpointId }, { session });
    if (!endpoint) return [];
    const started = await changeEndpoint(db, session, { endpoint, delivery, result });
    const isOver = result.change.status !== 'retrying';
    if (isOver && endpoint.ordering === 'run') started.push(...(await startNextInRun(db, session, delivery)));
    return started;
  });
}

async function writeAttempt(
  db: Db,
  session: ClientSession,
  { delivery, number }: ClaimedAttempt,
  { attempt }: AttemptResult,
): Promise<void> {
  const row = { ...attempt, deliveryId: delivery._id, runId: delivery.runId, number };
  const filter = { _id: attemptId(delivery._id, number) };
  await attemptsOf(db).updateOne(filter, { $setOnInsert: row }, { session, upsert: true });
}

/** Returns whether the delivery was still this attempt's. */
async function writeDelivery(
  db: Db,
  session: ClientSession,
  { delivery, number }: ClaimedAttempt,
  change: DeliveryChange,
): Promise<boolean> {
  const nextRetryAt = change.status === 'retrying' ? change.nextRetryAt : null;
  const set = {
    ...change,
    leasedAt: null,
    leaseUntil: null,
    nextRetryAt,
    checkAt: nextRetryAt && checkAfter(nextRetryAt),
    // A start that was asked for meanwhile still holds for the next attempt.
    ...(nextRetryAt ? { finishedAt: null } : { finishedAt: currentTime(), startAt: null }),
  };
  const written = await deliveriesOf(db).updateOne(
    {
      _id: delivery._id,
      attemptCount: number,
      leaseUntil: delivery.leaseUntil,
      status: { $in: ['pending', 'retrying'] },
    },
    { $set: set },
    { session },
  );
  return written.matchedCount === 1;
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
  const lastError = result.attempt.error?.message ?? '';
  return recordEndpointEvent(db, session, endpoint, {
    type: 'delivery.exhausted',
    key: `${deliveryId} ${attemptCount}`,
    data: { deliveryId, eventId, eventType, attempts: attemptCount, lastError },
  });
}
