import { z } from 'zod';
import { currentTime } from '../../../clock.ts';
import { time } from '../../routing/paging.ts';
import { AppError } from '../../../errors/app-error.ts';
import { readStats } from '../../../store/upkeep/stats.ts';
import { stats } from '../answers.ts';
import { route } from '../../routing/route.ts';

const dayMs = 24 * 60 * 60 * 1000;
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
];

function assertRange(since: Date, until: Date): void {
  if (since < until && until.getTime() - since.getTime() <= maxDays * dayMs) return;
  const detail = `since: expected a time before until, at most ${maxDays} days`;
  throw new AppError('invalid-request', detail, { errors: [{ pointer: '/since', detail }] });
}
