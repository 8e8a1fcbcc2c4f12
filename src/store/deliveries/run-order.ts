/** `ordering: "run"`: the events of one run go to an endpoint one after the other. */
import type { ClientSession, Db, Filter } from 'mongodb';
import { currentMs, currentTime } from '../../clock.ts';
import { checkAfter, deliveriesOf, openStatuses, startAfter } from './deliveries.ts';
import type { DeliveryDocument } from './deliveries.ts';

type InRun = Pick<DeliveryDocument, '_id' | 'endpointId' | 'runId' | 'sequence' | 'leaseUntil'>;

/**
 * Lets a delivery wait while an earlier event of its run is unfinished. Returns whether it waits; whoever finishes the
 * earlier one starts it again. No start is lost: what finishes after the look writes the same record, and what finished
 * before the mark is seen by the second look.
 */
export async function waitForTurn(db: Db, delivery: InRun): Promise<boolean> {
  if (!(await hasEarlier(db, delivery))) return false;
  const filter = { _id: delivery._id, status: { $in: openStatuses }, leaseUntil: delivery.leaseUntil };
  await deliveriesOf(db).updateOne(filter, { $set: { waitsSince: currentTime(), checkAt: null } });
  if (await hasEarlier(db, delivery)) return true;
  await deliveriesOf(db).updateOne(filter, { $set: { waitsSince: null } });
  return false;
}

async function hasEarlier(db: Db, { endpointId, runId, sequence }: InRun): Promise<boolean> {
  const earlier = { endpointId, runId, sequence: { $lt: sequence }, status: { $in: openStatuses } };
  return (await deliveriesOf(db).findOne(earlier, { projection: { _id: 1 } })) !== null;
}

/** Starts the run's next unfinished delivery, in the transaction that finishes one. Returns what was started. */
export async function startNextInRun(
  db: Db,
  session: ClientSession,
  { endpointId, runId }: InRun,
): Promise<DeliveryDocument[]> {
  const next = await deliveriesOf(db).findOne(
    { endpointId, runId, status: { $in: openStatuses } },
    { session, sort: { sequence: 1 } },
  );
  if (!next) return [];
  const due: Filter<DeliveryDocument> = {
    endpointId,
    runId,
    sequence: next.sequence,
    status: { $in: ['pending', 'retrying'] },
    $or: [{ leaseUntil: null }, { waitsSince: { $ne: null } }],
  };
  const rows = await deliveriesOf(db).find(due, { session }).toArray();
  const ids = rows.map((row) => row._id);
  await deliveriesOf(db).updateMany({ _id: { $in: ids } }, startAgain(), { session });
  return deliveriesOf(db)
    .find({ _id: { $in: ids } }, { session })
    .toArray();
}

/** The update that has a delivery's Activity started anew. */
export function startAgain() {
  const now = currentTime();
  return {
    $set: { startAt: startAfter(now), waitsSince: null, checkAt: checkAfter(now) },
    $inc: { starts: 1 },
  };
}

/** Waiting deliveries that one sweep looks at, and how long they have waited by then, in milliseconds. */
const batch = 200;
const lookAfterMs = 30_000;

/** Starts again what waits for nothing any more: what it waited for was discarded, or the order is no longer asked for. */
export async function startForgotten(db: Db): Promise<DeliveryDocument[]> {
  const before = new Date(currentMs() - lookAfterMs);
  const waiting = await deliveriesOf(db)
    .find({ waitsSince: { $type: 'date', $lt: before } })
    .sort({ waitsSince: 1 })
    .limit(batch)
    .toArray();
  const started: DeliveryDocument[] = [];
  for (const delivery of waiting) {
    const filter = { _id: delivery._id, waitsSince: delivery.waitsSince };
    const forgotten = !(await hasEarlier(db, delivery));
    const update = forgotten ? startAgain() : { $set: { waitsSince: currentTime() } };
    const after = await deliveriesOf(db).findOneAndUpdate(filter, update, { returnDocument: 'after' });
    if (forgotten && after) started.push(after);
  }
  return started;
}

/** Starts again all that waits at an endpoint; what still has to wait says so itself. */
export async function startWaiting(db: Db, endpointId: string): Promise<void> {
  await deliveriesOf(db).updateMany(
    { endpointId, status: { $in: openStatuses }, waitsSince: { $type: 'date' } },
    startAgain(),
  );
}
