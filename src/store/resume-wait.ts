import type { Db } from 'mongodb';
import type { Json } from '../engine/json.ts';
import { AppError } from '../errors/app-error.ts';
import { executionIdOf, executionsOf } from './executions.ts';
import type { ExecutionDocument } from './executions.ts';
import { recordValue } from './payloads.ts';
import type { RunLog } from './run-log.ts';
import { runsOf } from './runs.ts';

/** The wait at a path of a run. @throws AppError not-found, or conflict when it does not wait (any more) */
export async function findWait(db: Db, runId: string, path: string): Promise<ExecutionDocument> {
  const execution = await executionsOf(db).findOne({ _id: executionIdOf(runId, path) });
  if (!execution) throw new AppError('not-found', `Nothing has begun at ${path}.`);
  if (execution.nodeType === 'wait' && execution.status === 'waiting') return execution;
  throw new AppError(
    'conflict',
    `${path} does not wait: it is a ${execution.nodeType} and is ${execution.status}.`,
  );
}

/**
 * Resumes a wait in the log. The workflow learns of it by a signal, which the relay repeats until it has arrived: the
 * request is kept before the fact, and a signal without a recorded fact changes nothing.
 * @throws AppError conflict when the wait was decided by somebody else
 */
export async function resumeWait(
  given: { db: Db; runLog: RunLog },
  wait: ExecutionDocument,
  data: Json,
): Promise<void> {
  const { db, runLog } = given;
  const { runId, path, nodeId, nodeType, organizationId } = wait;
  await runsOf(db).updateOne({ _id: runId }, { $addToSet: { resumeRequests: path } });
  const recorded = await runLog.append(runId, [
    {
      kind: 'event',
      key: `node/${path}/resumed`,
      type: 'node.resumed',
      at: new Date().toISOString(),
      node: { path, nodeId, nodeType },
      data: { outcome: 'resumed' },
      values: { data: await recordValue(db, { runId, organizationId }, data) },
    },
  ]);
  if (recorded[0]?.isNew !== true) throw new AppError('conflict', `${path} was resumed or ended before.`);
}
