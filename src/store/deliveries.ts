import type { Collection, Db } from 'mongodb';
import type { EventType } from '../engine/event-catalog.ts';
import type { CollectionIndexes } from './indexes.ts';
import type { EndpointDocument } from './endpoints.ts';
import type { EventDocument } from './events.ts';
import { deriveId } from './ids.ts';

/** States of a delivery; the last three are final until somebody retries. */
export const deliveryStatuses = ['pending', 'retrying', 'held', 'success', 'failure', 'discarded'] as const;
export type DeliveryStatus = (typeof deliveryStatuses)[number];

/** One event on its way to one endpoint. */
export interface DeliveryDocument {
  _id: string;
  organizationId: string;
  endpointId: string;
  eventId: string;
  eventType: EventType;
  workflowId: string;
  runId: string;
  sequence: number;
  status: DeliveryStatus;
  /** Why it was discarded or failed without an attempt. */
  reason?: string;
  replayOf: string | null;
  /** Attempts made, the one under way included. */
  attemptCount: number;
  maxRetries: number;
  nextRetryAt: Date | null;
  /** While an attempt is under way: until when nobody else may send. */
  leaseUntil: Date | null;
  /** Whether the Activity is known to be started in Temporal; the relay looks for `false`. */
  startConfirmed: boolean;
  createdAt: Date;
  finishedAt: Date | null;
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
  error: { type: string; message: string } | null;
}

export const deliveryIndexes: CollectionIndexes = {
  collection: 'deliveries',
  indexes: [
    { key: { organizationId: 1, createdAt: -1, _id: -1 } },
    { key: { runId: 1, createdAt: -1 } },
    { key: { endpointId: 1, status: 1, createdAt: 1 } },
    { key: { createdAt: 1 }, name: 'unstarted', partialFilterExpression: { startConfirmed: false } },
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

/** The delivery of an event to an endpoint, ready to be stored in the event's own transaction. */
export function createDelivery(event: EventDocument, endpoint: EndpointDocument): DeliveryDocument {
  const held = endpoint.status === 'disabled';
  return {
    _id: deriveId('dlv', event._id, endpoint._id),
    organizationId: event.organizationId,
    endpointId: endpoint._id,
    eventId: event._id,
    eventType: event.type,
    workflowId: event.workflowId,
    runId: event.runId,
    sequence: event.sequence,
    status: held ? 'held' : 'pending',
    replayOf: null,
    attemptCount: 0,
    maxRetries: endpoint.maxRetries,
    nextRetryAt: null,
    leaseUntil: null,
    startConfirmed: held,
    createdAt: event.recordedAt,
    finishedAt: null,
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
  status?: DeliveryStatus | undefined;
}

/** Lists deliveries, newest first; `after` is the last row of the page before. */
export async function listDeliveries(
  db: Db,
  organizationId: string,
  filter: DeliveryFilter,
  page: { limit: number; after?: { createdAt: Date; id: string } | undefined },
): Promise<DeliveryDocument[]> {
  const { after } = page;
  const given = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
  const rest = after
    ? {
        $or: [
          { createdAt: { $lt: after.createdAt } },
          { createdAt: after.createdAt, _id: { $lt: after.id } },
        ],
      }
    : {};
  return deliveriesOf(db)
    .find({ organizationId, ...given, ...rest })
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
