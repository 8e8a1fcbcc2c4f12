import type { Collection, Db } from 'mongodb';
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
