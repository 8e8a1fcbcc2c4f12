/** The order within runs: with `ordering: "run"` always, and of replays of many until each has had its first attempt. */
import type { ClientSession, Db, Filter } from 'mongodb';
import { currentMs, currentTime } from '../../clock.ts';
import {
  openStatuses,
  sendableStatuses,
  startedInBatch,
  waiting,
} from '../../engine/deliveries/delivery-states.ts';
import { deliveriesOf, updateOf } from './deliveries.ts';
import type { DeliveryDocument } from './deliveries.ts';
import type { EndpointDocument } from '../endpoints/endpoints.ts';

type Ordering = Pick<EndpointDocument, 'ordering'>;

/** What goes one after the other with a delivery, itself included; `undefined`: it waits for nothing. */
function lineOf(delivery: DeliveryDocument, { ordering }: Ordering): Filter<DeliveryDocument> | undefined {
  const { endpointId, runId, replayId } = delivery;
  if (ordering === 'run') return { endpointId, runId, status: { $in: openStatuses } };
  // A failure blocks nothing: whoever has had its first attempt stands in nobody's way.
  return replayId === undefined ? undefined : { replayId, runId, status: 'pending' };
}

/** Whether its end lets another one go. */
export function isInLine(delivery: DeliveryDocument, endpoint: Ordering): boolean {
  return lineOf(delivery, endpoint) !== undefined;
}

/**
 * Lets a delivery wait while an earlier event of its run is unfinished. Returns whether it waits; whoever finishes the
 * earlier one starts it again. No start is lost: what finishes after the look writes the same record, and what finished
 * before the mark is seen by the second look.
 */
export async function waitForTurn(db: Db, delivery: DeliveryDocument, endpoint: Ordering): Promise<boolean> {
  const line = lineOf(delivery, endpoint);
  if (!line || !(await hasEarlier(db, line, delivery))) return false;
  const filter = { _id: delivery._id, status: { $in: openStatuses }, leaseUntil: delivery.leaseUntil };
  await deliveriesOf(db).updateOne(filter, updateOf(waiting(currentTime())));
  if (await hasEarlier(db, line, delivery)) return true;
  await deliveriesOf(db).updateOne(filter, { $set: { waitsSince: null } });
  return false;
}

async function hasEarlier(
  db: Db,
  line: Filter<DeliveryDocument>,
  { sequence }: DeliveryDocument,
): Promise<boolean> {
  const earlier = { ...line, sequence: { $lt: sequence } };
  return (await deliveriesOf(db).findOne(earlier, { projection: { _id: 1 } })) !== null;
}

/** Starts the run's next delivery, in the transaction that finishes one. Returns what was started. */
export async function startNextInRun(
  db: Db,
  session: ClientSession,
  delivery: DeliveryDocument,
  endpoint: Ordering,
): Promise<DeliveryDocument[]> {
  const line = lineOf(delivery, endpoint);
  const next = line && (await deliveriesOf(db).findOne(line, { session, sort: { sequence: 1 } }));
  if (!next) return [];
  const due: Filter<DeliveryDocument> = {
    ...line,
    sequence: next.sequence,
    status: { $in: sendableStatuses },
    waitsSince: { $ne: null },
  };
  const rows = await deliveriesOf(db).find(due, { session }).toArray();
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row._id);
  const started = updateOf(startedInBatch(currentTime()));
  await deliveriesOf(db).updateMany({ _id: { $in: ids } }, started, { session });
  return deliveriesOf(db)
    .find({ _id: { $in: ids } }, { session })
    .toArray();
}

/** Waiting deliveries that one sweep looks at, and how long they have waited by then, in milliseconds. */
const batch = 200;
const lookAfterMs = 10_000;

/** Starts again what waits for nothing any more: what it waited for was discarded, or the order is no longer asked for. */
export async function startForgotten(
  db: Db,
  orderingOf: (endpointId: string) => Promise<Ordering | null>,
): Promise<DeliveryDocument[]> {
  const before = new Date(currentMs() - lookAfterMs);
  const rows = await deliveriesOf(db)
    .find({ waitsSince: { $type: 'date', $lt: before } })
    .sort({ waitsSince: 1 })
    .limit(batch)
    .toArray();
  const started: DeliveryDocument[] = [];
  for (const delivery of rows) {
    const endpoint = (await orderingOf(delivery.endpointId)) ?? { ordering: 'none' };
    const line = lineOf(delivery, endpoint);
    const isForgotten = !line || !(await hasEarlier(db, line, delivery));
    const change = isForgotten ? startedInBatch(currentTime()) : waiting(currentTime());
    const after = await deliveriesOf(db).findOneAndUpdate(
      { _id: delivery._id, waitsSince: delivery.waitsSince },
      updateOf(change),
      { returnDocument: 'after' },
    );
    if (isForgotten && after) started.push(after);
  }
  return started;
}

/** Starts again all that waits at an endpoint; what still has to wait says so itself. */
export async function startWaiting(db: Db, endpointId: string): Promise<void> {
  await deliveriesOf(db).updateMany(
    { endpointId, status: { $in: openStatuses }, waitsSince: { $type: 'date' } },
    updateOf(startedInBatch(currentTime())),
  );
}
