import type { ClientSession, Db, MongoClient } from 'mongodb';
import type { ExecutionProjection, RunProjection } from '../../engine/log/projections.ts';
import type { CheckedRun } from './check-run.ts';
import { inTransaction } from '../mongo/database.ts';
import { deliveriesOf } from '../deliveries/deliveries.ts';
import { appendRange, appendsOf, eventsIn } from '../log/appends.ts';
import { executionRecord, executionsOf } from '../log/executions.ts';
import { LogFold } from '../log/fold-log.ts';
import type { FoldedRun } from '../log/fold-log.ts';
import { runsOf } from '../log/runs.ts';
import { carryOutRuns } from '../log/sweep-appends.ts';

/** Records of one transaction: it must end in the time of an append. */
const chunk = 200;

/**
 * Makes a run's wrong records and missing deliveries again from its log, which is never changed. Idempotent.
 * Returns `false` when the run went on meanwhile, or its log itself is wrong: then it is left as it is.
 */
export async function repairRun(
  given: { mongo: MongoClient; db: Db },
  checked: CheckedRun,
): Promise<boolean> {
  const folded = checked.isLogWrong ? undefined : await foldAgain(given.db, checked);
  if (!folded) return false;
  // What nobody has carried out is more than records and deliveries.
  await carryOutRuns(given.db, [checked.runId]);
  const { run, executions } = folded;
  const { wrongPaths, missingDeliveries } = checked;
  for (let from = 0; from < Math.max(1, wrongPaths.length, missingDeliveries.length); from += chunk) {
    const paths = wrongPaths.slice(from, from + chunk);
    const deliveries = missingDeliveries.slice(from, from + chunk);
    const isDone = await inTransaction(given.mongo, async (session) => {
      if (!(await writeRun(given.db, session, run))) return false;
      for (const path of paths)
        await writeExecution(given.db, session, { run, path, execution: executions.get(path) });
      for (const delivery of deliveries)
        await deliveriesOf(given.db).updateOne(
          { _id: delivery._id },
          { $setOnInsert: delivery },
          { session, upsert: true },
        );
      return true;
    });
    if (!isDone) return false;
  }
  return true;
}

/** The log up to where it was checked, with the values of what is to be written. */
async function foldAgain(
  db: Db,
  { runId, lastSequence, wrongPaths }: CheckedRun,
): Promise<FoldedRun | undefined> {
  const wrong = new Set(wrongPaths);
  const fold = new LogFold((path) => wrong.has(path));
  const log = appendsOf(db)
    .find({ _id: appendRange(runId), to: { $lte: lastSequence } }, { batchSize: 100 })
    .sort({ _id: 1 });
  for await (const append of log) for (const event of eventsIn(append)) fold.add(event);
  return fold.result();
}

/** What the relay keeps beside the projection stays; members that the log does not have go. */
async function writeRun(db: Db, session: ClientSession, run: RunProjection): Promise<boolean> {
  const { runId } = run;
  const known = await runsOf(db).findOne({ _id: runId }, { session });
  if (known && known.lastSequence > run.lastSequence) return false;
  const { startConfirmed = run.startedAt !== undefined, resumeRequests, cancelRequest } = known ?? {};
  const beside = {
    ...(resumeRequests ? { resumeRequests } : {}),
    ...(cancelRequest ? { cancelRequest } : {}),
  };
  const record = { ...run, ...beside, startConfirmed };
  await runsOf(db).replaceOne({ _id: runId }, record, { session, upsert: true });
  return true;
}

async function writeExecution(
  db: Db,
  session: ClientSession,
  { run, path, execution }: { run: RunProjection; path: string; execution: ExecutionProjection | undefined },
): Promise<void> {
  const place = { runId: run.runId, path };
  if (!execution) await executionsOf(db).deleteOne(place, { session });
  else await executionsOf(db).replaceOne(place, executionRecord(execution, run), { session, upsert: true });
}
