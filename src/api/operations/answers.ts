/** What the routes for operators answer. */
import { z } from 'zod';
import { count, instant } from '../routing/answer-parts.ts';

export const alive = z.object({ status: z.literal('ok') });

const dependency = z.enum(['up', 'down']);
export const readiness = z
  .object({
    status: z.enum(['ready', 'not ready']),
    dependencies: z.object({ mongodb: dependency, temporal: dependency, workers: dependency.optional() }),
    versions: z
      .object({ hookloom: z.string(), mongodb: z.string().nullable(), temporal: z.string().nullable() })
      .describe('`null` while it is down.'),
  })
  .meta({ id: 'Readiness' });

const counted = z.object({ total: count, byStatus: z.record(z.string(), count) });
/** What came in, ran and went out in a time. */
export const stats = z
  .object({
    since: instant,
    until: instant,
    webhookEvents: counted,
    runs: counted.extend({
      durationMs: z
        .object({ average: z.number(), longest: z.number() })
        .nullable()
        .describe('Of the runs that have ended; `null` when none has.'),
    }),
    deliveries: counted,
  })
  .meta({ id: 'Stats' });

/** Runs that began in a time: step by step, and by workflow. */
export const runStats = z
  .object({
    since: instant,
    until: instant,
    stepSeconds: z.int(),
    points: z.array(counted.extend({ at: instant })).describe('One for each step, oldest first.'),
    workflows: z
      .array(counted.extend({ workflowId: z.string() }))
      .describe('Those with a run in that time, most runs first.'),
  })
  .meta({ id: 'RunStats' });
