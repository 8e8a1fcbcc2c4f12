import type { Collection, Db, Document } from 'mongodb';
import { runStatuses } from '../../engine/log/event-catalog.ts';
import { deliveryStatuses } from '../../engine/deliveries/delivery-states.ts';
import { deliveriesOf } from '../deliveries/deliveries.ts';
import { countWaiting } from '../flow/waiting.ts';
import { outboxOf } from '../log/outbox.ts';
import { runsOf } from '../log/runs.ts';
import { countSchedules } from '../schedules/schedules.ts';
import { webhookEventStatuses, webhookEventsOf } from '../inbox/webhook-events.ts';

/** Rows by status; every status is there, also with 0. */
export interface Counted {
  total: number;
  byStatus: Record<string, number>;
}

/** What came in, ran and went out in a time. */
export interface Stats {
  webhookEvents: Counted;
  /** `durationMs` is of the runs that have ended, from their acceptance; `null` when none has. */
  runs: Counted & { durationMs: { average: number; longest: number } | null };
  deliveries: Counted;
}

/** Whose rows, from when to when, and perhaps of one workflow. */
export interface StatsRange {
  organizationId: string;
  workflowId?: string | undefined;
  since: Date;
  until: Date;
}

/** Counts what began in a time, by what has become of it. */
export async function readStats(db: Db, range: StatsRange): Promise<Stats> {
  const { since, until, ...owner } = range;
  const between = { $gte: since, $lt: until };
  const texts = { $gte: since.toISOString(), $lt: until.toISOString() };
  const [webhookEvents, runs, durations, deliveries] = await Promise.all([
    count(webhookEventsOf(db), { ...owner, receivedAt: between }, webhookEventStatuses),
    count(runsOf(db), { ...owner, createdAt: texts }, runStatuses),
    readDurations(db, { ...owner, createdAt: texts, finishedAt: { $exists: true } }),
    count(deliveriesOf(db), { ...owner, createdAt: between }, deliveryStatuses),
  ]);
  return { webhookEvents, runs: { ...runs, durationMs: durations }, deliveries };
}

async function count<Row extends Document>(
  rows: Collection<Row>,
  filter: Document,
  statuses: readonly string[],
): Promise<Counted> {
  const groups = await rows
    .aggregate<{ _id: string; count: number }>([
      { $match: filter },
      { $group: { _id: '$status', count: { $sum: 1 } } },
    ])
    .toArray();
  const counts = new Map(groups.map((group) => [group._id, group.count]));
  return {
    total: groups.reduce((sum, group) => sum + group.count, 0),
    byStatus: Object.fromEntries(statuses.map((status) => [status, counts.get(status) ?? 0])),
  };
}

async function readDurations(db: Db, filter: Document): Promise<Stats['runs']['durationMs']> {
  const [found] = await runsOf(db)
    .aggregate<{ average: number; longest: number }>([
      { $match: filter },
      { $set: { ms: { $subtract: [{ $toDate: '$finishedAt' }, { $toDate: '$createdAt' }] } } },
      { $group: { _id: null, average: { $avg: '$ms' }, longest: { $max: '$ms' } } },
    ])
    .toArray();
  return found ? { average: Math.round(found.average), longest: found.longest } : null;
}

/** What is under way over all organizations: open runs by status, and rows that wait to be carried to Temporal, by kind. */
export interface Backlog {
  openRuns: Record<string, number>;
  waiting: Record<'runs' | 'deliveries' | 'messages' | 'schedules', number>;
  /** Schedules by state. */
  schedules: Record<string, number>;
  /** Runs that flow control lets wait. */
  flow: { waiting: number; oldestSeconds: number };
}

/** Counts what is under way; each count reads an index alone. */
export async function readBacklog(db: Db): Promise<Backlog> {
  const open = runStatuses.slice(0, 3);
  const [openRuns, runs, deliveries, messages, schedules, flow] = await Promise.all([
    Promise.all(open.map((status) => runsOf(db).countDocuments({ status }))),
    runsOf(db).countDocuments({ startConfirmed: false }, { hint: 'unstarted' }),
    deliveriesOf(db).countDocuments({ startAt: { $type: 'date' } }, { hint: 'toStart' }),
    outboxOf(db).estimatedDocumentCount(),
    countSchedules(db),
    countWaiting(db),
  ]);
  return {
    openRuns: Object.fromEntries(open.map((status, index) => [status, openRuns[index] ?? 0])),
    waiting: { runs, deliveries, messages, schedules: schedules.waiting },
    schedules: schedules.byState,
    flow,
  };
}
