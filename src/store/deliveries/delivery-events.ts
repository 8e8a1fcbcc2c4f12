/** The events that deliveries carry. */
import type { Db } from 'mongodb';
import { liveEndpoints } from '../endpoints/endpoints.ts';
import { appendsOf, eventsIn } from '../log/appends.ts';
import type { AppendDocument } from '../log/appends.ts';
import type { EventDocument } from '../log/events.ts';
import { deliveriesOf } from './deliveries.ts';
import type { DeliveryDocument } from './deliveries.ts';

type Carrying = Pick<DeliveryDocument, 'appendId' | 'eventId'>;

/** Reads the events of deliveries, by event id; those past their retention are left out. */
export async function readDeliveryEvents(
  db: Db,
  deliveries: readonly Carrying[],
): Promise<Map<string, EventDocument>> {
  const wanted = new Set(deliveries.map(({ eventId }) => eventId));
  const appends = await appendsOf(db)
    .find({ _id: { $in: [...new Set(deliveries.map(({ appendId }) => appendId))] } })
    .toArray();
  const events = appends.flatMap(eventsIn).filter(({ _id }) => wanted.has(_id));
  return new Map(events.map((event) => [event._id, event]));
}

/** Appends among which an event is looked for that went to no endpoint. */
const latestAppends = 20_000;

/** Finds an event of an organization that went to one of its endpoints, or is among the latest. */
export async function findDeliveryEvent(
  db: Db,
  organizationId: string,
  id: string,
): Promise<EventDocument | null> {
  if (!/^evt_[a-z2-7]+$/.test(id)) return null;
  const endpoints = await liveEndpoints(db, organizationId);
  const endpointId = { $in: endpoints.map(({ _id }) => _id) };
  const delivery = await deliveriesOf(db).findOne(
    { endpointId, eventId: id },
    { projection: { appendId: 1 } },
  );
  const append = delivery
    ? await appendsOf(db).findOne({ _id: delivery.appendId })
    : await findLatest(db, organizationId, id);
  return (append && eventsIn(append).find(({ _id }) => _id === id)) ?? null;
}

async function findLatest(db: Db, organizationId: string, id: string): Promise<AppendDocument | null> {
  const found = appendsOf(db).aggregate<AppendDocument>([
    { $match: { organizationId } },
    { $sort: { recordedAt: -1, _id: -1 } },
    { $limit: latestAppends },
    { $match: { heads: { $regex: id } } },
    { $limit: 1 },
  ]);
  return found.next();
}
