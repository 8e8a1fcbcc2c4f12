import type { Collection, Db, Document } from 'mongodb';
import { eventsOf } from '../log/events.ts';
import { executionsOf } from '../log/executions.ts';
import { runsOf } from '../log/runs.ts';

/** Returns the ids of runs that have events or executions, and no record. */
export async function orphanRunIds(db: Db): Promise<string[]> {
  const ofEvents = await withoutRun(db, eventsOf(db), [
    // Sorted as the index is, this reads one event per run. Events about endpoints have the sequence 0, and no run.
    { $sort: { runId: 1, sequence: 1 } },
    { $group: { _id: '$runId', first: { $first: '$sequence' } } },
    { $match: { first: { $gt: 0 } } },
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
