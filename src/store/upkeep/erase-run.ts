/** Erasure: deletes a run that is over with everything that is recorded of it, now. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Db } from 'mongodb';
import { currentMs, currentTime } from '../../clock.ts';
import { discarded, openStatuses } from '../../engine/deliveries/delivery-states.ts';
import { isFinalRunStatus, runStatuses } from '../../engine/log/event-catalog.ts';
import { AppError } from '../../errors/app-error.ts';
import { attemptsOf, deliveriesOf, updateOf } from '../deliveries/deliveries.ts';
import { webhookEventsOf } from '../inbox/webhook-events.ts';
import { runsOf } from '../log/runs.ts';
import type { RunDocument } from '../log/runs.ts';
import { carryOutRuns } from '../log/sweep-appends.ts';
import { deleteRunRecords, isOpen } from './apply-retention.ts';

const openRunStatuses = runStatuses.filter((status) => !isFinalRunStatus(status));

/**
 * Erases a run: its deliveries, whatever they wait for, the requests that started or resumed only it, its values, executions
 * and events, and then its record. Killed in the middle, the record is still there, and the next call goes on.
 * @throws AppError conflict while it, or a run that reads it, is not over; attempt-in-flight while a receiver is being asked
 */
export async function eraseRun(db: Db, run: RunDocument): Promise<void> {
  if (!isFinalRunStatus(run.status))
    throw new AppError('conflict', `The run is not over: ${run.status}. Cancel it, or wait for its end.`);
  await settle(db, run);
  const reader = await findReader(db, run);
  if (reader !== undefined)
    throw new AppError('conflict', `The run ${reader} is not over and reads this one; wait for its end.`);
  await eraseDeliveries(db, run._id);
  await eraseRequests(db, run);
  await deleteRunRecords(db, run._id);
}

/** How long other processes may take to write what follows from a run's last events, in milliseconds. */
const settledAfterMs = 2_000;

/** Lets all that follows from the run's log be there: what came later would stay. */
async function settle(db: Db, { _id, lastEventAt }: RunDocument): Promise<void> {
  const left = Date.parse(lastEventAt) + settledAfterMs - currentMs();
  if (left > 0) await delay(Math.min(left, settledAfterMs));
  await carryOutRuns(db, [_id]);
}

/** The id of an open run that reads this one: its parent, or one that retries it. */
async function findReader(db: Db, run: RunDocument): Promise<string | undefined> {
  const { _id, organizationId, workflowId, parentRunId, createdAt } = run;
  if (parentRunId !== undefined && (await isOpen(db, parentRunId))) return parentRunId;
  const later = { organizationId, workflowId, createdAt: { $gte: createdAt } };
  const retry = await runsOf(db).findOne({ ...later, rerunOf: _id, status: { $in: openRunStatuses } });
  return retry?._id;
}

async function eraseDeliveries(db: Db, runId: string): Promise<void> {
  const now = currentTime();
  const open = { runId, status: { $in: openStatuses } };
  await deliveriesOf(db).updateMany(
    { ...open, $or: [{ leaseUntil: null }, { leaseUntil: { $lt: now } }] },
    updateOf(discarded(now, 'erased')),
  );
  if (await deliveriesOf(db).findOne(open))
    throw new AppError('attempt-in-flight', 'A delivery of the run is being sent; try again when it is.');
  await attemptsOf(db).deleteMany({ runId });
  await deliveriesOf(db).deleteMany({ runId });
}

/** A request that other runs come from as well stays with the last of them. What a replay repeats holds the same content. */
async function eraseRequests(
  db: Db,
  { _id, organizationId, workflowId, createdAt }: RunDocument,
): Promise<void> {
  const since = {
    organizationId,
    workflowId,
    receivedAt: { $gte: new Date(Date.parse(createdAt) - clockMs) },
  };
  const own = await webhookEventsOf(db)
    .find({ ...since, runIds: _id }, { projection: { runIds: 1, replayOf: 1 } })
    .toArray();
  const repeated = own.flatMap(({ replayOf }) => replayOf ?? []);
  const originals = await webhookEventsOf(db)
    .find({ _id: { $in: repeated } }, { projection: { runIds: 1 } })
    .toArray();
  const requests = [...own, ...originals];
  const others = requests.flatMap(({ runIds }) => runIds).filter((id) => id !== _id);
  const kept = await runsOf(db)
    .find({ _id: { $in: others } }, { projection: { _id: 1 } })
    .toArray();
  const keptIds = new Set(kept.map((run) => run._id));
  const gone = requests.filter(({ runIds }) => !runIds.some((id) => keptIds.has(id)));
  await webhookEventsOf(db).deleteMany({ _id: { $in: gone.map((request) => request._id) } });
}

/** The request was received before its run was made, by the clock of another process. */
const clockMs = 60 * 60 * 1_000;
