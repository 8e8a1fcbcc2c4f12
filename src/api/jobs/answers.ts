/** What the routes of bulk jobs answer. */
import { z } from 'zod';
import { jobKinds, jobStatuses } from '../../store/jobs/jobs.ts';
import { count, instant, pageOf } from '../routing/answer-parts.ts';

/** A bulk job, with how far it is. */
export const job = z
  .object({
    id: z.string(),
    kind: z.enum(jobKinds),
    filter: z
      .record(z.string(), z.unknown())
      .describe('As it was asked for; what came after `until` is not taken.'),
    options: z.record(z.string(), z.unknown()),
    status: z.enum(jobStatuses),
    total: count.describe('What the filter took when the job began.'),
    done: count,
    refused: count.describe('What nothing could be done with.'),
    problems: z
      .array(z.object({ id: z.string(), code: z.string(), detail: z.string() }))
      .describe('Why, of the first 50.'),
    createdAt: instant,
    finishedAt: instant.nullable(),
  })
  .meta({ id: 'Job' });
export const jobPage = pageOf(job);
export const jobPlan = z.object({
  dryRun: z.literal(true),
  total: count,
  byStatus: z.record(z.string(), count),
});
