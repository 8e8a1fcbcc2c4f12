import type { Collection, Db, UpdateFilter } from 'mongodb';
import { created } from '../../engine/deliveries/delivery-states.ts';
import type {
  DeliveryChange,
  DeliveryFields,
  DeliveryStatus,
} from '../../engine/deliveries/delivery-states.ts';
import type { EventType } from '../../engine/log/event-catalog.ts';
import type { CollectionIndexes } from '../mongo/indexes.ts';
import type { EndpointDocument } from '../endpoints/endpoints.ts';
import type { EventDocument } from '../log/events.ts';
import { deriveId } from '../mongo/ids.ts';
import { behind } from '../mongo/newest-first.ts';
import type { NewestFirst } from '../mongo/newest-first.ts';

/** One event on its way to one endpoint. */
export interface DeliveryDocument extends DeliveryFields {
  _id: string;
  organizationId: string;
  endpointId: string;
  eventId: string;
  /** The append that holds the event. */
  appendId: string;
  eventType: EventType;
  workflowId: string;
  runId: string;
  sequence: number;
  /** The first delivery of the event to the endpoint, when this is a replay of it. */
  replayOf: string | null;
  /** The replay of many events that made it. */
  replayId?: string;
  /** As the endpoint had it at the latest attempt, at least `grantedRetries`. */
  maxRetries: number;
  /** Retries that were asked for by hand beyond the schedule. */
  grantedRetries: number;
  createdAt: Date;
}

/** One attempt of a delivery; kept for as long as the delivery. */
export interface DeliveryAttemptDocument {
  _id: string;
  deliveryId: string;
  runId: string;
  number: number;
  startedAt: Date;
  requestHeaders: Record<string, string>;
  responseStatus: number | null;
  responseHeaders: Record<string, string> | null;
  responseHeadersTruncated?: boolean;
  responseBody: string | null;
  responseBodyTruncated: boolean;
  durationMs: number;
  timings: Record<string, number>;
  remoteAddress: string | null;
  /** `details`: the phase of a `timeout`, the reason of what has one. */
  error: { type: string; message: string; details?: Record<string, string> } | null;
  /** When the next one is due, as was decided with this one: who finds the delivery without its outcome goes by it. */
  nextRetryAt?: Date;
}

export const deliveryIndexes: CollectionIndexes = {
  collection: 'deliveries',
  indexes: [
    // A query by one of the partial ones names `$type` too: a bound alone does not tell MongoDB that it is a date.
    { key: { organizationId: 1, createdAt: -1, _id: -1 } },
    { key: { runId: 1, createdAt: -1 } },
    { key: { endpointId: 1, status: 1, waitsSince: 1, createdAt: 1, sequence: 1 } },
    { key: { endpointId: 1, runId: 1, status: 1, sequence: 1 } },
    { key: { endpointId: 1, eventId: 1 } },
    { key: { replayId: 1, status: 1 }, partialFilterExpression: { replayId: { $exists: true } } },
    { key: { startAt: 1 }, name: 'toStart', partialFilterExpression: { startAt: { $type: 'date' } } },
    { key: { checkAt: 1 }, name: 'toCheck', partialFilterExpression: { checkAt: { $type: 'date' } } },
    { key: { waitsSince: 1 }, name: 'inTurn', partialFilterExpression: { waitsSince: { $type: 'date' } } },
  ],
};

export const attemptIndexes: CollectionIndexes = {
  collection: 'deliveryAttempts',
  indexes: [{ key: { deliveryId: 1, number: 1 }, unique: true }, { key: { runId: 1 } }],
};

/** The collection of deliveries. */
export function deliveriesOf(db: Db): Collection<DeliveryDocument> {
  return db.collection<DeliveryDocument>('deliveries');
}

/** The collection of delivery attempts. */
export function attemptsOf(db: Db): Collection<DeliveryAttemptDocument> {
  return db.collection<DeliveryAttemptDocument>('deliveryAttempts');
}

/** The update of a record that a change is. */
export function updateOf({ set, count }: DeliveryChange): UpdateFilter<DeliveryDocument> {
  return { $set: set, ...(count ? { $inc: count } : {}) };
}

/** A record as it is after a change. */
export function changed(delivery: DeliveryDocument, { set, count = {} }: DeliveryChange): DeliveryDocument {
  const names = Object.keys(count) as (keyof typeof count)[];
  const counted = names.map((name) => [name, delivery[name] + (count[name] ?? 0)]);
  return { ...delivery, ...set, ...(Object.fromEntries(counted) as typeof count) };
}

/** The delivery of an event to an endpoint, ready to be stored; its id is derived, so that there is one whoever makes it. */
export function createDelivery(
  event: Omit<EventDocument, 'body'>,
  endpoint: EndpointDocument,
): DeliveryDocument {
  return {
    _id: deriveId('dlv', event._id, endpoint._id),
    organizationId: event.organizationId,
    endpointId: endpoint._id,
    eventId: event._id,
    appendId: event.appendId,
    eventType: event.type,
    workflowId: event.workflowId,
    runId: event.runId,
    sequence: event.sequence,
    replayOf: null,
    maxRetries: endpoint.maxRetries,
    grantedRetries: 0,
    createdAt: event.recordedAt,
    ...created(event.recordedAt, endpoint.status === 'disabled' || Boolean(endpoint.releasingSince)),
  };
}

/** Finds a delivery of an organization. */
export async function findDelivery(
  db: Db,
  organizationId: string,
  id: string,
): Promise<DeliveryDocument | null> {
  return deliveriesOf(db).findOne({ _id: id, organizationId });
}

/** What a list of deliveries may be narrowed to. */
export interface DeliveryFilter {
  endpointId?: string | undefined;
  runId?: string | undefined;
  eventType?: EventType | undefined;
  status?: readonly DeliveryStatus[] | undefined;
}

/** Lists deliveries, newest first; `after` is the last row of the page before. */
export async function listDeliveries(
  db: Db,
  organizationId: string,
  filter: DeliveryFilter,
  page: NewestFirst,
): Promise<DeliveryDocument[]> {
  const { status, ...rest } = filter;
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return deliveriesOf(db)
    .find({ organizationId, ...given, ...(status ? { status: { $in: [...status] } } : {}), ...behind(page) })
    .sort({ createdAt: -1, _id: -1 })
    .limit(page.limit)
    .toArray();
}

/** Reads the attempts of deliveries, in order. */
export async function readAttempts(
  db: Db,
  deliveryIds: readonly string[],
): Promise<DeliveryAttemptDocument[]> {
  return attemptsOf(db)
    .find({ deliveryId: { $in: [...deliveryIds] } })
    .sort({ deliveryId: 1, number: 1 })
    .toArray();
}
