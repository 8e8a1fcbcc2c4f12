/** Carries bulk jobs on, row by row. */
import { currentMs } from '../../clock.ts';
import { AppError } from '../../errors/app-error.ts';
import { finishJob, passRow, pauseJob, takeJob } from '../../store/jobs/jobs.ts';
import type { JobDocument } from '../../store/jobs/jobs.ts';
import { AbandonedError } from '../../store/mongo/abandoned-error.ts';
import { inTransaction, isOutage } from '../../store/mongo/database.ts';
import { createBackgroundWork } from '../../background-work.ts';
import type { BackgroundWork } from '../../background-work.ts';
import type { ApiDeps } from '../routing/deps.ts';
import { kinds } from './kinds.ts';
import type { InJob, JobRow } from './kinds.ts';

/** How often it is looked for jobs that are due, in milliseconds. */
const lookEveryMs = 1_000;
/** Rows of one job in a step, and how long after its beginning the next one begins: about a hundred a second. */
const batch = 100;
const stepEveryMs = 1_000;
/** How long a job rests after an outage, in milliseconds. */
const restMs = 5_000;

/** The job was cancelled, or another process has taken it. */
class JobLostError extends AbandonedError {}

/** Creates what carries jobs on. A row is done and noted in one transaction, so that a killed process repeats none. */
export function createJobRunner(deps: ApiDeps): BackgroundWork {
  return createBackgroundWork({
    look: () => runDueJobs(deps),
    everyMs: lookEveryMs,
    closing: deps.closing,
    onError: (error) => deps.log.warn({ err: error }, 'bulk jobs could not go on'),
  });
}

async function runDueJobs(deps: ApiDeps): Promise<void> {
  while (!deps.closing.aborted) {
    const job = await takeJob(deps.db);
    if (!job) return;
    await makeStep(deps, job).catch(async (error: unknown) => {
      if (error instanceof JobLostError) return;
      await pauseJob(deps.db, job, new Date(currentMs() + restMs));
      throw error;
    });
  }
}

/** @throws JobLostError, and what an outage throws */
async function makeStep(deps: ApiDeps, job: JobDocument): Promise<void> {
  const startedAt = currentMs();
  const rows = await kinds[job.kind].read(deps, job, batch);
  for (const row of rows) {
    if (deps.closing.aborted) return pauseJob(deps.db, job, new Date(startedAt));
    await carryOut(deps, job, row);
  }
  if (rows.length < batch) await finishJob(deps.db, job);
  else await pauseJob(deps.db, job, new Date(startedAt + stepEveryMs));
}

async function carryOut(deps: ApiDeps, job: JobDocument, { position, carryOut }: JobRow): Promise<void> {
  const inJob: InJob = (work) =>
    inTransaction(deps.mongo, async (session) => {
      if (!(await passRow(deps.db, job, { position }, session))) throw lost();
      return work(session);
    });
  try {
    await carryOut(inJob);
  } catch (error) {
    const problem = problemOf(deps, error);
    const isPassed = await passRow(deps.db, job, { position, problem: { id: position.id, ...problem } });
    if (!isPassed) throw lost();
  }
}

function lost(): JobLostError {
  return new JobLostError('the job is no longer carried on by this process');
}

/** Why a row could not be done. @throws the error when the next attempt may do it */
function problemOf({ log }: ApiDeps, error: unknown): { code: string; detail: string } {
  if (error instanceof AppError && error.status < 500) return { code: error.code, detail: error.message };
  if (error instanceof AppError || error instanceof JobLostError || isOutage(error)) throw error;
  log.error({ err: error }, 'a row of a bulk job failed');
  return { code: 'internal', detail: 'It failed on our side; the log has the details.' };
}
