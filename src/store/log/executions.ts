import type { ClientSession, Collection, Db, Filter } from 'mongodb';
import type { NodeStatus } from '../../engine/log/event-catalog.ts';
import type { ExecutionProjection } from '../../engine/log/projections.ts';
import { correlationIdOf } from '../waits/correlations.ts';
import type { CollectionIndexes } from '../mongo/indexes.ts';
import { deriveId } from '../mongo/ids.ts';

/** An execution record: its projection, with where it belongs. */
export interface ExecutionDocument extends ExecutionProjection {
  /** The execution id. */
  _id: string;
  organizationId: string;
  workflowId: string;
  /** Path of the iteration that holds it, such as `each[3]`; empty outside loops. */
  parent: string;
  /** Of an open wait with a key: where requests find it. */
  correlationId?: string;
}

export const executionIndexes: CollectionIndexes = {
  collection: 'executions',
  indexes: [
    { key: { runId: 1, path: 1 }, unique: true },
    { key: { runId: 1, parent: 1, path: 1 } },
    { key: { runId: 1, status: 1 } },
    {
      key: { organizationId: 1, startedAt: -1, _id: -1 },
      name: 'openWaits',
      partialFilterExpression: { nodeType: 'wait', status: 'waiting' },
    },
    {
      key: { correlationId: 1, startedAt: 1, _id: 1 },
      name: 'correlated',
      partialFilterExpression: { correlationId: { $exists: true } },
    },
    {
      key: { organizationId: 1, waitKey: 1 },
      name: 'byWaitKey',
      partialFilterExpression: { waitKey: { $exists: true } },
    },
  ],
};

/** The collection of executions. */
export function executionsOf(db: Db): Collection<ExecutionDocument> {
  return db.collection<ExecutionDocument>('executions');
}

/** The id of a run's execution at a path. */
export function executionIdOf(runId: string, path: string): string {
  return deriveId('exe', runId, path);
}

/** The path of the iteration that holds an execution: `each[3]` for `each[3]/post`, empty outside loops. */
export function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** The record of a projection. `run`: whose it is. */
export function executionRecord(
  execution: ExecutionProjection,
  run: { organizationId: string; workflowId: string },
): ExecutionDocument {
  const { executionId, path, status, waitKey } = execution;
  const { correlationId: _, ...rest } = execution as Partial<ExecutionDocument> & ExecutionProjection;
  const isCorrelated = status === 'waiting' && waitKey !== undefined;
  return {
    ...rest,
    _id: executionId,
    organizationId: run.organizationId,
    workflowId: run.workflowId,
    parent: parentOf(path),
    ...(isCorrelated ? { correlationId: correlationIdOf(run.workflowId, waitKey) } : {}),
  };
}

/** Most waits that one request resumes. */
const maxWaits = 200;

/** The open waits of a key, oldest first. */
export async function findCorrelatedWaits(
  db: Db,
  session: ClientSession,
  correlationId: string,
): Promise<ExecutionDocument[]> {
  return executionsOf(db)
    .find({ correlationId }, { session })
    .sort({ startedAt: 1, _id: 1 })
    .limit(maxWaits)
    .toArray();
}

/** What a list of a run's executions is narrowed to. */
export interface ExecutionList {
  /** Only those directly in this iteration; empty: outside loops. */
  parent?: string | undefined;
  status?: readonly NodeStatus[] | undefined;
  /** Only paths behind this one. */
  after?: string | undefined;
  limit: number;
}

/** Lists the records of a run's executions in path order. */
export async function listRecordedExecutions(
  db: Db,
  runId: string,
  options: ExecutionList,
): Promise<ExecutionDocument[]> {
  const filter: Filter<ExecutionDocument> = { runId };
  if (options.parent !== undefined) filter.parent = options.parent;
  if (options.status) filter.status = { $in: [...options.status] };
  if (options.after !== undefined) filter.path = { $gt: options.after };
  return executionsOf(db).find(filter).sort({ path: 1 }).limit(options.limit).toArray();
}
