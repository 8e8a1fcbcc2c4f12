/**
 * When a schedule fires. Clock changes are literal: a local time that is skipped does not fire, one that comes twice
 * fires twice. Temporal's calendars do the first and fire at one of the two only (server 1.32).
 */
import type { Json } from '../json/json.ts';
import { isAnyDay, parseCron } from './cron.ts';
import type { CronFields } from './cron.ts';
import { offsetAt, zoneName } from './time-zone.ts';

/** What happens to a firing while runs of earlier ones have not ended. */
export const overlapRules = ['skip', 'buffer_one', 'allow_all', 'cancel_other'] as const;
export type OverlapRule = (typeof overlapRules)[number];

/** The payload of a `schedule` trigger; either `cron` or `intervalMs`. */
export interface ScheduleSpec {
  cron?: string;
  /** Name of the IANA database; default UTC. Only with `cron`. */
  timezone?: string;
  /** Milliseconds, whole seconds; fires at every multiple since the epoch, plus `offsetMs`. */
  intervalMs?: number;
  offsetMs?: number;
  /** ISO 8601 with zone; both inclusive. */
  startAt?: string;
  endAt?: string;
  /** Most milliseconds by which a firing is put off, at random. */
  jitterMs?: number;
  overlap?: OverlapRule;
  /** Milliseconds so far back as firings are made up that an outage kept from happening. */
  catchUpMs?: number;
  /** `$trigger.body` of the runs. */
  input?: Json;
}

/** Default of `catchUpMs`. Source: the contract, schedules. */
export const defaultCatchUpMs = 60_000;

/** No cron expression that comes at all leaves a longer gap: 29 February, around 2100. */
const horizonSeconds = 9 * 366 * 24 * 60 * 60;

/** Yields the times at which a schedule fires, rising, in epoch milliseconds, from `fromMs` (inclusive) to its end. */
export function* scheduleTimes(spec: ScheduleSpec, fromMs: number): Generator<number> {
  const from = Math.max(fromMs, spec.startAt === undefined ? -Infinity : Date.parse(spec.startAt));
  const end = spec.endAt === undefined ? Infinity : Date.parse(spec.endAt);
  for (const time of spec.intervalMs === undefined ? cronTimes(spec, from) : intervalTimes(spec, from)) {
    if (time > end) return;
    yield time;
  }
}

/** The first times of a schedule, at most `count`, in epoch milliseconds. */
export function firstTimes(spec: ScheduleSpec, fromMs: number, count: number): number[] {
  const times: number[] = [];
  for (const time of scheduleTimes(spec, fromMs)) if (times.push(time) >= count) break;
  return times;
}

/** Half of the time around a change of clocks in which local times may come twice, in seconds. */
const nearSeconds = 3 * 3_600;

/** Whether local times come twice around a time, in epoch milliseconds: the clock is set back within some hours. */
export function isDoubledNear({ cron, timezone }: ScheduleSpec, atMs: number): boolean {
  const zone = zoneName(timezone ?? 'UTC');
  if (cron === undefined || zone === undefined) return false;
  const at = Math.floor(atMs / 1_000);
  return offsetAt(zone, at - nearSeconds) > offsetAt(zone, at + nearSeconds);
}

function* intervalTimes({ intervalMs = 1_000, offsetMs = 0 }: ScheduleSpec, from: number) {
  const first = Math.ceil((from - offsetMs) / intervalMs);
  for (let count = first; ; count += 1) yield count * intervalMs + offsetMs;
}

function* cronTimes({ cron = '', timezone = 'UTC' }: ScheduleSpec, from: number): Generator<number> {
  const parsed = parseCron(cron);
  const zone = zoneName(timezone);
  if ('expected' in parsed || zone === undefined) return;
  let at = Math.ceil(from / 1_000);
  for (let quietUntil = at + horizonSeconds; at < quietUntil;) {
    const offset = offsetAt(zone, at);
    const wait = secondsToMatch(parsed.fields, new Date((at + offset) * 1_000));
    if (wait === 0) {
      yield at * 1_000;
      quietUntil = at + horizonSeconds;
    }
    at = advance(zone, { at, offset, by: wait || 1 });
  }
}

/** Least seconds until a local time may match; 0: it matches. `local` has its parts in UTC. */
function secondsToMatch(fields: CronFields, local: Date): number {
  const second = local.getUTCSeconds();
  const minute = local.getUTCMinutes();
  const hour = local.getUTCHours();
  const intoHour = minute * 60 + second;
  const intoDay = hour * 3_600 + intoHour;
  if (!fields.month.includes(local.getUTCMonth() + 1)) {
    const next = Date.UTC(local.getUTCFullYear(), local.getUTCMonth() + 1, 1);
    return (next - local.getTime()) / 1_000;
  }
  if (!isDay(fields, local)) return 86_400 - intoDay;
  if (!fields.hour.includes(hour)) return 3_600 - intoHour;
  if (!fields.minute.includes(minute)) return 60 - second;
  return fields.second.includes(second) ? 0 : 1;
}

function isDay(fields: CronFields, local: Date): boolean {
  const ofMonth = fields.dayOfMonth.includes(local.getUTCDate());
  const ofWeek = fields.dayOfWeek.includes(local.getUTCDay());
  if (isAnyDay(fields, 'dayOfMonth') || isAnyDay(fields, 'dayOfWeek')) return ofMonth && ofWeek;
  return ofMonth || ofWeek;
}

/** Goes on by seconds, but never past a change of the clock. */
function advance(zone: string, { at, offset, by }: { at: number; offset: number; by: number }): number {
  let [before, after] = [at, at + by];
  if (by === 1 || offsetAt(zone, after) === offset) return after;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (offsetAt(zone, middle) === offset) before = middle;
    else after = middle;
  }
  return after;
}
