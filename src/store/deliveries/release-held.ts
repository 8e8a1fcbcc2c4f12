/** Held deliveries of an endpoint: sent run by run, in the order of their events, once it is enabled. */
import type { ClientSession, Db, MongoClient } from 'mongodb';
import { currentTime } from '../../clock.ts';
import { released } from '../../engine/deliveries/delivery-states.ts';
import { inTransaction } from '../mongo/database.ts';
import { changed, deliveriesOf, updateOf } from './deliveries.ts';
import type { DeliveryDocument } from './deliveries.ts';
import { endpointsOf } from '../endpoints/endpoints.ts';
import { sweepDueAt } from '../endpoints/sweep-endpoints.ts';

/** Most that one step makes due, and looks at: of these, the first of each run. */
const stepRows = 200;
const lookRows = 1_000;

/**
 * Makes the next held deliveries of a releasing endpoint due: of each run one at a time, runs side by side in the order of
 * their events, as far as its cap leaves room. One that has not had its first attempt fills it and keeps its run busy, one
 * that has failed does not. Returns what is to be started. Any process may do the next step at any time: the endpoint's
 * record lets one after the other.
 */
export async function releaseHeld(
  given: { mongo: MongoClient; db: Db },
  endpointId: string,
): Promise<DeliveryDocument[]> {
  return inTransaction(given.mongo, (session) => step(given.db, session, endpointId));
}

async function step(db: Db, session: ClientSession, endpointId: string): Promise<DeliveryDocument[]> {
  const releasing = { _id: endpointId, status: 'active' as const, releasingSince: { $ne: null } };
  const endpoint = await endpointsOf(db).findOneAndUpdate(
    releasing,
    { $inc: { releaseSteps: 1 } },
    { session, returnDocument: 'after' },
  );
  if (!endpoint) return [];
  const untried = await deliveriesOf(db)
    .find({ endpointId, status: 'pending', waitsSince: null }, { session, projection: { runId: 1 } })
    .limit(endpoint.maxInFlight)
    .toArray();
  const room = Math.min(endpoint.maxInFlight - untried.length, stepRows);
  if (room <= 0) return [];
  const busy = new Set(untried.map(({ runId }) => runId));
  const { next, isEmpty } = await firstOfRuns(db, session, { endpointId, busy, room });
  if (isEmpty) {
    // An append under way has still seen the endpoint as it was: the sweep brings what it has held.
    const set = { releasingSince: null, sweepDueAt: sweepDueAt() };
    await endpointsOf(db).updateOne({ _id: endpointId }, { $set: set }, { session });
    return [];
  }
  if (next.length === 0) return [];
  const change = released(currentTime());
  const ids = next.map((delivery) => delivery._id);
  await deliveriesOf(db).updateMany({ _id: { $in: ids } }, updateOf(change), { session });
  return next.map((delivery) => changed(delivery, change));
}

/** The first held delivery of each run that is not busy, in the order of their events. */
async function firstOfRuns(
  db: Db,
  session: ClientSession,
  given: { endpointId: string; busy: Set<string>; room: number },
): Promise<{ next: DeliveryDocument[]; isEmpty: boolean }> {
  const { endpointId, busy, room } = given;
  const next: DeliveryDocument[] = [];
  let isEmpty = true;
  const held = deliveriesOf(db)
    .find({ endpointId, status: 'held', waitsSince: null }, { session, batchSize: room })
    .sort({ createdAt: 1, sequence: 1 })
    .limit(lookRows);
  for await (const delivery of held) {
    isEmpty = false;
    if (!busy.has(delivery.runId)) next.push(delivery);
    busy.add(delivery.runId);
    if (next.length === room) break;
  }
  return { next, isEmpty };
}

/** The endpoints whose held deliveries go out now. */
export async function releasingEndpoints(db: Db): Promise<string[]> {
  const rows = await endpointsOf(db)
    .find({ releasingSince: { $type: 'date' }, deletedAt: null }, { projection: { _id: 1 } })
    .toArray();
  return rows.map((row) => row._id);
}
