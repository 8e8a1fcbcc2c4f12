import type { ClientSession, Db, MongoClient } from 'mongodb';
import { currentTime } from '../../clock.ts';
import { isFinalNodeStatus, isFinalRunStatus } from '../../engine/log/event-catalog.ts';
import type { AnsweredBy } from '../../engine/log/facts.ts';
import type { Json } from '../../engine/json/json.ts';
import { AppError } from '../../errors/app-error.ts';
import { inTransaction } from '../mongo/database.ts';
import { executionIdOf } from '../log/executions.ts';
import { findExecutions, readRun } from '../log/read-runs.ts';
import { useCorrelations } from './correlations.ts';
import { keepResume, keptResumesOf } from './kept-resumes.ts';
import type { LinkedWait } from './resume-links.ts';

/** A resume by a link. */
export interface LinkedResume {
  data: Json;
  answeredBy: AnsweredBy;
}

/** Kept as long as the run may be: retention deletes it with the run. */
const keptMs = 10 * 366 * 24 * 60 * 60 * 1000;

/**
 * Keeps a resume that came by a link, unless its wait has begun meanwhile: then it answers `waiting`. Like the
 * append that begins the wait it writes the wait's row of correlations, so that the two cannot miss each other.
 * @throws AppError conflict when one is kept already, or the wait or its run is over
 */
export async function keepLinkedResume(
  given: { mongo: MongoClient; db: Db },
  wait: LinkedWait,
  resume: LinkedResume,
): Promise<'held' | 'waiting'> {
  const { mongo, db } = given;
  const { runId, path } = wait;
  return inTransaction(mongo, async (session) => {
    await useCorrelations(db, session, [executionIdOf(runId, path)]);
    const [execution] = await findExecutions(db, runId, [path], session);
    if (execution?.status === 'waiting') return 'waiting';
    const run = (await readRun(db, runId, session))?.run;
    const isOver = !run || isFinalRunStatus(run.status) || (execution && isFinalNodeStatus(execution.status));
    if (isOver || execution?.resumedAt !== undefined)
      throw new AppError('conflict', `${path} was resumed or ended before.`);
    await keep(db, session, { wait, organizationId: run.organizationId, resume });
    return 'held';
  });
}

async function keep(
  db: Db,
  session: ClientSession,
  given: { wait: LinkedWait; organizationId: string; resume: LinkedResume },
): Promise<void> {
  const { wait, organizationId, resume } = given;
  const { runId, path } = wait;
  const _id = linkedResumeId(wait);
  if (await keptResumesOf(db).findOne({ _id }, { session }))
    throw new AppError('conflict', `The link was used before; ${path} is resumed as soon as it waits.`);
  const createdAt = currentTime();
  const expiresAt = new Date(createdAt.getTime() + keptMs);
  const target = executionIdOf(runId, path);
  await keepResume(db, session, { _id, organizationId, target, ...resume, createdAt, expiresAt });
}

/** Returns who answered a wait by a link before it has begun; `undefined` when nobody did. */
export async function findKeptAnswer(db: Db, wait: LinkedWait): Promise<AnsweredBy | undefined> {
  const kept = await keptResumesOf(db).findOne({ _id: linkedResumeId(wait) }, { projection: { data: 0 } });
  return kept?.answeredBy;
}

/** Deletes what is kept for the waits of a run. */
export async function deleteLinkedResumes(db: Db, runId: string): Promise<void> {
  await keptResumesOf(db).deleteMany({ _id: { $regex: `^link ${runId} ` } });
}

/** One of a kind: a link is used once. */
function linkedResumeId({ runId, path }: LinkedWait): string {
  return `link ${runId} ${path}`;
}
