import type { Db } from 'mongodb';
import { appendCapMs } from './database.ts';
import { createDelivery, deliveriesOf } from './deliveries.ts';
import type { DeliveryDocument } from './deliveries.ts';
import { endpointsOf, isSubscribed } from './endpoints.ts';
import type { EndpointDocument } from './endpoints.ts';
import { eventsOf } from './events.ts';

/** How long after a change its sweep is due: by then every append that could have missed it has ended. */
const dueAfterMs = appendCapMs + 1_000;

/** When the sweep of a change that is made now is due. */
export function sweepDueAt(): Date {
  return new Date(Date.now() + dueAfterMs);
}

/**
 * Matches again what was recorded around the changes of endpoints: an append that began before a change and ended after
 * it has not seen the change. Answers the deliveries that were missing; their ids are derived, so nothing is doubled.
 */
export async function sweepEndpoints(db: Db): Promise<DeliveryDocument[]> {
  const due = await endpointsOf(db)
    .find({ sweepDueAt: { $lte: new Date() }, deletedAt: null })
    .toArray();
  const found: DeliveryDocument[] = [];
  for (const endpoint of due) {
    found.push(...(await sweepEndpoint(db, endpoint)));
    await endpointsOf(db).updateOne(
      { _id: endpoint._id, sweepDueAt: endpoint.sweepDueAt },
      { $set: { sweepDueAt: null } },
    );
  }
  return found;
}

async function sweepEndpoint(db: Db, endpoint: EndpointDocument): Promise<DeliveryDocument[]> {
  const { organizationId, updatedAt } = endpoint;
  const from = new Date(updatedAt.getTime() - appendCapMs);
  const until = new Date(updatedAt.getTime() + appendCapMs);
  const missing: DeliveryDocument[] = [];
  for await (const event of eventsOf(db).find({ organizationId, recordedAt: { $gte: from, $lte: until } })) {
    if (!isSubscribed(endpoint, event)) continue;
    const delivery = createDelivery(event, endpoint);
    const written = await deliveriesOf(db).updateOne(
      { _id: delivery._id },
      { $setOnInsert: delivery },
      { upsert: true },
    );
    if (written.upsertedCount === 1) missing.push(delivery);
  }
  return missing;
}
