import type { Db, Document } from 'mongodb';
import { runStatuses } from '../../engine/log/event-catalog.ts';
import type { RunStatus } from '../../engine/log/event-catalog.ts';
import { runsOf } from '../log/runs.ts';
import type { Counted, StatsRange } from './stats.ts';

/** Runs that began in a time. */
export interface RunStats {
  /** One for each step from `since` on. */
  points: (Counted & { at: Date })[];
  /** Most runs first. */
  workflows: (Counted & { workflowId: string })[];
}

interface Group<Key> {
  _id: { key: Key; status: RunStatus };
  count: number;
}

/** Counts the runs that began in a time by what has become of them: step by step, and by workflow. */
export async function readRunStats(db: Db, range: StatsRange & { stepMs: number }): Promise<RunStats> {
  const { since, until, stepMs, organizationId, workflowId } = range;
  const match = {
    organizationId,
    ...(workflowId === undefined ? {} : { workflowId }),
    createdAt: { $gte: since.toISOString(), $lt: until.toISOString() },
  };
  const passed = { $subtract: [{ $toDate: '$createdAt' }, since] };
  const [bySteps, byWorkflows] = await Promise.all([
    group<number>(db, match, { $floor: { $divide: [passed, stepMs] } }),
    group<string>(db, match, '$workflowId'),
  ]);
  const steps = Math.ceil((until.getTime() - since.getTime()) / stepMs);
  const points = Array.from({ length: steps }, (_, step) => ({
    at: new Date(since.getTime() + step * stepMs),
    ...(bySteps.get(step) ?? countOf([])),
  }));
  const workflows = [...byWorkflows].map(([workflowId, counted]) => ({ workflowId, ...counted }));
  return { points, workflows: workflows.sort((a, b) => b.total - a.total) };
}

/** Counts runs by a key and their status. */
async function group<Key>(db: Db, match: Document, key: unknown): Promise<Map<Key, Counted>> {
  const groups = await runsOf(db)
    .aggregate<Group<Key>>([
      { $match: match },
      { $group: { _id: { key, status: '$status' }, count: { $sum: 1 } } },
    ])
    .toArray();
  const keys = new Map<Key, Group<Key>[]>();
  for (const one of groups) keys.set(one._id.key, [...(keys.get(one._id.key) ?? []), one]);
  return new Map([...keys].map(([one, of]) => [one, countOf(of)]));
}

function countOf(groups: readonly Group<unknown>[]): Counted {
  const counts = new Map(groups.map(({ _id, count }) => [_id.status, count]));
  return {
    total: groups.reduce((sum, { count }) => sum + count, 0),
    byStatus: Object.fromEntries(runStatuses.map((status) => [status, counts.get(status) ?? 0])),
  };
}
