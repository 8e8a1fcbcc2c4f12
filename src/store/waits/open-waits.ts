/** The inbox of open waits. */
import type { Db, Filter } from 'mongodb';
import { executionsOf } from '../log/executions.ts';
import type { ExecutionDocument } from '../log/executions.ts';

/** What a list of open waits may be narrowed to. Times are ISO 8601. */
export interface WaitFilter {
  workflowId?: string | undefined;
  runId?: string | undefined;
  since?: string | undefined;
  until?: string | undefined;
}

/** Lists the open waits of an organization, newest first; `after` is the last row of the page before. */
export async function listOpenWaits(
  db: Db,
  organizationId: string,
  filter: WaitFilter,
  page: { limit: number; after?: { startedAt: string; id: string } | undefined },
): Promise<ExecutionDocument[]> {
  const { workflowId, runId, since, until } = filter;
  const { limit, after } = page;
  const all: Filter<ExecutionDocument>[] = [
    { organizationId, nodeType: 'wait', status: 'waiting' },
    ...(workflowId === undefined ? [] : [{ workflowId }]),
    ...(runId === undefined ? [] : [{ runId }]),
    ...(since === undefined ? [] : [{ startedAt: { $gte: since } }]),
    ...(until === undefined ? [] : [{ startedAt: { $lt: until } }]),
    ...(after ? [behind(after)] : []),
  ];
  return executionsOf(db).find({ $and: all }).sort({ startedAt: -1, _id: -1 }).limit(limit).toArray();
}

function behind({ startedAt, id }: { startedAt: string; id: string }): Filter<ExecutionDocument> {
  return { $or: [{ startedAt: { $lt: startedAt } }, { startedAt, _id: { $lt: id } }] };
}
