/** Held deliveries of an endpoint: sent in the order of their events once it is enabled, or given up. */
import type { ClientSession, Db, MongoClient } from 'mongodb';
import { currentTime } from '../../clock.ts';
import { inTransaction } from '../mongo/database.ts';
import { checkAfter, deliveriesOf, startAfter } from './deliveries.ts';
import type { DeliveryDocument } from './deliveries.ts';
import { endpointsOf } from '../endpoints/endpoints.ts';
import { sweepDueAt } from '../endpoints/sweep-endpoints.ts';

/** Most that one step makes due. */
const stepRows = 200;

/**
 * Makes the next held deliveries of a releasing endpoint due, in the order of their events, as far as its cap leaves
 * room: one that has not had its first attempt fills it, one that has failed does not. Returns what is to be started.
 * Any process may do the next step at any time: the endpoint's record lets one after the other.
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
  const untried = { endpointId, status: 'pending' as const, waitsSince: null };
  const taken = await deliveriesOf(db).countDocuments(untried, { session, limit: endpoint.maxInFlight });
  const room = Math.min(endpoint.maxInFlight - taken, stepRows);
  if (room <= 0) return [];
  const held = await deliveriesOf(db)
    .find({ endpointId, status: 'held', waitsSince: null }, { session })
    .sort({ createdAt: 1, sequence: 1 })
    .limit(room)
    .toArray();
  if (held.length === 0) {
    // An append under way has still seen the endpoint as it was: the sweep brings what it has held.
    const set = { releasingSince: null, sweepDueAt: sweepDueAt() };
    await endpointsOf(db).updateOne({ _id: endpointId }, { $set: set }, { session });
    return [];
  }
  const ids = held.map((delivery) => delivery._id);
  const now = currentTime();
  const set = { status: 'pending' as const, startAt: startAfter(now), checkAt: checkAfter(now) };
  await deliveriesOf(db).updateMany({ _id: { $in: ids } }, { $set: set, $inc: { starts: 1 } }, { session });
  return held.map((delivery) => ({ ...delivery, ...set, starts: delivery.starts + 1 }));
}

/** The endpoints whose held deliveries go out now. */
export async function releasingEndpoints(db: Db): Promise<string[]> {
  const rows = await endpointsOf(db)
    .find({ releasingSince: { $type: 'date' }, deletedAt: null }, { projection: { _id: 1 } })
    .toArray();
  return rows.map((row) => row._id);
}
