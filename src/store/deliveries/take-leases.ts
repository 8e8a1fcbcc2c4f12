/** Leases of attempts, many in one write. */
import type { Db } from 'mongodb';
import { currentTime } from '../../clock.ts';
import { leased, retryingLater, succeeded } from '../../engine/deliveries/delivery-states.ts';
import { readDeliveryEvents } from './delivery-events.ts';
import { attemptsOf, changed, deliveriesOf, updateOf } from './deliveries.ts';
import type { DeliveryAttemptDocument, DeliveryDocument } from './deliveries.ts';
import type { EndpointDocument } from '../endpoints/endpoints.ts';
import type { Permit } from '../endpoints/endpoint-share.ts';
import type { EventDocument } from '../log/events.ts';
import { createId, deriveId } from '../mongo/ids.ts';

/** Beyond the attempt's own deadline, in milliseconds: the time to record it. */
const leaseReserveMs = 10_000;

/** An attempt that may be sent. */
interface LeaseAsk {
  found: DeliveryDocument;
  endpoint: EndpointDocument;
  permit: Permit;
}

/** What was taken: without `delivery` somebody else was faster; without `event` it is past its retention. */
export interface Leased {
  delivery?: DeliveryDocument;
  event?: EventDocument;
  until: Date;
}

/**
 * Takes a lease for each delivery that is still as it was found, and reads the events of those. One whose worker was lost
 * after it had recorded its attempt gets the outcome of that attempt, and is not sent now.
 */
export async function takeLeases(db: Db, asks: readonly LeaseAsk[]): Promise<Leased[]> {
  const lost = asks.map(({ found }) => found).filter(({ leaseUntil }) => leaseUntil !== null);
  await recordLost(db, lost);
  const decided = await finishRecorded(db, lost);
  const open = asks.filter(({ found }) => !decided.has(found._id));
  const leases = open.length > 0 ? await leaseAll(db, open) : [];
  const byId = new Map(open.map(({ found }, index) => [found._id, leases[index]]));
  return asks.map(({ found }) => byId.get(found._id) ?? { until: currentTime() });
}

async function leaseAll(db: Db, asks: readonly LeaseAsk[]): Promise<Leased[]> {
  const now = currentTime();
  const wanted = asks.map(({ found, endpoint, permit }) => {
    const until = new Date(permit.sendAt.getTime() + endpoint.timeoutMs + leaseReserveMs);
    const change = leased({ id: createId('req'), now, until, isLost: found.leaseUntil !== null });
    const maxRetries = Math.max(endpoint.maxRetries, found.grantedRetries);
    return { found, until, change, after: { ...changed(found, change), maxRetries } };
  });
  const writes = wanted.map(({ found, change, after: { maxRetries } }) => {
    const { attemptCount, status, leaseUntil } = found;
    const update = updateOf(change);
    return {
      updateOne: {
        filter: { _id: found._id, attemptCount, status, leaseUntil },
        update: { ...update, $set: { ...update.$set, maxRetries } },
      },
    };
  });
  const { modifiedCount } = await deliveriesOf(db).bulkWrite(writes, { ordered: false });
  const after = wanted.map((one) => one.after);
  const won = new Set(modifiedCount === asks.length ? after.map(leaseOf) : await readWon(db, after));
  const byId = await readDeliveryEvents(
    db,
    after.filter((one) => won.has(leaseOf(one))),
  );
  return wanted.map(({ until, after: delivery }) => {
    if (!won.has(leaseOf(delivery))) return { until };
    const event = byId.get(delivery.eventId);
    return { until, delivery, ...(event ? { event } : {}) };
  });
}

function leaseOf({ leaseId }: DeliveryDocument): string {
  return leaseId ?? '';
}

async function readWon(db: Db, deliveries: readonly DeliveryDocument[]): Promise<string[]> {
  const rows = await deliveriesOf(db)
    .find({ _id: { $in: deliveries.map(({ _id }) => _id) } }, { projection: { leaseId: 1 } })
    .toArray();
  return rows.map((row) => leaseOf(row as DeliveryDocument));
}

/** Attempts whose worker was lost stand in the record as such. */
async function recordLost(db: Db, lost: readonly DeliveryDocument[]): Promise<void> {
  if (lost.length === 0) return;
  const writes = lost.map((delivery) => ({
    updateOne: {
      filter: { _id: attemptId(delivery._id, delivery.attemptCount) },
      update: { $setOnInsert: lostAttempt(delivery) },
      upsert: true,
    },
  }));
  await attemptsOf(db).bulkWrite(writes, { ordered: false });
}

/** Gives deliveries the outcome with which their last attempt is recorded. Returns the ids of those that have one. */
async function finishRecorded(db: Db, lost: readonly DeliveryDocument[]): Promise<Set<string>> {
  if (lost.length === 0) return new Set();
  const ids = lost.map(({ _id, attemptCount }) => attemptId(_id, attemptCount));
  const recorded = await attemptsOf(db)
    .find({ _id: { $in: ids }, $or: [{ error: null }, { nextRetryAt: { $exists: true } }] })
    .project<Pick<DeliveryAttemptDocument, 'deliveryId' | 'nextRetryAt'>>({ deliveryId: 1, nextRetryAt: 1 })
    .toArray();
  const byId = new Map(recorded.map((attempt) => [attempt.deliveryId, attempt]));
  const now = currentTime();
  const writes = lost.flatMap(({ _id, attemptCount, status, leaseUntil }) => {
    const attempt = byId.get(_id);
    if (!attempt) return [];
    const change = attempt.nextRetryAt ? retryingLater(now, attempt.nextRetryAt, false) : succeeded(now);
    return [
      {
        updateOne: { filter: { _id, attemptCount, status, leaseUntil }, update: updateOf(change) },
      },
    ];
  });
  if (writes.length > 0) await deliveriesOf(db).bulkWrite(writes, { ordered: false });
  return new Set(byId.keys());
}

function lostAttempt(delivery: DeliveryDocument): Omit<DeliveryAttemptDocument, '_id'> {
  const { _id, runId, attemptCount, leasedAt, leaseUntil } = delivery;
  const startedAt = leasedAt ?? currentTime();
  return {
    deliveryId: _id,
    runId,
    number: attemptCount,
    startedAt,
    requestHeaders: {},
    responseStatus: null,
    responseHeaders: null,
    responseBody: null,
    responseBodyTruncated: false,
    durationMs: (leaseUntil ?? startedAt).getTime() - startedAt.getTime(),
    timings: {},
    remoteAddress: null,
    error: { type: 'worker_lost', message: 'the worker was lost before it recorded this attempt' },
  };
}

/** Id of an attempt's record. */
export function attemptId(deliveryId: string, number: number): string {
  return deriveId('req', deliveryId, String(number));
}
