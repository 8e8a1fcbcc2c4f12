import { z } from 'zod';
import { someText } from '../node-types/fields.schema.ts';
import type { TriggerType } from '../node-types/node-type.schema.ts';

const cron = z
  .string({ error: 'a cron expression of five fields' })
  .regex(/^\S+( +\S+){4}$/, 'a cron expression of five fields');
const intervalMs = z.number({ error: 'milliseconds, 1000 or more' }).int().min(1_000, '1000 or more');

/** A start by time. */
export const scheduleTrigger: TriggerType = {
  type: 'schedule',
  title: 'Schedule',
  description: 'Starts a run at every time of a cron expression or after every interval.',
  payload: z
    .strictObject({
      cron: cron.optional(),
      intervalMs: intervalMs.optional(),
      timezone: someText.optional(),
      payload: z.unknown().optional(),
    })
    .refine((given) => (given.cron === undefined) !== (given.intervalMs === undefined), {
      error: 'either `cron` or `intervalMs`',
    }),
};
