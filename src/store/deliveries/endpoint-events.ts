/** Events about endpoints: they belong to the organization, not to a run, and have no sequence. */
import type { ClientSession, Db } from 'mongodb';
import { currentTime } from '../../clock.ts';
import { eventSchemaVersion } from '../../engine/log/event-catalog.ts';
import type { EventType } from '../../engine/log/event-catalog.ts';
import type { JsonObject } from '../../engine/json/json.ts';
import { createDelivery, deliveriesOf } from './deliveries.ts';
import type { DeliveryDocument } from './deliveries.ts';
import { isSubscribed, liveEndpoints } from '../endpoints/endpoints.ts';
import type { EndpointDocument } from '../endpoints/endpoints.ts';
import { appendIdOf, appendsOf, createAppend } from '../log/appends.ts';
import type { AppendDocument } from '../log/appends.ts';
import type { EventDocument } from '../log/events.ts';
import { deriveId } from '../mongo/ids.ts';

/** What is to be told of an endpoint. */
export interface EndpointNews {
  type: Extract<EventType, `endpoint.${string}` | `delivery.${string}`>;
  /** Names the change among all of this endpoint: the same key always gives the same event. */
  key: string;
  data: JsonObject;
}

/**
 * Records news of an endpoint and their deliveries to the other endpoints that name them, in the transaction of the
 * change that they tell of. Returns the deliveries, for the relay.
 */
export async function recordEndpointEvent(
  db: Db,
  session: ClientSession,
  endpoint: Pick<EndpointDocument, '_id' | 'organizationId' | 'name'>,
  { type, key, data }: EndpointNews,
): Promise<DeliveryDocument[]> {
  const id = deriveId('evt', endpoint._id, type, key);
  const about = { endpointId: endpoint._id, endpointName: endpoint.name };
  const event = createEndpointEvent(id, type, endpoint, { ...about, ...data });
  await appendsOf(db).insertOne(createEndpointAppend(event), { session });
  const others = await liveEndpoints(db, endpoint.organizationId);
  const deliveries = others
    .filter((other) => isSubscribed(other, event))
    .map((other) => createDelivery(event, other));
  if (deliveries.length > 0) await deliveriesOf(db).insertMany(deliveries, { session });
  return deliveries;
}

/** The append of an event about an endpoint: it has nothing but that. */
export function createEndpointAppend(event: EventDocument): AppendDocument {
  return createAppend([event], { recordedAt: event.recordedAt, counts: {} });
}

/** An event about an endpoint. */
export function createEndpointEvent(
  id: string,
  type: EndpointNews['type'],
  endpoint: Pick<EndpointDocument, '_id' | 'organizationId'>,
  data: JsonObject,
): EventDocument {
  const now = currentTime();
  const { _id: endpointId, organizationId } = endpoint;
  const envelope = {
    id,
    type,
    timestamp: now.toISOString(),
    schemaVersion: eventSchemaVersion,
    data: { organizationId, ...data },
  };
  return {
    _id: id,
    // Every event has a place in the log; this one stands alone under its own id.
    runId: id,
    appendId: appendIdOf(id, 0),
    sequence: 0,
    type,
    recordedAt: now,
    organizationId,
    workflowId: '',
    endpointId,
    body: JSON.stringify(envelope),
  };
}
