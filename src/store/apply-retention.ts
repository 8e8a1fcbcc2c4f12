/** Retention: deletes what is older than the bound, run by run, the run record last. */
import type { Db } from 'mongodb';
import { attemptsOf, deliveriesOf } from './deliveries.ts';
import { eventsOf } from './events.ts';
import { executionsOf } from './executions.ts';
import { deleteLinkedResumes } from './keep-linked-resume.ts';
import { payloadsOf } from './payloads.ts';
import { replaysOf } from './replays.ts';
import type { ReplayStatus } from './replays.ts';
import { runsOf } from './runs.ts';
import type { RunDocument } from './runs.ts';
import { webhookEventsOf } from './webhook-events.ts';

/** What one call deleted. `after`: where the next one goes on; absent: nothing is left to look at. */
export interface RetentionReport {
  runs: number;
  webhookEvents: number;
  endpointEvents: number;
  replays: number;
  after?: { finishedAt: string; id: string };
}

const batch = 100;
const ended = ['success', 'partial', 'failure', 'cancelled'] as const;

/**
 * Deletes one batch of what ended before `before`. Idempotent; killed in the middle, the run record is still there and
 * the next pass goes on with it. A run stays while a delivery of it is due, and while its parent is open.
 */
export async function applyRetention(
  db: Db,
  before: Date,
  after?: RetentionReport['after'],
): Promise<RetentionReport> {
  const runs = await endedRuns(db, before, after);
  let deleted = 0;
  for (const run of runs) if (await deleteRun(db, run)) deleted += 1;
  const last = runs.length < batch ? undefined : runs.at(-1);
  return {
    runs: deleted,
    webhookEvents: await deleteWebhookEvents(db, before),
    endpointEvents: await deleteEndpointEvents(db, before),
    replays: await deleteReplays(db, before),
    ...(last?.finishedAt ? { after: { finishedAt: last.finishedAt, id: last._id } } : {}),
  };
}

async function endedRuns(db: Db, before: Date, after: RetentionReport['after']): Promise<RunDocument[]> {
  const rest = after
    ? [{ finishedAt: { $gt: after.finishedAt } }, { finishedAt: after.finishedAt, _id: { $gt: after.id } }]
    : [];
  return runsOf(db)
    .find({
      status: { $in: [...ended] },
      finishedAt: { $lt: before.toISOString() },
      ...(rest.length > 0 ? { $or: rest } : {}),
    })
    .sort({ finishedAt: 1, _id: 1 })
    .limit(batch)
    .toArray();
}

async function deleteRun(db: Db, { _id: runId, parentRunId }: RunDocument): Promise<boolean> {
  if (parentRunId !== undefined && (await isOpen(db, parentRunId))) return false;
  if (!(await deleteDeliveries(db, runId))) return false;
  await deleteLinkedResumes(db, runId);
  await payloadsOf(db).deleteMany({ runId });
  await executionsOf(db).deleteMany({ runId });
  await eventsOf(db).deleteMany({ runId });
  await runsOf(db).deleteOne({ _id: runId });
  return true;
}

async function isOpen(db: Db, runId: string): Promise<boolean> {
  return (await runsOf(db).findOne({ _id: runId, status: { $nin: [...ended] } })) !== null;
}

/** What was held for the whole retention is given up; what is due keeps the run. Answers whether all are gone. */
async function deleteDeliveries(db: Db, runId: string): Promise<boolean> {
  const set = { status: 'discarded' as const, reason: 'retention', finishedAt: new Date() };
  await deliveriesOf(db).updateMany({ runId, status: 'held' }, { $set: set });
  if (await deliveriesOf(db).findOne({ runId, status: { $in: ['pending', 'retrying'] } })) return false;
  await attemptsOf(db).deleteMany({ runId });
  await deliveriesOf(db).deleteMany({ runId });
  return true;
}

/** The inbox row of an open run stays with it. */
async function deleteWebhookEvents(db: Db, before: Date): Promise<number> {
  const rows = await webhookEventsOf(db)
    .find({ receivedAt: { $lt: before } }, { projection: { runIds: 1 } })
    .sort({ receivedAt: 1 })
    .limit(batch * 10)
    .toArray();
  const runIds = rows.flatMap((row) => row.runIds);
  const open = await runsOf(db)
    .find({ _id: { $in: runIds }, status: { $nin: [...ended] } }, { projection: { _id: 1 } })
    .toArray();
  const kept = new Set(open.map((run) => run._id));
  const gone = rows.filter((row) => !row.runIds.some((id) => kept.has(id))).map((row) => row._id);
  return (await webhookEventsOf(db).deleteMany({ _id: { $in: gone } })).deletedCount;
}

/** Events about endpoints belong to no run: each stands in the place of one, under its own id. */
async function deleteEndpointEvents(db: Db, before: Date): Promise<number> {
  const rows = await eventsOf(db)
    .find({ sequence: 0, recordedAt: { $lt: before } }, { projection: { _id: 1 } })
    .limit(batch * 10)
    .toArray();
  let deleted = 0;
  for (const { _id } of rows) {
    if (!(await deleteDeliveries(db, _id))) continue;
    await eventsOf(db).deleteOne({ _id });
    deleted += 1;
  }
  return deleted;
}

async function deleteReplays(db: Db, before: Date): Promise<number> {
  const over = { status: { $in: ['done', 'cancelled'] as ReplayStatus[] }, finishedAt: { $lt: before } };
  return (await replaysOf(db).deleteMany(over)).deletedCount;
}
