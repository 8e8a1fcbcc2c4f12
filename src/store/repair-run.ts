import type { ClientSession, Db, MongoClient } from 'mongodb';
import type { CheckedRun } from './check-run.ts';
import { inTransaction } from './database.ts';
import { deliveriesOf } from './deliveries.ts';
import { executionRecord, executionsOf } from './executions.ts';
import type { FoldedRun } from './fold-log.ts';
import { runsOf } from './runs.ts';

/**
 * Makes a run's records and missing deliveries again from its log, which is never changed. Idempotent.
 * Answers `false` when the run went on meanwhile, or its log cannot be folded: then nothing is changed.
 */
export async function repairRun(
  given: { mongo: MongoClient; db: Db },
  { folded, missingDeliveries, problems }: CheckedRun,
): Promise<boolean> {
  if (!folded || problems.some((problem) => problem.startsWith('expected sequence'))) return false;
  return inTransaction(given.mongo, async (session) => {
    if (!(await writeRun(given.db, session, folded))) return false;
    await writeExecutions(given.db, session, folded);
    if (missingDeliveries.length > 0)
      await deliveriesOf(given.db).insertMany(missingDeliveries, { session, ordered: true });
    return true;
  });
}

/** What the relay keeps beside the projection stays; members that the log does not have go. */
async function writeRun(db: Db, session: ClientSession, { run }: FoldedRun): Promise<boolean> {
  const { runId } = run;
  const known = await runsOf(db).findOne({ _id: runId }, { session });
  if (known && known.lastSequence > run.lastSequence) return false;
  const { startConfirmed = true, resumeRequests, cancelRequest } = known ?? {};
  const beside = {
    ...(resumeRequests ? { resumeRequests } : {}),
    ...(cancelRequest ? { cancelRequest } : {}),
  };
  const record = { ...run, ...beside, startConfirmed };
  await runsOf(db).replaceOne({ _id: runId }, record, { session, upsert: true });
  return true;
}

async function writeExecutions(
  db: Db,
  session: ClientSession,
  { run, executions }: FoldedRun,
): Promise<void> {
  await executionsOf(db).deleteMany({ runId: run.runId }, { session });
  const rows = [...executions.values()].map((execution) => executionRecord(execution, run));
  if (rows.length > 0) await executionsOf(db).insertMany(rows, { session });
}
