/** A schedule in Temporal's terms: cron becomes its calendars, never text. */
import type { CalendarSpec, ScheduleSpec as TemporalSpec } from '@temporalio/client';
import { isAnyDay, parseCron } from '../../engine/schedules/cron.ts';
import type { CronFields } from '../../engine/schedules/cron.ts';
import type { ScheduleSpec } from '../../engine/schedules/schedule-times.ts';
import { zoneName } from '../../engine/schedules/time-zone.ts';

const months = [
  ...(['JANUARY', 'FEBRUARY', 'MARCH', 'APRIL', 'MAY', 'JUNE'] as const),
  ...(['JULY', 'AUGUST', 'SEPTEMBER', 'OCTOBER', 'NOVEMBER', 'DECEMBER'] as const),
];
const weekdays = [
  ...(['SUNDAY', 'MONDAY', 'TUESDAY', 'WEDNESDAY'] as const),
  ...(['THURSDAY', 'FRIDAY', 'SATURDAY'] as const),
];

/** Returns the spec of a Temporal Schedule that fires when `scheduleTimes` says. */
export function temporalSpec(spec: ScheduleSpec): TemporalSpec {
  const { cron, intervalMs, offsetMs, startAt, endAt, jitterMs } = spec;
  return {
    ...(cron === undefined ? {} : { calendars: calendarsOf(cron) }),
    ...(intervalMs === undefined ? {} : { intervals: [{ every: intervalMs, offset: offsetMs ?? 0 }] }),
    ...(startAt === undefined ? {} : { startAt: new Date(startAt) }),
    ...(endAt === undefined ? {} : { endAt: new Date(endAt) }),
    ...(jitterMs === undefined ? {} : { jitter: jitterMs }),
    timezone: zoneName(spec.timezone ?? 'UTC') ?? 'UTC',
  };
}

/** One calendar, or two when both day fields are restricted: a time of either fires, and one of both fires once. */
function calendarsOf(cron: string): CalendarSpec[] {
  const parsed = parseCron(cron);
  if ('expected' in parsed) throw new TypeError(`cron: expected ${parsed.expected}`);
  const { fields } = parsed;
  const time = timeOf(fields);
  const dayOfMonth = isAnyDay(fields, 'dayOfMonth') ? {} : { dayOfMonth: rangesOf(fields.dayOfMonth) };
  const dayOfWeek = isAnyDay(fields, 'dayOfWeek')
    ? {}
    : { dayOfWeek: fields.dayOfWeek.map((day) => weekdays[day] ?? 'SUNDAY') };
  const isEither = 'dayOfMonth' in dayOfMonth && 'dayOfWeek' in dayOfWeek;
  return isEither
    ? [
        { ...time, ...dayOfMonth },
        { ...time, ...dayOfWeek },
      ]
    : [{ ...time, ...dayOfMonth, ...dayOfWeek }];
}

function timeOf({ second, minute, hour, month }: CronFields): CalendarSpec {
  return {
    second: rangesOf(second),
    minute: rangesOf(minute),
    hour: rangesOf(hour),
    ...(month.length === 12 ? {} : { month: month.map((number) => months[number - 1] ?? 'JANUARY') }),
  };
}

/** Neighbours as one range: Temporal's UI shows `0-59` rather than sixty numbers. */
function rangesOf(values: readonly number[]): { start: number; end: number }[] {
  const ranges: { start: number; end: number }[] = [];
  for (const value of values) {
    const last = ranges.at(-1);
    if (last && last.end === value - 1) last.end = value;
    else ranges.push({ start: value, end: value });
  }
  return ranges;
}
