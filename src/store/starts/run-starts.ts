import { setTimeout as delay } from 'node:timers/promises';
import type { Db } from 'mongodb';
import { loadRuns } from '../log/load-runs.ts';
import type { RunProjection } from '../../engine/log/projections.ts';
import { groupCalls } from '../mongo/group-calls.ts';
import { runsOf } from '../log/runs.ts';

/** What the start of a run in Temporal needs. */
export type RunToStart = Pick<
  RunProjection,
  | 'runId'
  | 'organizationId'
  | 'workflowId'
  | 'workflowVersion'
  | 'versionId'
  | 'status'
  | 'trigger'
  | 'rerunOf'
  | 'startedAt'
>;

/** What the starts of one process read and write. */
export interface RunStarts {
  find(runId: string): Promise<RunToStart | undefined>;
  /** Marks a run as started in Temporal, some time later: the run's first event does so too. */
  confirm(runId: string): void;
}

/** How long marks gather, in milliseconds. */
const gatherMs = 1_000;

/** Reads and marks the runs that start at once together. */
export function createRunStarts(db: Db, onFailure: (error: unknown) => void): RunStarts {
  let confirmed = new Set<string>();
  async function confirmAll(): Promise<void> {
    await delay(gatherMs, undefined, { ref: false });
    const ids = [...confirmed];
    confirmed = new Set();
    await runsOf(db).updateMany(
      { _id: { $in: ids }, startConfirmed: false },
      { $set: { startConfirmed: true } },
    );
  }
  return {
    find: groupCalls(async (ids: readonly string[]) => {
      const loaded = await loadRuns(db, ids);
      return loaded.map((one) => one?.state.run);
    }),
    confirm(runId) {
      confirmed.add(runId);
      if (confirmed.size === 1) confirmAll().catch(onFailure);
    },
  };
}
