import type { Db } from 'mongodb';
import type { EndedExecution } from '../../engine/scheduler/plan-retry.ts';
import { executionsOf } from './executions.ts';
import { readRun } from './read-runs.ts';
import { runsOf } from './runs.ts';

/** What a run that retries another is about. */
export interface RetriedRun {
  /** Paths that are run again; empty: what failed. */
  from: string[];
  /** Whether version and input are those of the run before. */
  isUnchanged: boolean;
  /** What the run before came to, by path, without values. */
  executions: Map<string, EndedExecution>;
}

const members = ['path', 'nodeType', 'status', 'branch', 'reason', 'openedAt'] as const;
const projection = Object.fromEntries(members.map((name) => [name, 1]));

/**
 * Reads what a run retries, whose records must be what its log says; `undefined` when that is gone, also in part: retention
 * takes a run step by step.
 */
export async function findRetriedRun(
  db: Db,
  { runId, rerunOf }: { runId: string; rerunOf: string },
): Promise<RetriedRun | undefined> {
  const parts = { projection: { trigger: 1, versionId: 1, counts: 1 } };
  const run = (await readRun(db, runId))?.run;
  const rows = await executionsOf(db).find<EndedExecution>({ runId: rerunOf }, { projection }).toArray();
  const before = await runsOf(db).findOne({ _id: rerunOf }, parts);
  const expected = Object.values(before?.counts ?? {}).reduce((sum, count) => sum + count, 0);
  if (!run || !before || rows.length < expected) return undefined;
  return {
    from: (run.trigger['from'] ?? []) as string[],
    isUnchanged: before.versionId === run.versionId && run.trigger['hasNewInput'] !== true,
    executions: new Map(rows.map((row) => [row.path, row])),
  };
}
