/** What stands in a run's record beside its projection: the record follows the log, and may not be there yet. */
import type { Db } from 'mongodb';
import { currentTime } from '../../clock.ts';
import { runsOf } from './runs.ts';
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
