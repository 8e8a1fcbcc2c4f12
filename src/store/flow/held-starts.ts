/** What becomes of a run's start: it waits for its turn, or its turn has come. */
import type { Db } from 'mongodb';
import { currentMs, currentTime } from '../../clock.ts';
import { isFinalRunStatus } from '../../engine/log/event-catalog.ts';
import type { RunProjection } from '../../engine/log/projections.ts';
import { readRun } from '../log/read-runs.ts';
import { ensureRecord } from '../log/run-record.ts';
import { runsOf } from '../log/runs.ts';
import { lanesOf } from './lanes.ts';
import type { Holder } from './lanes.ts';
import { giveBackOf } from './take-slots.ts';
import { waitingOf } from './waiting.ts';

/** The relay's sweep leaves the run alone: its lane starts it. */
export async function holdStart(db: Db, runId: string): Promise<void> {
  await ensureRecord(db, runId);
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
  run: Pick<RunProjection, 'parentRunId' | 'trigger'>,
): Promise<string[]> {
  const ancestors: string[] = [];
  let child = run;
  while (child.parentRunId !== undefined && child.trigger['isAwaited'] === true) {
    ancestors.push(child.parentRunId);
    const parent = (await readRun(db, child.parentRunId))?.run;
    if (!parent) throw new Error(`the parent run ${child.parentRunId} is not recorded`);
    child = parent;
  }
  return ancestors;
}

/** A holder whose run has no record yet is left alone for so long, in milliseconds. */
const youngMs = 60_000;

/** Takes out of a lane the holders whose runs have ended, and has those started that nobody has in hand. */
export async function judgeHolders(db: Db, laneId: string): Promise<void> {
  const lane = await lanesOf(db).findOne({ _id: laneId });
  if (!lane || lane.holders.length === 0) return;
  const ids = lane.holders.map(({ runId }) => runId);
  const rows = await runsOf(db)
    .find({ _id: { $in: ids } }, { projection: { status: 1, startConfirmed: 1 } })
    .toArray();
  const known = new Map(rows.map((row) => [row._id, row]));
  const isOver = ({ runId, at }: Holder) => {
    const run = known.get(runId);
    return run ? isFinalRunStatus(run.status) : at.getTime() < currentMs() - youngMs;
  };
  const ended = lane.holders.filter(isOver).map(({ runId }) => runId);
  if (ended.length > 0) await giveBackOf(db, laneId, ended);
  for (const { _id, status, startConfirmed } of rows)
    if (status === 'queued' && startConfirmed === undefined) await releaseUnlessWaiting(db, _id);
}

/** A run whose start is held although it waits no longer is started: its turn came while it was made to wait. */
export async function releaseUnlessWaiting(db: Db, runId: string): Promise<void> {
  if (!(await waitingOf(db).findOne({ _id: runId }, { projection: { _id: 1 } })))
    await releaseStart(db, runId);
}

/** Most lanes that one sweep looks at. */
const sweptLanes = 100;
/** The same of lanes in which nobody waits. */
const forgottenLanes = 20;

/** Returns lanes that nobody has looked at since a time, and claims them: of those with the ids, or of all with holders. */
export async function claimLanes(
  db: Db,
  before: Date,
  of: { _id: { $in: string[] } } | { 'holders.0': { $exists: true } },
): Promise<string[]> {
  const stale = { judgedAt: { $lt: before } };
  const lanes = await lanesOf(db)
    .find({ ...of, ...stale }, { projection: { _id: 1 } })
    .sort({ judgedAt: 1 })
    .limit('_id' in of ? sweptLanes : forgottenLanes)
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

/** Returns those of the ids that are of no lane: nobody has needed it yet, or not for long. */
export async function missingLanes(db: Db, ids: readonly string[]): Promise<string[]> {
  const some = ids.slice(0, 10 * sweptLanes);
  const known = new Set(await lanesOf(db).distinct('_id', { _id: { $in: some } }));
  return some.filter((id) => !known.has(id));
}
