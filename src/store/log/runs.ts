import type { Collection, Db } from 'mongodb';
import { currentTime } from '../../clock.ts';
import type { RunProjection } from '../../engine/log/projections.ts';
import type { CollectionIndexes } from '../mongo/indexes.ts';

/** A run record: its projection and what the relay keeps beside it. */
export interface RunDocument extends RunProjection {
  /** The run id. */
  _id: string;
  /** Whether the run is known to be started in Temporal; the relay looks for `false`. Absent: it waits for its turn. */
  startConfirmed?: boolean;
  /** Paths of waits that were resumed and whose signal the relay has still to deliver. */
  resumeRequests?: string[];
  /** When a resume was last kept for a wait of this run that had not begun. */
  resumeKeptAt?: Date;
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

/** The run of an organization; `null` when there is none. */
export async function findRun(db: Db, organizationId: string, runId: string): Promise<RunDocument | null> {
  return runsOf(db).findOne({ _id: runId, organizationId });
}

/** Keeps a cancel that is to be delivered to Temporal; the first reason stays. */
export async function requestRunCancel(db: Db, runId: string, reason: string): Promise<void> {
  await runsOf(db).updateOne(
    { _id: runId, cancelRequest: { $exists: false } },
    { $set: { cancelRequest: { reason, requestedAt: currentTime(), delivered: false } } },
  );
}
