import type { Db } from 'mongodb';
import { currentTime } from '../../clock.ts';
import { deliveriesOf } from './deliveries.ts';
import type { DeliveryDocument } from './deliveries.ts';

/** Deliveries that one sweep starts, and how long it has for that before another looks at them, in milliseconds. */
const batch = 500;
const takenForMs = 15_000;

/**
 * Takes the next deliveries whose start has not come about: their process was killed, or Temporal was away. Of several
 * processes each takes others; two that take at the very same moment may both start one, which does no harm.
 */
export async function takeUnstarted(db: Db): Promise<DeliveryDocument[]> {
  const now = currentTime();
  const rows = await deliveriesOf(db)
    .find(
      { startAt: { $type: 'date', $lte: now }, status: { $in: ['pending', 'retrying'] } },
      { projection: { _id: 1 } },
    )
    .sort({ startAt: 1 })
    .limit(batch)
    .toArray();
  if (rows.length === 0) return [];
  const ids = rows.map(({ _id }) => _id);
  const startAt = new Date(now.getTime() + takenForMs);
  await deliveriesOf(db).updateMany({ _id: { $in: ids }, startAt: { $lte: now } }, { $set: { startAt } });
  return deliveriesOf(db)
    .find({ _id: { $in: ids }, startAt })
    .toArray();
}
