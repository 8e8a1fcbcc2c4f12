import { z } from 'zod';
import { overlapRules } from '../../engine/schedules/schedule-times.ts';
import { cronField, intervalField, timezoneField } from '../../engine/trigger-types/schedule.schema.ts';
import { time } from '../routing/paging.ts';

/** Parameters and bodies of the schedule routes. */
export const scheduleParams = z.object({ id: z.string().max(64) });
export const backfillBody = z.strictObject({
  since: time,
  until: time,
  overlap: z.enum(overlapRules).default('allow_all'),
  force: z.boolean().default(false),
});

/** Holds a value to the field of a trigger's payload, whose message completes "expected …". */
const fits = (field: z.ZodType) => (value: unknown, context: z.RefinementCtx) => {
  const [issue] = field.safeParse(value).error?.issues ?? [];
  if (issue) context.addIssue({ code: 'custom', message: `expected ${issue.message}` });
};

export const previewBody = z
  .strictObject({
    cron: z.string().superRefine(fits(cronField)).optional(),
    intervalMs: z.number().superRefine(fits(intervalField)).optional(),
    timezone: z.string().superRefine(fits(timezoneField)).optional(),
    from: time.optional(),
  })
  .refine(({ cron, intervalMs }) => (cron === undefined) !== (intervalMs === undefined), {
    error: 'expected either `cron` or `intervalMs`',
  });
