import type { Collection, Db } from 'mongodb';
import type { EventType } from '../../engine/log/event-catalog.ts';
import type { CollectionIndexes } from '../mongo/indexes.ts';
import type { EndpointDocument } from '../endpoints/endpoints.ts';
import type { EventDocument } from '../log/events.ts';
import { deriveId } from '../mongo/ids.ts';
import { behind } from '../mongo/newest-first.ts';
import type { NewestFirst } from '../mongo/newest-first.ts';

/**
 * States of a delivery; the last three are final until somebody retries. `held`: its endpoint is disabled, or sends
 * older held ones first.
 */
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
  /** The first delivery of the event to the endpoint, when this is a replay of it. */
  replayOf: string | null;
  /** The replay of many events that made it. */
  replayId?: string;
  /** Attempts made, the one under way included. */
  attemptCount: number;
  /** Those of them whose worker was lost before it recorded them. */
  lostCount: number;
  /** As the endpoint had it at the latest attempt, at least `grantedRetries`. */
  maxRetries: number;
  /** Retries that were asked for by hand beyond the schedule. */
  grantedRetries: number;
  /** Somebody asked for the next attempt: a disabled or paused endpoint does not keep it back. */
  byHand: boolean;
  nextRetryAt: Date | null;
  /** While an attempt is under way: since when, and until when nobody else may send. */
  leasedAt: Date | null;
  leaseUntil: Date | null;
  /** Since when it waits for an earlier event of its run; it has no Activity meanwhile. */
  waitsSince: Date | null;
  /**
   * From when on the relay's sweep may start its Activity: a little after it was asked for, since who asks starts it
   * itself. `null`: it is known to be started, or there is nothing to start.
   */
  startAt: Date | null;
  /** How often a start was asked for. From the second on, an Activity that is there makes room for the new one. */
  starts: number;
  /** When Temporal is asked whether the Activity is still there; `null`: it needs none. */
  checkAt: Date | null;
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
  /** `details`: the phase of a `timeout`, the reason of what has one. */
  error: { type: string; message: string; details?: Record<string, string> } | null;
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

/** States in which a delivery still has something to send. */
export const openStatuses: DeliveryStatus[] = ['pending', 'retrying', 'held'];

/** How long the process that asks for a start has for it, before others look, in milliseconds. */
const startWithinMs = 3_000;

/** When the sweep may start what is asked for now. */
export function startAfter(asked: Date): Date {
  return new Date(asked.getTime() + startWithinMs);
}

/** How long after it is due a delivery's Activity is looked for in Temporal, in milliseconds. */
const checkAfterMs = 60_000;

/** When the Activity of a delivery that is due then is looked for. */
export function checkAfter(due: Date): Date {
  return new Date(due.getTime() + checkAfterMs);
}

/** A delivery's state before its first attempt. */
export const unsent = {
  attemptCount: 0,
  lostCount: 0,
  grantedRetries: 0,
  byHand: false,
  nextRetryAt: null,
  leasedAt: null,
  leaseUntil: null,
  waitsSince: null,
  starts: 1,
  finishedAt: null,
} as const;

/** The delivery of an event to an endpoint, ready to be stored in the event's own transaction. */
export function createDelivery(
  event: Omit<EventDocument, 'body'>,
  endpoint: EndpointDocument,
): DeliveryDocument {
  const held = endpoint.status === 'disabled' || Boolean(endpoint.releasingSince);
  return {
    _id: deriveId('dlv', event._id, endpoint._id),
    organizationId: event.organizationId,
    endpointId: endpoint._id,
    eventId: event._id,
    eventType: event.type,
    workflowId: event.workflowId,
    runId: event.runId,
    sequence: event.sequence,
    replayOf: null,
    maxRetries: endpoint.maxRetries,
    createdAt: event.recordedAt,
    ...unsent,
    status: held ? 'held' : 'pending',
    startAt: held ? null : startAfter(event.recordedAt),
    starts: held ? 0 : 1,
    checkAt: held ? null : checkAfter(event.recordedAt),
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
  page: NewestFirst,
): Promise<DeliveryDocument[]> {
  const given = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
  return deliveriesOf(db)
    .find({ organizationId, ...given, ...behind(page) })
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
