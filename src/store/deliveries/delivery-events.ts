/** The events that deliveries carry. */
import type { Db } from 'mongodb';
import { eventsOf } from '../log/events.ts';
import type { EventDocument } from '../log/events.ts';

/** Reads events by their ids; those past their retention are left out. */
export async function readDeliveryEvents(
  db: Db,
  ids: readonly string[],
): Promise<Map<string, EventDocument>> {
  const events = await eventsOf(db)
    .find({ _id: { $in: [...new Set(ids)] } })
    .toArray();
  return new Map(events.map((event) => [event._id, event]));
}

/** Finds an event of an organization. */
export async function findDeliveryEvent(
  db: Db,
  organizationId: string,
  id: string,
): Promise<EventDocument | null> {
  return eventsOf(db).findOne({ _id: id, organizationId });
}
