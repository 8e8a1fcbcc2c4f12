/** Appends: the log as it is stored. What one append adds to a run is one document, so that one insert is atomic. */
import type { Collection, Db, Filter } from 'mongodb';
import { catalogEntry } from '../../engine/log/event-catalog.ts';
import type { EventType, NodeStatus } from '../../engine/log/event-catalog.ts';
import type { WebhookEventDocument } from '../inbox/webhook-events.ts';
import type { CollectionIndexes } from '../mongo/indexes.ts';
import type { EventDocument } from './events.ts';

/** One append. Its events never change. */
export interface AppendDocument {
  /** Run id and first sequence, so that a run's log is one range, and of two appends at one place one fails. */
  _id: string;
  runId: string;
  /** Sequence of the first and of the last event; both 0 for an event about an endpoint, which stands alone. */
  from: number;
  to: number;
  organizationId: string;
  workflowId: string;
  recordedAt: Date;
  types: EventType[];
  /** JSON array of what readers need of each event without parsing it. */
  heads: string;
  /** The envelopes as compact JSON, one a line. */
  events: string;
  /** The run's executions by status after it. */
  counts: Partial<Record<NodeStatus, number>>;
  /** The webhook request that began the run: its inbox row follows from it. */
  request?: WebhookEventDocument;
  /** Of a first append: the key that it holds for requests of its webhook. */
  dedupe?: HeldKey;
  /** Of a first append whose run is gone, while its key is held: until when. */
  expiresAt?: Date;
}

/** A dedupe key, as the first append of the run with the key's own id holds it. */
export interface HeldKey {
  /** How often the key began anew after its window. */
  generation: number;
  /** The run of this generation. */
  runId: string;
  /** SHA-256 of the body, hex. */
  fingerprint: string;
  eventId: string;
  expiresAt: Date;
}

type EventHead = Pick<
  EventDocument,
  '_id' | 'type' | 'executionId' | 'endpointId' | 'path' | 'isReused' | 'refs' | 'attemptKey' | 'versionId'
>;

export const appendIndexes: CollectionIndexes = {
  collection: 'appends',
  indexes: [
    { key: { organizationId: 1, recordedAt: 1, _id: 1 } },
    { key: { recordedAt: 1, _id: 1 } },
    { key: { recordedAt: 1, _id: 1 }, name: 'endpointEvents', partialFilterExpression: { from: 0 } },
    {
      key: { expiresAt: 1 },
      expireAfterSeconds: 0,
      partialFilterExpression: { expiresAt: { $exists: true } },
    },
  ],
};

/** The collection of appends. */
export function appendsOf(db: Db): Collection<AppendDocument> {
  return db.collection<AppendDocument>('appends');
}

/** Of a change stream of appends: readers of events do not need the requests, which may be large. */
export const withoutRequests = { $project: { 'fullDocument.request': 0 } };

/** The id of a run's append that begins with a sequence. */
export function appendIdOf(runId: string, from: number): string {
  return `${runId}:${String(from).padStart(8, '0')}`;
}

/** The ids of a run's appends from a sequence on. */
export function appendRange(runId: string, from = 0) {
  return { $gte: appendIdOf(runId, from), $lt: `${runId};` };
}

/** What the append of events is made of beside them. */
type AppendParts = Pick<AppendDocument, 'recordedAt' | 'counts'>;

/** The append of events that follow each other in one run. */
export function createAppend(events: readonly EventDocument[], parts: AppendParts): AppendDocument {
  const [first] = events;
  const last = events.at(-1);
  if (!first || !last) throw new TypeError('an append has at least one event');
  return {
    _id: appendIdOf(first.runId, first.sequence),
    runId: first.runId,
    from: first.sequence,
    to: last.sequence,
    organizationId: first.organizationId,
    workflowId: first.workflowId,
    recordedAt: parts.recordedAt,
    types: [...new Set(events.map(({ type }) => type))],
    heads: JSON.stringify(events.map(headOf)),
    events: events.map(({ body }) => body).join('\n'),
    counts: parts.counts,
  };
}

function headOf(event: EventDocument): EventHead {
  const { _id, type, executionId, endpointId, path, isReused, refs, attemptKey, versionId } = event;
  return { _id, type, executionId, endpointId, path, isReused, refs, attemptKey, versionId } as EventHead;
}

/** An append as far as its events without their bodies need it. */
type AppendHead = Omit<AppendDocument, 'events'>;

/** The events of an append; their bodies are as they were stored, not parsed. */
export function eventsIn(append: AppendDocument): EventDocument[] {
  const bodies = append.events.split('\n');
  return headsIn(append).map((head, index) => ({ ...head, body: bodies[index] ?? '' }));
}

/** The events of an append without their bodies. */
export function headsIn(append: AppendHead): Omit<EventDocument, 'body'>[] {
  const { _id: appendId, runId, from, recordedAt, organizationId, workflowId } = append;
  return (JSON.parse(append.heads) as EventHead[]).map((head, index) => {
    const status = catalogEntry(head.type).status;
    return {
      ...head,
      runId,
      appendId,
      sequence: from === 0 ? 0 : from + index,
      recordedAt,
      organizationId,
      workflowId,
      ...(status ? { status } : {}),
    };
  });
}

/** The sequence with which the append begins that holds what follows `after`. */
async function firstHolding(db: Db, runId: string, after: number): Promise<number> {
  if (after === 0) return 1;
  const [found] = await appendsOf(db)
    .find({ _id: { $gte: appendIdOf(runId, 1), $lte: appendIdOf(runId, after + 1) } })
    .sort({ _id: -1 })
    .limit(1)
    .project<Pick<AppendDocument, 'from'>>({ from: 1 })
    .toArray();
  return found?.from ?? 1;
}

/** Reads a run's log in order, after a sequence (0: from the start). */
export async function readRunLog(
  db: Db,
  runId: string,
  options: { after?: number; limit?: number; executionId?: string } = {},
): Promise<EventDocument[]> {
  const { after = 0, limit = 1_000, executionId } = options;
  const filter: Filter<AppendDocument> = {
    _id: appendRange(runId, await firstHolding(db, runId, after)),
    to: { $gt: after },
    // Ids are letters and digits. What only mentions the execution is left out below.
    ...(executionId === undefined ? {} : { heads: { $regex: executionId } }),
  };
  const events: EventDocument[] = [];
  for await (const append of appendsOf(db).find(filter, { batchSize: 100 }).sort({ _id: 1 })) {
    const wanted = eventsIn(append).filter(
      (event) => event.sequence > after && (executionId === undefined || event.executionId === executionId),
    );
    events.push(...wanted);
    if (events.length >= limit) break;
  }
  return events.slice(0, limit);
}
