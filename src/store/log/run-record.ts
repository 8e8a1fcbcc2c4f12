/** What stands in a run's record beside its projection: the record follows the log, and may not be there yet. */
import type { Db, Filter } from 'mongodb';
import { currentTime } from '../../clock.ts';
import { openRunStatuses } from '../../engine/log/event-catalog.ts';
import { runsOf } from './runs.ts';
import type { RunDocument } from './runs.ts';
import { carryOutRuns } from './sweep-appends.ts';

/** Resolves once a run that is recorded has its record. */
export async function ensureRecord(db: Db, runId: string): Promise<void> {
  const record = await runsOf(db).findOne({ _id: runId }, { projection: { _id: 1 } });
  if (!record) await carryOutRuns(db, [runId]);
}

/** Keeps a cancel that is to be delivered to Temporal; the first reason stays. */
export async function requestRunCancel(db: Db, runId: string, reason: string): Promise<void> {
  await ensureRecord(db, runId);
  await runsOf(db).updateOne(
    { _id: runId, cancelRequest: { $exists: false } },
    { $set: { cancelRequest: { reason, requestedAt: currentTime(), delivered: false } } },
  );
}

/** Returns whether a run is started and has ended, by its record; `null` when it has none. */
export function findStart(
  db: Db,
  runId: string,
): Promise<Pick<RunDocument, '_id' | 'status' | 'startConfirmed'> | null> {
  return runsOf(db).findOne({ _id: runId }, { projection: { status: 1, startConfirmed: 1 } });
}

/** Notes that a requested cancel is delivered. */
export async function noteCancelDelivered(db: Db, runId: string): Promise<void> {
  await runsOf(db).updateOne(
    { _id: runId, cancelRequest: { $exists: true } },
    { $set: { 'cancelRequest.delivered': true } },
  );
}

/** Returns the paths of a run's waits that were resumed and whose signal is still to be delivered. */
export async function findResumeRequests(db: Db, runId: string): Promise<string[]> {
  const run = await runsOf(db).findOne({ _id: runId }, { projection: { resumeRequests: 1 } });
  return run?.resumeRequests ?? [];
}

/** Notes that the signal of a resumed wait is delivered. */
export async function noteResumeDelivered(db: Db, runId: string, path: string): Promise<void> {
  await runsOf(db).updateOne({ _id: runId }, { $pull: { resumeRequests: path } });
}

/** What the relay has still to do for runs: the ids of those that each is to be done for, up to a number. */
export async function findUndelivered(
  db: Db,
  { before, limit }: { before: Date; limit: number },
): Promise<{ starts: string[]; cancels: string[]; resumes: string[] }> {
  const idsOf = async (filter: Filter<RunDocument>) => {
    const rows = runsOf(db)
      .find(filter, { projection: { _id: 1 } })
      .limit(limit);
    return (await rows.toArray()).map(({ _id }) => _id);
  };
  const [starts, cancels, resumes] = await Promise.all([
    idsOf({ startConfirmed: false, createdAt: { $lt: before.toISOString() } }),
    idsOf({ 'cancelRequest.delivered': false }),
    idsOf({ 'resumeRequests.0': { $exists: true } }),
  ]);
  return { starts, cancels, resumes };
}

/** A run that is started in Temporal and has not ended, by its record. */
export type StartedRun = Pick<RunDocument, '_id' | 'status' | 'createdAt'>;

/** Returns the runs that are started and have not ended, by their records: all, or those of the ids. */
export function findStartedRuns(db: Db, ids?: readonly string[]): Promise<StartedRun[]> {
  const which = ids ? { _id: { $in: [...ids] } } : {};
  return runsOf(db)
    .find(
      { ...which, status: { $in: [...openRunStatuses] }, startConfirmed: true },
      { projection: { status: 1, createdAt: 1 } },
    )
    .toArray();
}

/** Has runs started again whose start was lost. */
export async function startAgain(db: Db, runIds: readonly string[]): Promise<void> {
  if (runIds.length === 0) return;
  await runsOf(db).updateMany({ _id: { $in: [...runIds] } }, { $set: { startConfirmed: false } });
}
