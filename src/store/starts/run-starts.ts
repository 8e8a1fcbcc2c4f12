import { setTimeout as delay } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import type { Db } from 'mongodb';
import { loadRuns } from '../log/load-runs.ts';
import type { RunLog } from '../log/run-log.ts';
import type { RunProjection } from '../../engine/log/projections.ts';
import { groupCalls } from '../mongo/group-calls.ts';
import { runsOf } from '../log/runs.ts';

/** What the start of a run in Temporal needs. */
export type RunToStart = RunProjection & { _id: string };

/** What the starts of one process read and write. */
export interface RunStarts {
  /** Returns a run that is not known to be started. */
  find(runId: string): Promise<RunToStart | undefined>;
  /** Marks a run as started in Temporal, some time later: the run's first event does so too. */
  confirm(runId: string): void;
}

/** How long marks gather, in milliseconds. */
const gatherMs = 1_000;
/** Runs of which one process keeps in mind that it has started them. */
const mostKnown = 10_000;
/** How long, in milliseconds: the reconciler may find that a start was lost. */
const knownMs = 30_000;

/** Reads and marks the runs that start at once together. */
export function createRunStarts(
  { db, runLog }: { db: Db; runLog: () => Pick<RunLog, 'justBegun'> },
  onFailure: (error: unknown) => void,
): RunStarts {
  let confirmed = new Set<string>();
  const started = new LRUCache<string, true>({ max: mostKnown, ttl: knownMs });
  const read = groupCalls((ids: readonly string[]) => loadRuns(db, ids));
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
    async find(runId) {
      if (started.has(runId)) return undefined;
      const run = runLog().justBegun(runId) ?? (await read(runId))?.state.run;
      return run && { ...run, _id: runId };
    },
    confirm(runId) {
      started.set(runId, true);
      confirmed.add(runId);
      if (confirmed.size === 1) confirmAll().catch(onFailure);
    },
  };
}
