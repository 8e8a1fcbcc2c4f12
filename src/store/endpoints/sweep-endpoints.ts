import type { Db } from 'mongodb';
import { currentMs, currentTime } from '../../clock.ts';
import { appendCapMs } from '../mongo/in-time.ts';
import { discarded, held, openStatuses, sendableStatuses } from '../../engine/deliveries/delivery-states.ts';
import { deliveriesOf, updateOf } from '../deliveries/deliveries.ts';
import { endpointsOf } from './endpoints.ts';
import type { EndpointDocument } from './endpoints.ts';

/** How long after a change its sweep is due: by then every write that could have missed it has ended. */
const dueAfterMs = appendCapMs + 1_000;

/** When the sweep of a change that is made now is due. */
export function sweepDueAt(): Date {
  return new Date(currentMs() + dueAfterMs);
}

/**
 * Puts right the deliveries that were made around the changes of endpoints: who made one may have read the endpoint as it
 * was before.
 */
export async function sweepEndpoints(db: Db): Promise<void> {
  const due = await endpointsOf(db)
    .find({ sweepDueAt: { $lte: currentTime() } })
    .toArray();
  for (const endpoint of due) {
    await settle(db, endpoint);
    await endpointsOf(db).updateOne(
      { _id: endpoint._id, sweepDueAt: endpoint.sweepDueAt },
      { $set: { sweepDueAt: null } },
    );
  }
}

/** Deliveries of an endpoint that was deleted, disabled or enabled meanwhile. */
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
