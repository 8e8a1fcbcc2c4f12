/** Bulk jobs: one thing done to many, row by row; durable, so that any process carries them on. */
import type { ClientSession, Collection, Db } from 'mongodb';
import { currentMs, currentTime } from '../../clock.ts';
import type { JsonObject } from '../../engine/json/json.ts';
import { createId } from '../mongo/ids.ts';
import type { CollectionIndexes } from '../mongo/indexes.ts';
import { behind } from '../mongo/newest-first.ts';
import type { NewestFirst } from '../mongo/newest-first.ts';

/** What jobs do, and to what. */
export const jobKinds = ['retry-runs', 'replay-webhook-events'] as const;
export type JobKind = (typeof jobKinds)[number];

export const jobStatuses = ['running', 'done', 'cancelled'] as const;
export type JobStatus = (typeof jobStatuses)[number];

/** A row that a job could do nothing with. */
export interface JobProblem {
  id: string;
  /** An error code. */
  code: string;
  detail: string;
}

/** A bulk job. */
export interface JobDocument {
  _id: string;
  organizationId: string;
  kind: JobKind;
  /** What it takes, as it was asked for; `until` is always there, so that it never takes what it makes itself. */
  filter: JsonObject;
  /** What is done with each row, besides the kind. */
  options: JsonObject;
  status: JobStatus;
  /** Rows that the filter took when the job began. */
  total: number;
  done: number;
  refused: number;
  /** The first refused rows. */
  problems: JobProblem[];
  /** The last row that is over; `null` before the first. */
  position: JobPosition | null;
  /** Times that a process took it or that it was ended; only whoever knows the present one may go on. */
  step: number;
  /** When a process may take it: now, after a pause, or when the one that has it was lost. */
  nextAt: Date;
  createdAt: Date;
  finishedAt: Date | null;
}

/** A place in the order of a job's rows: oldest first. */
export interface JobPosition {
  at: Date | string;
  id: string;
}

/** How long jobs that are over are kept, in seconds: as long as runs by default. */
const keptSeconds = 30 * 24 * 60 * 60;

export const jobIndexes: CollectionIndexes = {
  collection: 'jobs',
  indexes: [
    { key: { organizationId: 1, createdAt: -1, _id: -1 } },
    { key: { nextAt: 1 }, name: 'due', partialFilterExpression: { status: 'running' } },
    { key: { finishedAt: 1 }, expireAfterSeconds: keptSeconds },
  ],
};

/** The collection of jobs. */
function jobsOf(db: Db): Collection<JobDocument> {
  return db.collection<JobDocument>('jobs');
}

/** Stores a job that is due now, in the caller's transaction. */
export async function createJob(
  db: Db,
  session: ClientSession,
  given: Pick<JobDocument, 'organizationId' | 'kind' | 'filter' | 'options' | 'total'>,
): Promise<JobDocument> {
  const now = currentTime();
  const job: JobDocument = {
    ...given,
    _id: createId('job'),
    status: 'running',
    done: 0,
    refused: 0,
    problems: [],
    position: null,
    step: 0,
    nextAt: now,
    createdAt: now,
    finishedAt: null,
  };
  await jobsOf(db).insertOne(job, { session });
  return job;
}

/** Finds a job of an organization. */
export async function findJob(db: Db, organizationId: string, id: string): Promise<JobDocument | null> {
  return jobsOf(db).findOne({ _id: id, organizationId });
}

/** Lists jobs, newest first; `after` is the last row of the page before. */
export async function listJobs(
  db: Db,
  organizationId: string,
  { kind, status }: { kind?: JobKind | undefined; status?: readonly JobStatus[] | undefined },
  page: NewestFirst,
): Promise<JobDocument[]> {
  return jobsOf(db)
    .find({
      organizationId,
      ...(kind ? { kind } : {}),
      ...(status ? { status: { $in: [...status] } } : {}),
      ...behind(page),
    })
    .sort({ createdAt: -1, _id: -1 })
    .limit(page.limit)
    .toArray();
}

/** A process that has shown no progress for so long is lost. */
const leaseMs = 15_000;
const leaseEnd = (): Date => new Date(currentMs() + leaseMs);

/** Takes a job that is due, if there is one: no other process goes on with it meanwhile. */
export async function takeJob(db: Db): Promise<JobDocument | null> {
  return jobsOf(db).findOneAndUpdate(
    { status: 'running', nextAt: { $lte: currentTime() } },
    { $set: { nextAt: leaseEnd() }, $inc: { step: 1 } },
    { sort: { nextAt: 1 }, returnDocument: 'after' },
  );
}

/** Most refused rows that are told one by one. */
const maxProblems = 50;

/** Notes that a row is over. Returns `false` when the job was cancelled or taken by another process. */
export async function passRow(
  db: Db,
  { _id, step }: JobDocument,
  row: { position: JobPosition; problem?: JobProblem },
  session?: ClientSession,
): Promise<boolean> {
  const { position, problem } = row;
  const passed = await jobsOf(db).updateOne(
    { _id, step, status: 'running' },
    {
      $set: { position, nextAt: leaseEnd() },
      $inc: problem ? { refused: 1 } : { done: 1 },
      ...(problem ? { $push: { problems: { $each: [problem], $slice: maxProblems } } } : {}),
    },
    session ? { session } : {},
  );
  return passed.matchedCount === 1;
}

/** Lets any process go on with a job from a time on. */
export async function pauseJob(db: Db, { _id, step }: JobDocument, nextAt: Date): Promise<void> {
  await jobsOf(db).updateOne({ _id, step, status: 'running' }, { $set: { nextAt } });
}

/** Ends a job that has nothing left to do. */
export async function finishJob(db: Db, { _id, step }: JobDocument): Promise<void> {
  const set = { status: 'done' as const, finishedAt: currentTime() };
  await jobsOf(db).updateOne({ _id, step, status: 'running' }, { $set: set });
}

/** Ends a job where it is: what it has done stays done. Returns it, or `null` when it was over. */
export async function cancelJob(db: Db, id: string): Promise<JobDocument | null> {
  return jobsOf(db).findOneAndUpdate(
    { _id: id, status: 'running' },
    { $set: { status: 'cancelled', finishedAt: currentTime() }, $inc: { step: 1 } },
    { returnDocument: 'after' },
  );
}
