/** What the routes of schedules answer. */
import { z } from 'zod';
import { runStatuses } from '../../engine/log/event-catalog.ts';
import { overlapRules } from '../../engine/schedules/schedule-times.ts';
import { scheduleStates } from '../../store/schedules/schedules.ts';
import { count, instant, timeText } from '../routing/answer-parts.ts';

const milliseconds = z.int().min(0);

const scheduledRun = z.object({
  id: z.string(),
  status: z.enum(runStatuses),
  scheduledAt: timeText.describe('For when it was meant.'),
  createdAt: timeText,
  startedAt: timeText.nullable(),
  finishedAt: timeText.nullable(),
});

/** A schedule as it is now. */
export const schedule = z
  .object({
    workflowId: z.string(),
    version: z.int().min(1),
    status: z.enum(scheduleStates),
    cron: z.string().optional(),
    intervalMs: milliseconds.optional(),
    offsetMs: milliseconds.optional(),
    timezone: z.string(),
    startAt: z.string().optional(),
    endAt: z.string().optional(),
    jitterMs: milliseconds.optional(),
    overlap: z.enum(overlapRules),
    catchUpMs: milliseconds,
    next: z.array(instant).describe('The next ten times; none while it is paused.'),
    buffered: instant.nullable().describe('The scheduled time that waits for the end of an earlier run.'),
    firings: z.object({ started: count, skipped: count, buffered: count, missed: count }),
    lastRuns: z.array(scheduledRun).describe('Newest first.'),
  })
  .meta({ id: 'Schedule' });

export const backfill = z.object({
  firings: count,
  started: count,
  known: count.describe('Those that had a run before.'),
  skipped: count,
  buffered: count,
  runIds: z.array(z.string()).describe('The runs that were started.'),
});

export const preview = z.object({ times: z.array(instant) });
