import type { z } from 'zod';
import { defaultCatchUpMs } from '../../engine/schedules/schedule-times.ts';
import type * as answers from './answers.ts';
import type { RunDocument } from '../../store/log/runs.ts';
import { specOf } from '../../store/schedules/schedules.ts';
import type { ScheduleDocument } from '../../store/schedules/schedules.ts';

/** A schedule as the API answers it. `next`: epoch milliseconds. */
export function presentSchedule(
  schedule: ScheduleDocument,
  { next, runs }: { next: readonly number[]; runs: readonly RunDocument[] },
): z.output<typeof answers.schedule> {
  const { input: _, ...spec } = specOf(schedule);
  return {
    workflowId: schedule._id,
    version: schedule.workflowVersion,
    status: schedule.state,
    ...spec,
    timezone: spec.timezone ?? 'UTC',
    overlap: spec.overlap ?? 'skip',
    catchUpMs: spec.catchUpMs ?? defaultCatchUpMs,
    next: next.map((time) => new Date(time)),
    buffered: schedule.buffered ?? null,
    firings: { started: 0, skipped: 0, buffered: 0, missed: 0, ...schedule.firings },
    lastRuns: runs.map(({ _id, status, trigger, createdAt, startedAt, finishedAt }) => ({
      id: _id,
      status,
      scheduledAt: String(trigger['scheduledAt']),
      createdAt,
      startedAt: startedAt ?? null,
      finishedAt: finishedAt ?? null,
    })),
  };
}
