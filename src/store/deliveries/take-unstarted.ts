import type { Db } from 'mongodb';
import { currentTime } from '../../clock.ts';
import { sendableStatuses, startAfter, startedAlone } from '../../engine/deliveries/delivery-states.ts';
import { deliveriesOf, updateOf } from './deliveries.ts';
import type { DeliveryDocument } from './deliveries.ts';

/** Deliveries that one sweep starts, and how long it has for that before another looks at them, in milliseconds. */
const batch = 500;
const takenForMs = 12_000;

/**
 * Takes the next deliveries whose start has not come about, or whose attempt was lost: their process was killed, or
 * Temporal was away. Of several processes each takes others; two that take at the very same moment may both start one,
 * which does no harm.
 */
export async function takeUnstarted(db: Db): Promise<DeliveryDocument[]> {
  const now = currentTime();
  const rows = await deliveriesOf(db)
    .find(
      { startAt: { $type: 'date', $lte: now }, status: { $in: sendableStatuses } },
      { projection: { _id: 1 } },
    )
    .sort({ startAt: 1 })
    .limit(batch)
    .toArray();
  if (rows.length === 0) return [];
  const ids = rows.map(({ _id }) => _id);
  const startAt = startAfter(new Date(now.getTime() + takenForMs));
  const unstarted = { _id: { $in: ids }, startAt: { $lte: now }, status: { $in: sendableStatuses } };
  // An attempt under way has written a later time: what has a lease here has lost its worker.
  const alone = updateOf(startedAlone(now));
  await deliveriesOf(db).updateMany(
    { ...unstarted, leaseUntil: { $ne: null } },
    { ...alone, $set: { ...alone.$set, startAt } },
  );
  await deliveriesOf(db).updateMany({ ...unstarted, leaseUntil: null }, { $set: { startAt } });
  return deliveriesOf(db)
    .find({ _id: { $in: ids }, startAt, status: { $in: sendableStatuses } })
    .toArray();
}
