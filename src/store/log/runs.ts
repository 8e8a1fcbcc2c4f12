import type { Collection, Db, Filter } from 'mongodb';
import { currentTime } from '../../clock.ts';
import type { RunStatus } from '../../engine/log/event-catalog.ts';
import type { RunProjection } from '../../engine/log/projections.ts';
import type { CollectionIndexes } from '../mongo/indexes.ts';
import { behind } from '../mongo/newest-first.ts';
import type { NewestFirst } from '../mongo/newest-first.ts';

/** A run record: its projection and what the relay keeps beside it. */
export interface RunDocument extends RunProjection {
  /** The run id. */
  _id: string;
  /** Whether the run is known to be started in Temporal; the relay looks for `false`. */
  startConfirmed: boolean;
  /** Paths of waits that were resumed and whose signal the relay has still to deliver. */
  resumeRequests?: string[];
  /** A cancel that was asked for and that the relay has still to deliver. */
  cancelRequest?: { reason: string; requestedAt: Date; delivered: boolean };
}

export const runIndexes: CollectionIndexes = {
  collection: 'runs',
  indexes: [
    { key: { organizationId: 1, createdAt: -1, _id: -1 } },
    { key: { organizationId: 1, workflowId: 1, createdAt: -1, _id: -1 } },
    { key: { createdAt: 1 }, name: 'unstarted', partialFilterExpression: { startConfirmed: false } },
    {
      key: { 'cancelRequest.requestedAt': 1 },
      name: 'cancelling',
      partialFilterExpression: { 'cancelRequest.delivered': false },
    },
    { key: { 'resumeRequests.0': 1 }, name: 'resuming', sparse: true },
    { key: { status: 1, finishedAt: 1 } },
  ],
};

/** The collection of runs. */
export function runsOf(db: Db): Collection<RunDocument> {
  return db.collection<RunDocument>('runs');
}

/** What a list of runs may be narrowed to. Times are ISO 8601. */
export interface RunFilter {
  workflowId?: string | undefined;
  status?: RunStatus | undefined;
  since?: string | undefined;
  until?: string | undefined;
  triggerSource?: string | undefined;
}

/** Lists runs, newest first; `after` is the last row of the page before. */
export async function listRuns(
  db: Db,
  organizationId: string,
  filter: RunFilter,
  page: NewestFirst<string>,
): Promise<RunDocument[]> {
  const query: Filter<RunDocument> = { organizationId };
  if (filter.workflowId) query.workflowId = filter.workflowId;
  if (filter.status) query.status = filter.status;
  if (filter.triggerSource) Object.assign(query, { 'trigger.source': filter.triggerSource });
  const since = filter.since ? [{ createdAt: { $gte: filter.since } }] : [];
  const until = filter.until ? [{ createdAt: { $lt: filter.until } }] : [];
  const rest = page.after ? [behind(page)] : [];
  const all = [...since, ...until, ...rest] as Filter<RunDocument>[];
  if (all.length > 0) query.$and = all;
  return runsOf(db).find(query).sort({ createdAt: -1, _id: -1 }).limit(page.limit).toArray();
}

/** Keeps a cancel that is to be delivered to Temporal; the first reason stays. */
export async function requestRunCancel(db: Db, runId: string, reason: string): Promise<void> {
  await runsOf(db).updateOne(
    { _id: runId, cancelRequest: { $exists: false } },
    { $set: { cancelRequest: { reason, requestedAt: currentTime(), delivered: false } } },
  );
}
