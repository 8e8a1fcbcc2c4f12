import type { z } from 'zod';
import { currentTime } from '../../clock.ts';
import type { JsonObject } from '../../engine/json/json.ts';
import { AppError } from '../../errors/app-error.ts';
import { cancelJob, createJob, findJob, listJobs } from '../../store/jobs/jobs.ts';
import type { JobDocument, JobKind } from '../../store/jobs/jobs.ts';
import type { ApiDeps } from '../routing/deps.ts';
import { decodeDateCursor, presentPage } from '../routing/paging.ts';
import { route } from '../routing/route.ts';
import type { Answer, Commit, Principal } from '../routing/route.ts';
import * as answers from './answers.ts';
import { storedFilter } from './filters.ts';
import { kinds } from './kinds.ts';
import { emptyBody, jobParams, listQuery, replayEventsBody, retryRunsBody } from './schema.ts';

const started = {
  200: { is: 'With `dryRun`: `{dryRun, total, byStatus}`.', schema: answers.jobPlan },
  202: { is: 'The job; `Location` tells how far it is.', schema: answers.job },
};

/** One thing done to many. */
export const jobRoutes = [
  route({
    method: 'post',
    path: '/v1/runs/retry',
    scope: 'run',
    tag: 'Runs',
    summary: 'Retry all runs that a filter takes, by a job; `dryRun` counts them first',
    body: retryRunsBody,
    creates: true,
    answers: started,
    handler: ({ deps, principal, body, commit }) => {
      const { filter, dryRun, version } = body;
      return begin(deps, { principal, commit }, { kind: 'retry-runs', filter, options: { version }, dryRun });
    },
  }),
  route({
    method: 'post',
    path: '/v1/webhook-events/replay',
    scope: 'run',
    tag: 'Incoming',
    summary: 'Replay all requests that a filter takes, by a job; `dryRun` counts them first',
    body: replayEventsBody,
    creates: true,
    answers: started,
    handler: ({ deps, principal, body, commit }) => {
      const { filter, dryRun } = body;
      return begin(
        deps,
        { principal, commit },
        { kind: 'replay-webhook-events', filter, options: {}, dryRun },
      );
    },
  }),
  route({
    method: 'get',
    path: '/v1/jobs',
    scope: 'read',
    tag: 'Runs',
    summary: 'List bulk jobs, newest first',
    query: listQuery,
    answers: { 200: { is: 'A page of jobs.', schema: answers.jobPage } },
    handler: async ({ deps, principal, query }) => {
      const { limit, cursor, ...filter } = query;
      const page = { limit: limit + 1, after: decodeDateCursor(cursor) };
      const rows = await listJobs(deps.db, principal.organizationId, filter, page);
      const key = (row: JobDocument) => [row.createdAt.toISOString(), row._id];
      return { body: presentPage(rows, limit, { present: presentJob, key }) };
    },
  }),
  route({
    method: 'get',
    path: '/v1/jobs/{id}',
    scope: 'read',
    tag: 'Runs',
    summary: 'Read a bulk job: how far it is',
    params: jobParams,
    answers: { 200: { is: 'The job.', schema: answers.job } },
    handler: async ({ deps, principal, params }) => ({
      body: presentJob(await requireJob(deps, principal, params.id)),
    }),
  }),
  route({
    method: 'post',
    path: '/v1/jobs/{id}/cancel',
    scope: 'run',
    tag: 'Runs',
    summary: 'End a bulk job where it is; what it has begun goes on',
    params: jobParams,
    body: emptyBody,
    answers: { 202: { is: 'The job.', schema: answers.job }, 409: 'It is over.' },
    handler: async ({ deps, principal, params }) => {
      const { _id, status } = await requireJob(deps, principal, params.id);
      const ended = await cancelJob(deps.db, _id);
      if (!ended) throw new AppError('conflict', `The job is over: ${status}.`);
      return { status: 202, body: presentJob(ended) };
    },
  }),
];

async function begin(
  deps: ApiDeps,
  by: { principal: Principal; commit: Commit },
  asked: { kind: JobKind; filter: object; options: JsonObject; dryRun: boolean },
): Promise<Answer> {
  const { kind, options, dryRun } = asked;
  const { organizationId } = by.principal;
  const filter = storedFilter(asked.filter, currentTime());
  await deps.runLog.flush();
  const byStatus = await kinds[kind].count(deps.db, organizationId, filter);
  const total = Object.values(byStatus).reduce((sum, count) => sum + count, 0);
  if (dryRun) return { body: { dryRun, total, byStatus } };
  const { answer } = await by.commit(async (session) => {
    const job = await createJob(deps.db, session, { organizationId, kind, filter, options, total });
    const headers = { location: `/v1/jobs/${job._id}` };
    return { answer: { status: 202, body: presentJob(job), headers } };
  });
  deps.jobsSoon();
  return answer;
}

async function requireJob(deps: ApiDeps, { organizationId }: Principal, id: string): Promise<JobDocument> {
  const job = await findJob(deps.db, organizationId, id);
  if (!job) throw new AppError('not-found', 'No such job.');
  return job;
}

function presentJob(job: JobDocument): z.output<typeof answers.job> {
  const { _id: id, kind, filter, options, status, total, done, refused, problems } = job;
  const { createdAt, finishedAt } = job;
  return { id, kind, filter, options, status, total, done, refused, problems, createdAt, finishedAt };
}
