/** What becomes of a run's start: it waits for its turn, or its turn has come. */
import type { Db } from 'mongodb';
import { currentMs, currentTime } from '../../clock.ts';
import { isFinalRunStatus } from '../../engine/log/event-catalog.ts';
import type { RunDocument } from '../log/runs.ts';
import { runsOf } from '../log/runs.ts';
import { lanesOf } from './lanes.ts';
import { giveBackOf } from './take-slots.ts';

/** The relay's sweep leaves the run alone: its lane starts it. */
export async function holdStart(db: Db, runId: string): Promise<void> {
  await runsOf(db).updateOne({ _id: runId, startConfirmed: false }, { $unset: { startConfirmed: true } });
}

/** The relay's sweep finds the run if it is not started: its turn has come. */
export async function releaseStart(db: Db, runId: string): Promise<void> {
  await runsOf(db).updateOne(
    { _id: runId, startConfirmed: { $exists: false } },
    { $set: { startConfirmed: false } },
  );
}

/** Returns the runs that wait for a run, each for the next: its parent first. */
export async function findAncestors(
  db: Db,
  run: Pick<RunDocument, 'parentRunId' | 'trigger'>,
): Promise<string[]> {
  const ancestors: string[] = [];
  let child = run;
  while (child.parentRunId !== undefined && child.trigger['isAwaited'] === true) {
    ancestors.push(child.parentRunId);
    const projection = { parentRunId: 1, trigger: 1 };
    const parent = await runsOf(db).findOne({ _id: child.parentRunId }, { projection });
    if (!parent) throw new Error(`the parent run ${child.parentRunId} is not recorded`);
    child = parent;
  }
  return ancestors;
}

/** A holder whose run has no record yet is left alone for so long, in milliseconds. */
const youngMs = 60_000;

/** Claims a lane, so that no other process looks at it, and takes out the holders whose runs have ended. */
export async function judgeHolders(db: Db, laneId: string): Promise<void> {
  const lane = await lanesOf(db).findOne({ _id: laneId });
  if (!lane || lane.holders.length === 0) return;
  const ids = lane.holders.map(({ runId }) => runId);
  const rows = await runsOf(db)
    .find({ _id: { $in: ids } }, { projection: { status: 1 } })
    .toArray();
  const statuses = new Map(rows.map(({ _id, status }) => [_id, status]));
  const ended = lane.holders.filter(({ runId, at }) => {
    const status = statuses.get(runId);
    return status === undefined ? at.getTime() < currentMs() - youngMs : isFinalRunStatus(status);
  });
  if (ended.length > 0)
    await giveBackOf(
      db,
      laneId,
      ended.map(({ runId }) => runId),
    );
}

/** Most lanes that one sweep looks at. */
const sweptLanes = 100;

/** Returns those of the lanes that nobody has looked at since a time, and claims them. */
export async function claimLanes(db: Db, ids: readonly string[], before: Date): Promise<string[]> {
  const stale = { $or: [{ judgedAt: { $exists: false } }, { judgedAt: { $lt: before } }] };
  const lanes = await lanesOf(db)
    .find({ _id: { $in: [...ids] }, ...stale }, { projection: { _id: 1 } })
    .sort({ judgedAt: 1 })
    .limit(sweptLanes)
    .toArray();
  const claimed: string[] = [];
  for (const { _id } of lanes) {
    const { modifiedCount } = await lanesOf(db).updateOne(
      { _id, ...stale },
      { $set: { judgedAt: currentTime() } },
    );
    if (modifiedCount === 1) claimed.push(_id);
  }
  return claimed;
}
