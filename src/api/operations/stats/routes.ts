import { z } from 'zod';
import { currentTime } from '../../../clock.ts';
import { time } from '../../routing/paging.ts';
import { AppError } from '../../../errors/app-error.ts';
import { readStats } from '../../../store/upkeep/stats.ts';
import { readRunStats } from '../../../store/upkeep/run-stats.ts';
import { runStats, stats } from '../answers.ts';
import { route } from '../../routing/route.ts';

const hourMs = 60 * 60 * 1000;
const dayMs = 24 * hourMs;
/** Most steps of one answer. */
const maxSteps = 2_000;
/** Longest time that one answer counts over, in days. */
const maxDays = 31;

/** Counts of what came in, ran and went out. */
export const statsRoutes = [
  route({
    method: 'get',
    path: '/v1/stats',
    scope: 'read',
    tag: 'Platform',
    summary: 'Count requests, runs and deliveries of a time by status; by default the last 24 hours',
    query: z.strictObject({
      workflowId: z.string().max(64).optional(),
      since: time.optional(),
      until: time.optional(),
    }),
    answers: { 200: { is: '`{since, until, webhookEvents, runs, deliveries}`.', schema: stats } },
    handler: async ({ deps, principal, query }) => {
      const { workflowId, until = currentTime() } = query;
      const since = query.since ?? new Date(until.getTime() - dayMs);
      assertRange(since, until);
      const range = { organizationId: principal.organizationId, workflowId, since, until };
      await deps.runLog.flush();
      return { body: { since, until, ...(await readStats(deps.db, range)) } };
    },
  }),
  route({
    method: 'get',
    path: '/v1/stats/runs',
    scope: 'read',
    tag: 'Platform',
    summary: 'Count the runs that began in a time, step by step and by workflow; by default the last hour',
    query: z.strictObject({
      workflowId: z.string().max(64).optional(),
      since: time.optional(),
      until: time.optional(),
      stepSeconds: z.coerce.number().int().min(1).max(86_400).default(60),
    }),
    answers: {
      200: { is: '`{since, until, stepSeconds, points, workflows}`.', schema: runStats },
    },
    handler: async ({ deps, principal, query }) => {
      const { workflowId, stepSeconds, until = currentTime() } = query;
      const since = query.since ?? new Date(until.getTime() - hourMs);
      assertRange(since, until);
      assertSteps(until.getTime() - since.getTime(), stepSeconds);
      const { organizationId } = principal;
      const range = { organizationId, workflowId, since, until, stepMs: stepSeconds * 1_000 };
      await deps.runLog.flush();
      return { body: { since, until, stepSeconds, ...(await readRunStats(deps.db, range)) } };
    },
  }),
];

function assertSteps(rangeMs: number, stepSeconds: number): void {
  if (rangeMs / (stepSeconds * 1_000) <= maxSteps) return;
  const detail = `stepSeconds: expected at most ${maxSteps} steps from since to until; came ${stepSeconds}`;
  throw new AppError('invalid-request', detail, { errors: [{ pointer: '/stepSeconds', detail }] });
}

function assertRange(since: Date, until: Date): void {
  if (since < until && until.getTime() - since.getTime() <= maxDays * dayMs) return;
  const detail = `since: expected a time before until, at most ${maxDays} days`;
  throw new AppError('invalid-request', detail, { errors: [{ pointer: '/since', detail }] });
}
