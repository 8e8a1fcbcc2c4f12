import type { Db, Document } from 'mongodb';
import { isFinalRunStatus } from '../../engine/log/event-catalog.ts';
import type { RunStatus } from '../../engine/log/event-catalog.ts';
import { findRuns } from '../log/read-runs.ts';
import type { RunDocument } from '../log/runs.ts';
import { behind } from '../mongo/newest-first.ts';
import type { NewestFirst } from '../mongo/newest-first.ts';
import type { ScheduleDocument } from '../schedules/schedules.ts';
import { namedLike, workflowsOf } from './workflows.ts';
import type { WorkflowDocument, WorkflowStatus } from './workflows.ts';

/** A workflow with what it does. */
export interface WorkflowRow extends WorkflowDocument {
  lastRun?: Pick<RunDocument, '_id' | 'status' | 'createdAt' | 'finishedAt'>;
  /** Of a live version with a `schedule` trigger. */
  schedule?: ScheduleDocument;
}

/** What a list of workflows may be narrowed to. */
export interface WorkflowFilter {
  /** Absent: all that are not archived. */
  status?: readonly WorkflowStatus[] | undefined;
  /** Of its last run's record, which may lag behind the run's log. */
  lastRunStatus?: readonly RunStatus[] | undefined;
  /** Part of the name, in any case. */
  search?: string | undefined;
}

/** Lists workflows, newest first, each with its last run and its schedule; `after` is the last row of the page before. */
export async function listWorkflowRows(
  db: Db,
  organizationId: string,
  filter: WorkflowFilter,
  page: NewestFirst,
): Promise<WorkflowRow[]> {
  const { status, lastRunStatus, search } = filter;
  const match: Document = {
    organizationId,
    status: status ? { $in: [...status] } : { $ne: 'archived' },
    ...(search === undefined ? {} : namedLike(search)),
    ...behind(page),
  };
  const limit = { $limit: page.limit };
  const lastRun = first('runs', 'lastRun', [
    { $match: { organizationId } },
    { $sort: { createdAt: -1, _id: -1 } },
    { $limit: 1 },
    { $project: { status: 1, createdAt: 1, finishedAt: 1 } },
  ]);
  const rows = await workflowsOf(db)
    .aggregate<WorkflowRow>([
      { $match: match },
      { $sort: { createdAt: -1, _id: -1 } },
      ...(lastRunStatus
        ? [...lastRun, { $match: { 'lastRun.status': { $in: [...lastRunStatus] } } }, limit]
        : [limit, ...lastRun]),
      ...first('schedules', 'schedule', [{ $match: { state: { $ne: 'removed' } } }]),
    ])
    .toArray();
  return withExactRuns(db, rows);
}

/** Records of runs may lag behind their logs. */
async function withExactRuns(db: Db, rows: readonly WorkflowRow[]): Promise<WorkflowRow[]> {
  const open = rows.flatMap(({ lastRun }) =>
    lastRun && !isFinalRunStatus(lastRun.status) ? [lastRun._id] : [],
  );
  const exact = new Map((await findRuns(db, open)).map((run) => [run._id, run]));
  return rows.map((row) => {
    const lastRun = row.lastRun && exact.get(row.lastRun._id);
    return lastRun ? { ...row, lastRun } : row;
  });
}

/** Joins one row of a collection that names the workflow. */
function first(from: 'runs' | 'schedules', as: string, pipeline: Document[]): Document[] {
  const foreignField = from === 'schedules' ? '_id' : 'workflowId';
  return [
    { $lookup: { from, localField: '_id', foreignField, pipeline, as } },
    { $set: { [as]: { $first: `$${as}` } } },
  ];
}
