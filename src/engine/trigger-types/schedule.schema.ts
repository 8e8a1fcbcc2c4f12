import { z } from 'zod';
import type { TriggerType } from '../node-types/node-type.schema.ts';
import { parseCron } from '../schedules/cron.ts';
import { overlapRules } from '../schedules/schedule-times.ts';
import { zoneName } from '../schedules/time-zone.ts';

const yearMs = 366 * 24 * 60 * 60 * 1_000;

/** A cron expression; the message names the field that is wrong and what it may be. */
export const cronField = z
  .string({ error: 'a cron expression of five fields, or of six with seconds first' })
  .superRefine((text, { addIssue }) => {
    const parsed = parseCron(text);
    if ('expected' in parsed) addIssue({ code: 'custom', message: parsed.expected });
  });

const zoneRule = 'a time zone of the IANA database, such as Europe/Berlin';
export const timezoneField = z
  .string({ error: zoneRule })
  .refine((name) => zoneName(name) !== undefined, { error: zoneRule });

/** Temporal's schedules go by whole seconds. */
const seconds = (min: number, rule: string) =>
  z.number({ error: rule }).int(rule).min(min, rule).max(yearMs, rule).multipleOf(1_000, rule);
export const intervalField = seconds(1_000, 'milliseconds, 1000 or more, in whole seconds');
const offsetField = seconds(0, 'milliseconds from 0, in whole seconds');

const milliseconds = (min: number) => {
  const rule = `milliseconds, a whole number from ${min} to ${yearMs}`;
  return z.number({ error: rule }).int(rule).min(min, rule).max(yearMs, rule);
};
const time = z.iso.datetime({ offset: true, error: 'a time with a zone, such as 2027-03-01T08:00:00Z' });

const input = z.unknown().refine((value) => !(JSON.stringify(value) ?? '').includes('{{'), {
  error: 'a value without expressions: nothing is there yet that they could read',
});

/** A start by time. */
export const scheduleTrigger: TriggerType = {
  type: 'schedule',
  title: 'Schedule',
  description: 'Starts a run at every time of a cron expression or after every interval.',
  payload: z
    .strictObject({
      cron: cronField.optional(),
      timezone: timezoneField.optional(),
      intervalMs: intervalField.optional(),
      offsetMs: offsetField.optional(),
      startAt: time.optional(),
      endAt: time.optional(),
      jitterMs: milliseconds(0).optional(),
      overlap: z.enum(overlapRules, { error: overlapRules.map((rule) => `"${rule}"`).join(', ') }).optional(),
      catchUpMs: milliseconds(10_000).optional(),
      input: input.optional(),
    })
    .superRefine((given, { addIssue }) => {
      for (const { path, message } of contradictions(given))
        addIssue({ code: 'custom', path: path === undefined ? [] : [path], message });
    }),
};

interface Given {
  cron?: string | undefined;
  timezone?: string | undefined;
  intervalMs?: number | undefined;
  offsetMs?: number | undefined;
  startAt?: string | undefined;
  endAt?: string | undefined;
}

/** What does not go together; the messages complete "expected …". */
function contradictions({ cron, intervalMs, timezone, offsetMs, startAt, endAt }: Given) {
  const rules: { path?: keyof Given; message: string; isBroken: boolean }[] = [
    {
      message: 'either `cron` or `intervalMs`',
      isBroken: (cron === undefined) === (intervalMs === undefined),
    },
    {
      path: 'timezone',
      message: 'to stand beside `cron` only',
      isBroken: timezone !== undefined && cron === undefined,
    },
    {
      path: 'offsetMs',
      message: 'less than `intervalMs`, beside it',
      isBroken: offsetMs !== undefined && !(offsetMs < (intervalMs ?? 0)),
    },
    {
      path: 'endAt',
      message: 'a time that is not before `startAt`',
      isBroken: startAt !== undefined && endAt !== undefined && Date.parse(endAt) < Date.parse(startAt),
    },
  ];
  return rules.filter(({ isBroken }) => isBroken);
}
