import type { Db, Filter } from 'mongodb';
import type { RunStatus } from '../../engine/log/event-catalog.ts';
import { findKeyedRequests } from '../inbox/list-webhook-events.ts';
import { countByStatus } from '../mongo/count-by-status.ts';
import { behind } from '../mongo/newest-first.ts';
import type { NewestFirst } from '../mongo/newest-first.ts';
import { findNamedWorkflows } from '../workflows/workflows.ts';
import { executionsOf } from './executions.ts';
import { foldRuns } from './read-runs.ts';
import { runIdRange } from './run-id-range.ts';
import { runsOf } from './runs.ts';
import type { RunDocument } from './runs.ts';

/** What a list of runs may be narrowed to. Times are ISO 8601. */
export interface RunFilter {
  workflowId?: string | undefined;
  status?: readonly RunStatus[] | undefined;
  since?: string | undefined;
  until?: string | undefined;
  triggerSource?: string | undefined;
  /** What they are searched by. */
  search?: string | undefined;
}

/**
 * Lists runs, newest first; `after` is the last row of the page before. Each is as its log says; which of them a filter takes
 * goes by their records, which may lag behind.
 */
export async function listRuns(
  db: Db,
  organizationId: string,
  filter: RunFilter,
  page: NewestFirst<string>,
): Promise<RunDocument[]> {
  const query = { $and: [await runQuery(db, organizationId, filter), behind(page)] };
  const records = runsOf(db).find(query).sort({ createdAt: -1, _id: -1 }).limit(page.limit);
  return foldRuns(db, await records.toArray());
}

/** Reads runs, oldest first, after a place. */
export async function readRuns(
  db: Db,
  organizationId: string,
  filter: RunFilter,
  page: { after: { at: Date | string; id: string } | null; limit: number },
): Promise<RunDocument[]> {
  const { after, limit } = page;
  const at = String(after?.at);
  const rest = after ? { $or: [{ createdAt: { $gt: at } }, { createdAt: at, _id: { $gt: after.id } }] } : {};
  const records = runsOf(db)
    .find({ $and: [await runQuery(db, organizationId, filter), rest] })
    .sort({ createdAt: 1, _id: 1 })
    .limit(limit);
  return foldRuns(db, await records.toArray());
}

/** Counts runs by their status. */
export async function countRuns(
  db: Db,
  organizationId: string,
  filter: RunFilter,
): Promise<Partial<Record<RunStatus, number>>> {
  return countByStatus(runsOf(db), await runQuery(db, organizationId, filter));
}

/** Returns the query of the runs that a filter takes. */
async function runQuery(db: Db, organizationId: string, filter: RunFilter): Promise<Filter<RunDocument>> {
  const { workflowId, status, since, until, triggerSource, search } = filter;
  return {
    organizationId,
    ...(workflowId ? { workflowId } : {}),
    ...(status ? { status: { $in: [...status] } } : {}),
    ...(triggerSource ? { 'trigger.source': triggerSource } : {}),
    $and: [
      since ? { createdAt: { $gte: since } } : {},
      until ? { createdAt: { $lt: until } } : {},
      search === undefined ? {} : await searchRuns(db, organizationId, search),
    ],
  };
}

/** Most rows by which a key finds runs; the newest are taken. */
const maxRows = 1_000;

/**
 * Returns the query of the runs that a text finds: by the dedupe or the correlation key of a request that started or resumed
 * them, by the key of a wait of theirs, by the beginning of their id, or by part of the name of their workflow.
 */
async function searchRuns(db: Db, organizationId: string, text: string): Promise<Filter<RunDocument>> {
  const [requests, waits, workflowIds] = await Promise.all([
    findKeyedRequests(db, organizationId, text, maxRows),
    executionsOf(db)
      .find({ organizationId, waitKey: text }, { projection: { runId: 1 } })
      .limit(maxRows)
      .toArray(),
    findNamedWorkflows(db, organizationId, text),
  ]);
  const ids = [...requests.flatMap(({ runIds }) => runIds), ...waits.map(({ runId }) => runId)];
  return {
    $or: [{ _id: { $in: ids } }, { workflowId: { $in: workflowIds } }, ...runIdRange(text, '_id')],
  };
}
