import type { Db } from 'mongodb';
import { currentMs, currentTime } from '../../clock.ts';
import { appendCapMs } from '../mongo/in-time.ts';
import { discarded, held, openStatuses, sendableStatuses } from '../../engine/deliveries/delivery-states.ts';
import { createDelivery, deliveriesOf, updateOf } from '../deliveries/deliveries.ts';
import type { DeliveryDocument } from '../deliveries/deliveries.ts';
import { endpointsOf, isSubscribed } from './endpoints.ts';
import type { EndpointDocument } from './endpoints.ts';
import { eventsOf } from '../log/events.ts';

/** Events that are matched again together. */
const batchRows = 500;
/** How long after a change its sweep is due: by then every append that could have missed it has ended. */
const dueAfterMs = appendCapMs + 1_000;

/** When the sweep of a change that is made now is due. */
export function sweepDueAt(): Date {
  return new Date(currentMs() + dueAfterMs);
}

/**
 * Matches again what was recorded around the changes of endpoints: an append that began before a change and ended after
 * it has not seen the change. Returns the deliveries that were missing; their ids are derived, so nothing is doubled.
 * What such an append left in the wrong state is put right too.
 */
export async function sweepEndpoints(db: Db): Promise<DeliveryDocument[]> {
  const due = await endpointsOf(db)
    .find({ sweepDueAt: { $lte: currentTime() } })
    .toArray();
  const found: DeliveryDocument[] = [];
  for (const endpoint of due) {
    if (!endpoint.deletedAt) found.push(...(await matchAgain(db, endpoint)));
    await settle(db, endpoint);
    await endpointsOf(db).updateOne(
      { _id: endpoint._id, sweepDueAt: endpoint.sweepDueAt },
      { $set: { sweepDueAt: null } },
    );
  }
  return found;
}

async function matchAgain(db: Db, endpoint: EndpointDocument): Promise<DeliveryDocument[]> {
  const { organizationId, updatedAt } = endpoint;
  const from = new Date(updatedAt.getTime() - appendCapMs);
  const until = new Date(updatedAt.getTime() + appendCapMs);
  const missing: DeliveryDocument[] = [];
  let batch: DeliveryDocument[] = [];
  const events = eventsOf(db).find(
    { organizationId, recordedAt: { $gte: from, $lte: until } },
    { projection: { body: 0 } },
  );
  for await (const event of events) {
    if (isSubscribed(endpoint, event)) batch.push(createDelivery(event, endpoint));
    if (batch.length < batchRows) continue;
    missing.push(...(await upsertMissing(db, batch)));
    batch = [];
  }
  return [...missing, ...(await upsertMissing(db, batch))];
}

async function upsertMissing(db: Db, deliveries: readonly DeliveryDocument[]): Promise<DeliveryDocument[]> {
  if (deliveries.length === 0) return [];
  const upserts = deliveries.map((delivery) => ({
    updateOne: { filter: { _id: delivery._id }, update: { $setOnInsert: delivery }, upsert: true },
  }));
  const { upsertedIds } = await deliveriesOf(db).bulkWrite(upserts, { ordered: false });
  return deliveries.filter((_, index) => index in upsertedIds);
}

/** An append that saw the endpoint as it was before has left deliveries in that state. */
async function settle(db: Db, { _id: endpointId, deletedAt, status }: EndpointDocument): Promise<void> {
  if (deletedAt) return discardOpen(db, endpointId, 'endpoint_deleted');
  if (status === 'disabled') return holdWaiting(db, endpointId);
  const kept = await deliveriesOf(db).findOne({ endpointId, status: 'held' }, { projection: { _id: 1 } });
  if (!kept) return;
  await endpointsOf(db).updateOne(
    { _id: endpointId, status: 'active', releasingSince: null },
    { $set: { releasingSince: currentTime() } },
  );
}

/** What waits for its turn has no Activity that would find the endpoint disabled. */
async function holdWaiting(db: Db, endpointId: string): Promise<void> {
  await deliveriesOf(db).updateMany(
    { endpointId, status: { $in: sendableStatuses }, waitsSince: { $type: 'date' } },
    updateOf(held()),
  );
}

/** Gives up what an endpoint still had to get. */
export async function discardOpen(
  db: Db,
  endpointId: string,
  reason: 'asked_for' | 'endpoint_deleted',
): Promise<void> {
  const open = { endpointId, status: { $in: openStatuses } };
  // With the endpoint there, only what is kept back is given up, not what is on its way.
  const keptBack = { endpointId, $or: [{ status: 'held' as const }, { waitsSince: { $ne: null } }] };
  await deliveriesOf(db).updateMany(
    reason === 'endpoint_deleted' ? open : keptBack,
    updateOf(discarded(currentTime(), reason)),
  );
}
