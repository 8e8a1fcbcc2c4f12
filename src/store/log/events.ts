import type { Collection, Db, Filter } from 'mongodb';
import { currentMs } from '../../clock.ts';
import type { EventType } from '../../engine/log/event-catalog.ts';
import type { JsonObject } from '../../engine/json/json.ts';
import type { CollectionIndexes } from '../mongo/indexes.ts';

/** The envelope: one shape in the log, in streams, in hooks and in API answers. */
export interface EventEnvelope {
  id: string;
  type: EventType;
  /** When it happened, ISO 8601. */
  timestamp: string;
  schemaVersion: number;
  data: JsonObject;
}

/** An event as it is stored. Never changed, never deleted before retention. */
export interface EventDocument {
  _id: string;
  runId: string;
  /** 1, 2, 3 … per run without a gap. */
  sequence: number;
  type: EventType;
  timestamp: Date;
  recordedAt: Date;
  organizationId: string;
  workflowId: string;
  executionId?: string;
  /** Which endpoint an `endpoint.*` or `delivery.*` event is about. */
  endpointId?: string;
  path?: string;
  status?: string;
  /** It was taken over from the run that this one retries. */
  isReused?: true;
  /** The envelope as compact JSON: exactly what streams and hooks send. Text, because user values may be deeper and odder than BSON allows. */
  body: string;
  /** Which members of `data` are references to payloads. */
  refs?: string[];
  /** Members of the fold that the envelope does not show. */
  attemptKey?: string;
  versionId?: string;
}

export const eventIndexes: CollectionIndexes = {
  collection: 'events',
  indexes: [
    { key: { runId: 1, sequence: 1 }, unique: true },
    { key: { executionId: 1, sequence: 1 }, sparse: true },
    { key: { organizationId: 1, recordedAt: 1, _id: 1 } },
    { key: { recordedAt: 1, _id: 1 }, partialFilterExpression: { sequence: 0 } },
  ],
};

/** The collection of events. */
export function eventsOf(db: Db): Collection<EventDocument> {
  return db.collection<EventDocument>('events');
}

/** The envelope of a stored event. */
export function envelopeOf(event: EventDocument): EventEnvelope {
  return JSON.parse(event.body) as EventEnvelope;
}

/** Reads a run's log in order, after a sequence (0: from the start). */
export async function readRunLog(
  db: Db,
  runId: string,
  options: { after?: number; limit?: number; executionId?: string } = {},
): Promise<EventDocument[]> {
  const filter: Filter<EventDocument> = { runId, sequence: { $gt: options.after ?? 0 } };
  if (options.executionId) filter.executionId = options.executionId;
  return eventsOf(db)
    .find(filter)
    .sort({ sequence: 1 })
    .limit(options.limit ?? 1_000)
    .toArray();
}

/** Events younger than this may still be overtaken by one that commits later. Source: the cap of an append. */
const settledAfterMs = 5_000;

/** What a list of activity is narrowed to. */
export interface ActivityFilter {
  workflowIds: readonly string[] | undefined;
  types: readonly EventType[];
  /** Compared with the status of the event. */
  status: string | undefined;
}

/** Lists an organization's events in the order of `(recordedAt, id)`, nothing younger than five seconds. */
export async function listActivity(
  db: Db,
  organizationId: string,
  filter: ActivityFilter,
  page: {
    since?: Date | undefined;
    until?: Date | undefined;
    after?: { recordedAt: Date; id: string } | undefined;
    limit: number;
  },
): Promise<EventDocument[]> {
  const { since, until, after } = page;
  const settled = new Date(currentMs() - settledAfterMs);
  const before = until && until < settled ? until : settled;
  const { workflowIds, types, status } = filter;
  const narrowed: Filter<EventDocument> = {
    type: { $in: [...types] },
    ...(workflowIds ? { workflowId: { $in: [...workflowIds] } } : {}),
    ...(status === undefined ? {} : { status }),
  };
  const rest = after
    ? {
        $or: [
          { recordedAt: { $gt: after.recordedAt } },
          { recordedAt: after.recordedAt, _id: { $gt: after.id } },
        ],
      }
    : {};
  return eventsOf(db)
    .find({
      organizationId,
      recordedAt: { $lt: before, ...(since ? { $gte: since } : {}) },
      ...narrowed,
      ...rest,
    })
    .sort({ recordedAt: 1, _id: 1 })
    .limit(page.limit)
    .toArray();
}
