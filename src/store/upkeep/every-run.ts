import type { Collection, Db, Document } from 'mongodb';
import { appendsOf } from '../log/appends.ts';
import { executionsOf } from '../log/executions.ts';
import { runsOf } from '../log/runs.ts';

/** Returns the ids of all runs that have a record, appends or executions. */
export async function* everyRunId(db: Db): AsyncGenerator<string> {
  for await (const { _id } of runsOf(db).find({}, { projection: { _id: 1 } })) yield _id;
  yield* await orphanRunIds(db);
}

/** Returns the ids of runs that have appends or executions, and no record. */
async function orphanRunIds(db: Db): Promise<string[]> {
  const ofEvents = await withoutRun(db, appendsOf(db), [
    // Events about endpoints, and the places of erased runs, have no run.
    { $match: { to: { $gt: 0 } } },
    { $group: { _id: '$runId' } },
  ]);
  const ofExecutions = await withoutRun(db, executionsOf(db), [
    { $sort: { runId: 1, path: 1 } },
    { $group: { _id: '$runId', first: { $first: '$path' } } },
  ]);
  return [...new Set([...ofEvents, ...ofExecutions])];
}

async function withoutRun<Row extends Document>(
  db: Db,
  rows: Collection<Row>,
  stages: Document[],
): Promise<string[]> {
  const run = { from: runsOf(db).collectionName, localField: '_id', foreignField: '_id', as: 'run' };
  const found = rows.aggregate<{ _id: string }>([
    ...stages,
    { $lookup: run },
    { $match: { run: [] } },
    { $project: { _id: 1 } },
  ]);
  return (await found.toArray()).map(({ _id }) => _id);
}
