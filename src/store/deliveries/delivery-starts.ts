/** What the relay notes of the Activities of deliveries: which are started, and when they are looked for in Temporal. */
import type { Db } from 'mongodb';
import { currentTime } from '../../clock.ts';
import { sendableStatuses, startedAlone } from '../../engine/deliveries/delivery-states.ts';
import { deliveriesOf, updateOf } from './deliveries.ts';
import type { DeliveryDocument } from './deliveries.ts';

/** Notes that an Activity carries a delivery, unless another start was asked for meanwhile, or an attempt has begun. */
export async function noteStarted(
  db: Db,
  { _id, starts }: Pick<DeliveryDocument, '_id' | 'starts'>,
): Promise<void> {
  await deliveriesOf(db).updateOne({ _id, starts, leaseUntil: null }, { $set: { startAt: null } });
}

/** Notes that a batch carries deliveries, but for those whose attempt has begun, or that go alone meanwhile. */
export async function noteBatched(db: Db, batchId: string, deliveryIds: readonly string[]): Promise<void> {
  await deliveriesOf(db).updateMany(
    { _id: { $in: [...deliveryIds] }, inBatch: true, leaseUntil: null, startAt: { $ne: null } },
    { $set: { startAt: null, batchId } },
  );
}

/** Returns the deliveries whose Activity is to be looked for, longest due first. */
export function findDueChecks(db: Db, limit: number): Promise<DeliveryDocument[]> {
  return deliveriesOf(db)
    .find({ checkAt: { $type: 'date', $lte: currentTime() } })
    .sort({ checkAt: 1 })
    .limit(limit)
    .toArray();
}

/** Claims the look for a delivery's Activity, and says when the next one is. Returns `false` when another process has it. */
export async function claimCheck(
  db: Db,
  { _id, checkAt }: Pick<DeliveryDocument, '_id' | 'checkAt'>,
  next: Date,
): Promise<boolean> {
  const { modifiedCount } = await deliveriesOf(db).updateOne({ _id, checkAt }, { $set: { checkAt: next } });
  return modifiedCount === 1;
}

/** Has a delivery started by an Activity of its own. Returns it as it is then; `null` when it is not to be sent now. */
export function startAlone(db: Db, deliveryId: string): Promise<DeliveryDocument | null> {
  return deliveriesOf(db).findOneAndUpdate(
    { _id: deliveryId, status: { $in: sendableStatuses }, waitsSince: null },
    updateOf(startedAlone(currentTime())),
    { returnDocument: 'after' },
  );
}
