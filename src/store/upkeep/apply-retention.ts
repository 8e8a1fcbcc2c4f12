/** Retention: deletes what is older than the bound, run by run, the run record last. */
import type { Db } from 'mongodb';
import { currentTime } from '../../clock.ts';
import { discarded, sendableStatuses } from '../../engine/deliveries/delivery-states.ts';
import { attemptsOf, deliveriesOf, updateOf } from '../deliveries/deliveries.ts';
import { eraseAppends } from '../log/erase-appends.ts';
import { appendsOf } from '../log/appends.ts';
import { executionsOf } from '../log/executions.ts';
import { deleteLinkedResumes } from '../waits/keep-linked-resume.ts';
import { payloadsOf } from '../log/payloads.ts';
import { replaysOf } from '../deliveries/replays.ts';
import type { ReplayStatus } from '../deliveries/replays.ts';
import { runsOf } from '../log/runs.ts';
import type { RunDocument } from '../log/runs.ts';
import { webhookEventsOf } from '../inbox/webhook-events.ts';

/** The last row that was looked at, in the order of its time. */
interface Place {
  at: Date | string;
  id: string;
}

/** Where a pass goes on, per collection; one that is absent has nothing left to look at. */
export interface RetentionPosition {
  runs?: Place;
  webhookEvents?: Place;
  endpointEvents?: Place;
}

/** What one call deleted. `after`: where the next one goes on; absent: nothing is left to look at. */
export interface RetentionReport {
  runs: number;
  webhookEvents: number;
  endpointEvents: number;
  replays: number;
  after?: RetentionPosition;
}

/** What one step of a collection came to. `last`: absent when it has been looked at whole. */
interface Step {
  deleted: number;
  last?: Place;
}

const runBatch = 100;
const rowBatch = 1_000;
const ended = ['success', 'partial', 'failure', 'cancelled'] as const;

/**
 * Deletes one batch of what ended before `before`. Idempotent; killed in the middle, the run record is still there and
 * the next pass goes on with it. A run stays while a delivery of it is due, and while its parent is open; what stays does
 * not keep the pass from what comes after it.
 * @param after the position that the last call of this pass answered; absent: a pass begins
 */
export async function applyRetention(
  db: Db,
  before: Date,
  after?: RetentionPosition,
): Promise<RetentionReport> {
  const step = (work: typeof deleteRuns, place: Place | undefined): Promise<Step> =>
    after && !place ? Promise.resolve({ deleted: 0 }) : work(db, before, place);
  const runs = await step(deleteRuns, after?.runs);
  const webhookEvents = await step(deleteWebhookEvents, after?.webhookEvents);
  const endpointEvents = await step(deleteEndpointEvents, after?.endpointEvents);
  const rest: RetentionPosition = {
    ...(runs.last && { runs: runs.last }),
    ...(webhookEvents.last && { webhookEvents: webhookEvents.last }),
    ...(endpointEvents.last && { endpointEvents: endpointEvents.last }),
  };
  return {
    runs: runs.deleted,
    webhookEvents: webhookEvents.deleted,
    endpointEvents: endpointEvents.deleted,
    replays: await deleteReplays(db, before),
    ...(Object.keys(rest).length > 0 ? { after: rest } : {}),
  };
}

/** The rows after a place, in the order of a time and then of their ids. A place that came through Temporal is text. */
function isAfter(member: string, place: Place | undefined, read: (at: Date | string) => Date | string) {
  if (!place) return {};
  const at = read(place.at);
  return { $or: [{ [member]: { $gt: at } }, { [member]: at, _id: { $gt: place.id } }] };
}

const asText = (at: Date | string): string => String(at);
const asDate = (at: Date | string): Date => new Date(at);

function lastOf<Row extends { _id: string }>(
  rows: readonly Row[],
  batch: number,
  timeOf: (row: Row) => Date | string | undefined,
): { last?: Place } {
  const row = rows.length < batch ? undefined : rows.at(-1);
  const at = row && timeOf(row);
  return row && at !== undefined ? { last: { at, id: row._id } } : {};
}

async function deleteRuns(db: Db, before: Date, after: Place | undefined): Promise<Step> {
  const runs = await runsOf(db)
    .find({
      status: { $in: [...ended] },
      finishedAt: { $lt: before.toISOString() },
      ...isAfter('finishedAt', after, asText),
    })
    .sort({ finishedAt: 1, _id: 1 })
    .limit(runBatch)
    .toArray();
  let deleted = 0;
  for (const run of runs) if (await deleteRun(db, run)) deleted += 1;
  return { deleted, ...lastOf(runs, runBatch, (run) => run.finishedAt) };
}

async function deleteRun(db: Db, { _id: runId, parentRunId }: RunDocument): Promise<boolean> {
  if (parentRunId !== undefined && (await isOpen(db, parentRunId))) return false;
  if (!(await deleteDeliveries(db, runId))) return false;
  await deleteRunRecords(db, runId);
  return true;
}

/** Deletes what a run has recorded, the run record last. Idempotent: killed in the middle, it is called again. */
export async function deleteRunRecords(db: Db, runId: string): Promise<void> {
  await deleteLinkedResumes(db, runId);
  await payloadsOf(db).deleteMany({ runId });
  await executionsOf(db).deleteMany({ runId });
  await eraseAppends(db, runId);
  await runsOf(db).deleteOne({ _id: runId });
}

/** Whether there is such a run that has not ended. */
export async function isOpen(db: Db, runId: string): Promise<boolean> {
  return (await runsOf(db).findOne({ _id: runId, status: { $nin: [...ended] } })) !== null;
}

/** What was held for the whole retention is given up; what is due keeps the run. Returns whether all are gone. */
async function deleteDeliveries(db: Db, runId: string): Promise<boolean> {
  const givenUp = updateOf(discarded(currentTime(), 'retention'));
  await deliveriesOf(db).updateMany({ runId, status: 'held' }, givenUp);
  if (await deliveriesOf(db).findOne({ runId, status: { $in: sendableStatuses } })) return false;
  await attemptsOf(db).deleteMany({ runId });
  await deliveriesOf(db).deleteMany({ runId });
  return true;
}

/** The inbox row of an open run stays with it. */
async function deleteWebhookEvents(db: Db, before: Date, after: Place | undefined): Promise<Step> {
  const rows = await webhookEventsOf(db)
    .find(
      { receivedAt: { $lt: before }, ...isAfter('receivedAt', after, asDate) },
      { projection: { runIds: 1, receivedAt: 1 } },
    )
    .sort({ receivedAt: 1, _id: 1 })
    .limit(rowBatch)
    .toArray();
  const runIds = rows.flatMap((row) => row.runIds);
  const open = await runsOf(db)
    .find({ _id: { $in: runIds }, status: { $nin: [...ended] } }, { projection: { _id: 1 } })
    .toArray();
  const kept = new Set(open.map((run) => run._id));
  const gone = rows.filter((row) => !row.runIds.some((id) => kept.has(id))).map((row) => row._id);
  const { deletedCount } = await webhookEventsOf(db).deleteMany({ _id: { $in: gone } });
  return { deleted: deletedCount, ...lastOf(rows, rowBatch, (row) => row.receivedAt) };
}

/** Events about endpoints belong to no run: each stands in the place of one, under its own id. */
async function deleteEndpointEvents(db: Db, before: Date, after: Place | undefined): Promise<Step> {
  const rows = await appendsOf(db)
    .find(
      { from: 0, recordedAt: { $lt: before }, ...isAfter('recordedAt', after, asDate) },
      { projection: { runId: 1, recordedAt: 1 } },
    )
    .sort({ recordedAt: 1, _id: 1 })
    .limit(rowBatch)
    .toArray();
  let deleted = 0;
  for (const { _id, runId } of rows) {
    if (!(await deleteDeliveries(db, runId))) continue;
    await appendsOf(db).deleteOne({ _id });
    deleted += 1;
  }
  return { deleted, ...lastOf(rows, rowBatch, (row) => row.recordedAt) };
}

async function deleteReplays(db: Db, before: Date): Promise<number> {
  const over = { status: { $in: ['done', 'cancelled'] as ReplayStatus[] }, finishedAt: { $lt: before } };
  return (await replaysOf(db).deleteMany(over)).deletedCount;
}
