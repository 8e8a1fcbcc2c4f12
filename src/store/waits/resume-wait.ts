import type { Db } from 'mongodb';
import { AppError } from '../../errors/app-error.ts';
import { findExecutions } from '../log/read-runs.ts';
import type { ExecutionDocument } from '../log/executions.ts';
import { resumeFact } from './resume-fact.ts';
import type { Resume } from './resume.ts';
import type { RunLog } from '../log/run-log.ts';

/** The wait at a path of a run. @throws AppError not-found, or conflict when it does not wait (any more) */
export async function findWait(db: Db, runId: string, path: string): Promise<ExecutionDocument> {
  const [execution] = await findExecutions(db, runId, [path]);
  if (!execution) throw new AppError('not-found', `Nothing has begun at ${path}.`);
  if (execution.nodeType === 'wait' && execution.status === 'waiting') return execution;
  throw new AppError(
    'conflict',
    `${path} does not wait: it is a ${execution.nodeType} and is ${execution.status}.`,
  );
}

/**
 * Resumes a wait in the log. The append keeps with the run that its workflow is to be told; the relay signals it until
 * that has arrived.
 * @throws AppError conflict when the wait was decided by somebody else
 */
export async function resumeWait(
  given: { db: Db; runLog: RunLog },
  wait: ExecutionDocument,
  resume: Resume,
): Promise<void> {
  const { runId, path } = wait;
  const recorded = await given.runLog.append(runId, [await resumeFact(given.db, wait, resume)]);
  if (recorded[0]?.isNew !== true) throw new AppError('conflict', `${path} was resumed or ended before.`);
}
