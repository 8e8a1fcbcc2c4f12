import type { Db } from 'mongodb';
import { createDelivery } from '../deliveries/deliveries.ts';
import type { DeliveryDocument } from '../deliveries/deliveries.ts';
import type { EventDocument } from '../log/events.ts';
import { isSubscribed, liveEndpoints } from './endpoints.ts';
import type { EndpointDocument } from './endpoints.ts';

/** How far the clocks of two processes may be apart, in milliseconds. Source: both follow the database's. */
export const clockSkewMs = 100;

/** Whether an endpoint was there when an event was recorded. */
export function wasThere(
  endpoint: Pick<EndpointDocument, 'createdAt'>,
  event: Pick<EventDocument, 'recordedAt'>,
) {
  return event.recordedAt.getTime() + clockSkewMs >= endpoint.createdAt.getTime();
}

/**
 * Returns the deliveries of events that are recorded. The endpoints are read now: every one whose creation was answered
 * before an event was recorded is seen, and one that came after it is left out by its time.
 */
export async function deliveriesFor(
  db: Db,
  events: readonly Omit<EventDocument, 'body'>[],
): Promise<DeliveryDocument[]> {
  const ids = [...new Set(events.map(({ organizationId }) => organizationId))];
  const found = await Promise.all(ids.map((id) => liveEndpoints(db, id)));
  const endpoints = new Map(ids.map((id, index) => [id, found[index] ?? []]));
  return events.flatMap((event) =>
    (endpoints.get(event.organizationId) ?? [])
      .filter((endpoint) => wasThere(endpoint, event) && isSubscribed(endpoint, event))
      .map((endpoint) => createDelivery(event, endpoint)),
  );
}
