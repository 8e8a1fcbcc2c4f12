/** A firing: decides, once, whether a scheduled time starts a run. */
import type { ClientSession, Db, MongoClient } from 'mongodb';
import { currentMs, currentTime } from '../../clock.ts';
import { isFinalRunStatus, openRunStatuses } from '../../engine/log/event-catalog.ts';
import { defaultCatchUpMs, firstTimes, scheduleTimes } from '../../engine/schedules/schedule-times.ts';
import type { OverlapRule } from '../../engine/schedules/schedule-times.ts';
import type { DeliveryDocument } from '../deliveries/deliveries.ts';
import { recordValue } from '../log/payloads.ts';
import { readRun } from '../log/read-runs.ts';
import { requestRunCancel } from '../log/run-record.ts';
import { runsOf } from '../log/runs.ts';
import { carryOutRuns } from '../log/sweep-appends.ts';
import { inTransaction } from '../mongo/database.ts';
import { deriveId } from '../mongo/ids.ts';
import { acceptRun } from '../starts/accept-run.ts';
import { findSchedule, schedulesOf, specOf } from './schedules.ts';
import type { FiringOutcome, ScheduleDocument } from './schedules.ts';

/** A scheduled time. */
export interface Firing {
  workflowId: string;
  scheduledAt: Date;
  /** The schedule's revision by which it fired; absent: the present one. */
  revision?: number;
  /** What is made up on request: it may be of any time. */
  backfill?: { overlap: OverlapRule; nonce?: string };
}

/** What a firing came to. */
export interface Fired {
  outcome: FiringOutcome;
  /** The run of this scheduled time when there is one; of one that is buffered, that of the time which waited before it. */
  runId?: string;
  /** Why there is none. */
  reason?: string;
  /** Runs that make room for it. */
  cancelled: string[];
  deliveries: DeliveryDocument[];
  /** Whether this call made the run. */
  isNew: boolean;
}

type Store = { mongo: MongoClient; db: Db };

/** Clocks and the way from Temporal may take this long, in milliseconds, beyond `catchUpMs`. */
const graceMs = 5_000;

/** The id of the run of a scheduled time: a firing is one run, however often it is reported. */
export function firingRunId(workflowId: string, scheduledAt: Date, nonce?: string): string {
  return deriveId('run', workflowId, scheduledAt.toISOString(), ...(nonce === undefined ? [] : [nonce]));
}

/** Decides on a firing and, when it is one, begins its run: in one transaction, so that firings at once are judged in turn. */
export async function fireSchedule(given: Store, firing: Firing): Promise<Fired> {
  const work = async (session: ClientSession) => {
    const fired = await decide(given.db, session, firing);
    if (!firing.backfill) await noteFiring(given.db, session, firing, fired);
    return fired;
  };
  return carriedOut(given.db, await inTurn(firing.workflowId, () => inTransaction(given.mongo, work)));
}

/** What the commit of a firing leads to; killed before it, the sweep of the log does it. */
async function carriedOut(db: Db, fired: Fired): Promise<Fired> {
  if (!fired.isNew || fired.runId === undefined) return fired;
  return { ...fired, deliveries: (await carryOutRuns(db, [fired.runId])).deliveries };
}

/** By workflow, what the next firing of this process waits for. */
const turns = new Map<string, Promise<unknown>>();

/** One firing of a schedule after the other: at once, after an outage, they would keep each other from committing. */
async function inTurn<Result>(workflowId: string, work: () => Promise<Result>): Promise<Result> {
  const mine = (turns.get(workflowId) ?? Promise.resolve()).then(work, work);
  turns.set(workflowId, mine);
  try {
    return await mine;
  } finally {
    if (turns.get(workflowId) === mine) turns.delete(workflowId);
  }
}

async function decide(db: Db, session: ClientSession, firing: Firing): Promise<Fired> {
  const { workflowId, scheduledAt, backfill } = firing;
  const runId = firingRunId(workflowId, scheduledAt, backfill?.nonce);
  // The write makes firings of one schedule wait for each other.
  const schedule = await schedulesOf(db).findOneAndUpdate(
    { _id: workflowId },
    { $set: { updatedAt: currentTime() } },
    { session, returnDocument: 'after' },
  );
  if (await isRecorded(db, session, runId)) return nothing({ outcome: 'started', runId });
  const refusal = schedule ? refusalOf(schedule, firing) : { outcome: 'skipped' as const, reason: 'removed' };
  if (!schedule || refusal) return nothing(refusal as Refusal);
  return decideOverlap(db, session, {
    ...{ schedule, runId, scheduledAt },
    ...(backfill ? { overlap: backfill.overlap } : {}),
  });
}

type Refusal = Pick<Fired, 'outcome' | 'reason'>;

interface Due {
  schedule: ScheduleDocument;
  runId: string;
  scheduledAt: Date;
}

async function decideOverlap(
  db: Db,
  session: ClientSession,
  { overlap: asked, ...due }: Due & { overlap?: OverlapRule },
): Promise<Fired> {
  const { schedule } = due;
  const overlap = asked ?? specOf(schedule).overlap ?? 'skip';
  const open = overlap === 'allow_all' ? [] : await openRunIds(db, session, schedule._id);
  if (overlap === 'buffer_one') return decideBuffered(db, session, due, open.length === 0);
  if (open.length === 0 || overlap === 'cancel_other') return begin(db, session, { ...due, cancelled: open });
  return nothing({ outcome: 'skipped', reason: 'overlap' });
}

async function decideBuffered(db: Db, session: ClientSession, due: Due, isFree: boolean): Promise<Fired> {
  const { schedule, scheduledAt } = due;
  const { buffered } = schedule;
  const isOther = buffered !== undefined && buffered.getTime() !== scheduledAt.getTime();
  if (isFree && !isOther) return begin(db, session, { ...due, cancelled: [] });
  if (!isFree && isOther) return nothing({ outcome: 'skipped', reason: 'overlap' });
  await schedulesOf(db).updateOne({ _id: schedule._id }, { $set: { buffered: scheduledAt } }, { session });
  if (!isOther) return nothing({ outcome: 'buffered' });
  // The one that has waited goes first: its turn has come, and nobody has looked yet.
  const first = {
    schedule,
    scheduledAt: buffered,
    runId: firingRunId(schedule._id, buffered),
    cancelled: [],
  };
  return { ...(await begin(db, session, first)), outcome: 'buffered' };
}

/** Why a scheduled time starts no run whatever else runs; `undefined`: it may. */
function refusalOf(
  schedule: ScheduleDocument,
  firing: Firing,
): Pick<Fired, 'outcome' | 'reason'> | undefined {
  const skipped = (reason: string) => ({ outcome: 'skipped', reason }) as const;
  if (schedule.state !== 'active') return skipped(schedule.state);
  if (firing.backfill) return undefined;
  if (firing.scheduledAt < schedule.liveSince) return skipped('not_live');
  if (isMissed(schedule, firing)) return { outcome: 'missed', reason: 'later than catchUpMs' };
  return isOfBefore(schedule, firing) ? skipped('changed') : undefined;
}

function isMissed(schedule: ScheduleDocument, { scheduledAt }: Firing): boolean {
  const { catchUpMs = defaultCatchUpMs, jitterMs = 0 } = specOf(schedule);
  return currentMs() - scheduledAt.getTime() > catchUpMs + jitterMs + graceMs;
}

/** Whether it fired before Temporal knew of a change, at a time that is none of what is live now. */
function isOfBefore(schedule: ScheduleDocument, { revision, scheduledAt }: Firing): boolean {
  if (revision === undefined || revision >= schedule.revision) return false;
  const [next] = firstTimes(specOf(schedule), scheduledAt.getTime(), 1);
  return next !== scheduledAt.getTime();
}

async function isRecorded(db: Db, session: ClientSession, runId: string): Promise<boolean> {
  return (await runsOf(db).findOne({ _id: runId }, { session, projection: { _id: 1 } })) !== null;
}

/** The runs of a schedule that have not ended. A record may lag behind the run's end, never behind its beginning. */
async function openRunIds(db: Db, session: ClientSession, workflowId: string): Promise<string[]> {
  const rows = await runsOf(db)
    .find(
      { workflowId, 'trigger.source': 'schedule', status: { $in: [...openRunStatuses] } },
      { session, projection: { _id: 1 } },
    )
    .toArray();
  const open: string[] = [];
  for (const { _id } of rows) {
    const run = (await readRun(db, _id, session))?.run;
    if (run && !isFinalRunStatus(run.status)) open.push(_id);
  }
  return open;
}

async function begin(db: Db, session: ClientSession, given: Due & { cancelled: string[] }): Promise<Fired> {
  const { schedule, runId, scheduledAt, cancelled } = given;
  const { organizationId, versionId, workflowVersion } = schedule;
  await acceptRun(db, session, {
    ...{ runId, organizationId, workflowVersion, versionId },
    workflowId: schedule._id,
    trigger: { source: 'schedule', scheduledAt: scheduledAt.toISOString() },
    input: await recordValue(db, { runId, organizationId }, specOf(schedule).input ?? null),
  });
  // Outside the transaction: a cancel that is asked for although the firing comes to nothing is made by its repetition.
  for (const id of cancelled) await requestRunCancel(db, id, 'replaced by a later firing of its schedule');
  return { outcome: 'started', runId, cancelled, deliveries: [], isNew: true };
}

async function noteFiring(
  db: Db,
  session: ClientSession,
  { workflowId, scheduledAt }: Firing,
  { outcome, isNew }: Fired,
): Promise<void> {
  const isRepeated = outcome === 'started' && !isNew;
  await schedulesOf(db).updateOne(
    { _id: workflowId },
    {
      $max: { decidedUntil: scheduledAt },
      ...(isRepeated ? {} : { $inc: { [`firings.${outcome}`]: 1 } }),
    },
    { session },
  );
}

function nothing(fired: Omit<Fired, 'cancelled' | 'deliveries' | 'isNew'>): Fired {
  return { ...fired, cancelled: [], deliveries: [], isNew: false };
}

/** Begins the run of a firing that has waited, when the runs of earlier ones have ended. Returns `null` when it waits on. */
export async function releaseBuffered(given: Store, workflowId: string): Promise<Fired | null> {
  const fired = await inTransaction(given.mongo, (session) => beginBuffered(given.db, session, workflowId));
  return fired && carriedOut(given.db, fired);
}

async function beginBuffered(db: Db, session: ClientSession, workflowId: string): Promise<Fired | null> {
  const schedule = await schedulesOf(db).findOneAndUpdate(
    { _id: workflowId, state: 'active', buffered: { $exists: true } },
    { $unset: { buffered: true } },
    { session, returnDocument: 'before' },
  );
  if (!schedule?.buffered) return null;
  const scheduledAt = schedule.buffered;
  const runId = firingRunId(workflowId, scheduledAt);
  if (await isRecorded(db, session, runId)) return nothing({ outcome: 'started', runId });
  if ((await openRunIds(db, session, workflowId)).length > 0) {
    await schedulesOf(db).updateOne({ _id: workflowId }, { $set: { buffered: scheduledAt } }, { session });
    return null;
  }
  await schedulesOf(db).updateOne({ _id: workflowId }, { $inc: { 'firings.started': 1 } }, { session });
  return begin(db, session, { schedule, runId, scheduledAt, cancelled: [] });
}

/** Workflow ids of schedules with a firing that waits. */
export async function bufferedSchedules(db: Db, limit: number): Promise<string[]> {
  const rows = await schedulesOf(db)
    .find({ buffered: { $exists: true } }, { projection: { _id: 1 } })
    .limit(limit)
    .toArray();
  return rows.map(({ _id }) => _id);
}

/**
 * The scheduled times that nobody has decided on although they are over, as far back as they are made up: Temporal did not
 * know the schedule, or leaves out a local time that comes twice.
 * @param now epoch milliseconds
 */
export async function overdueTimes(db: Db, workflowId: string, now = currentMs()): Promise<Date[]> {
  const schedule = await findSchedule(db, workflowId);
  if (schedule?.state !== 'active') return [];
  const spec = specOf(schedule);
  const decided = (schedule.decidedUntil?.getTime() ?? -1) + 1;
  const from = Math.max(schedule.liveSince.getTime(), now - (spec.catchUpMs ?? defaultCatchUpMs), decided);
  const times: Date[] = [];
  for (const time of scheduleTimes(spec, from)) {
    if (time > now) break;
    times.push(new Date(time));
  }
  return times;
}
