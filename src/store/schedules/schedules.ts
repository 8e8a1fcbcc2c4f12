import type { ClientSession, Collection, Db } from 'mongodb';
import { currentTime } from '../../clock.ts';
import type { Definition } from '../../engine/definition/definition.ts';
import type { ScheduleSpec } from '../../engine/schedules/schedule-times.ts';
import type { CollectionIndexes } from '../mongo/indexes.ts';
import { versionIdOf, versionsOf } from '../workflows/workflow-versions.ts';
import type { WorkflowDocument } from '../workflows/workflows.ts';

/** States of a schedule; `removed` stays as a row until Temporal has forgotten it too. */
export const scheduleStates = ['active', 'paused', 'removed'] as const;
export type ScheduleState = (typeof scheduleStates)[number];

/** What came of a firing. */
export type FiringOutcome = 'started' | 'buffered' | 'skipped' | 'missed';

/** The schedule of a workflow whose live version has a `schedule` trigger: what Temporal is to hold, and what it has done. */
export interface ScheduleDocument {
  /** The workflow id. */
  _id: string;
  organizationId: string;
  workflowName: string;
  state: ScheduleState;
  versionId: string;
  workflowVersion: number;
  /** The trigger's payload, as JSON text. */
  spec: string;
  /** Counts the changes. */
  revision: number;
  /** Set while Temporal is not known to hold the present revision. */
  uncarried?: true;
  /** Id of the Temporal Schedule, once there is one. */
  temporalId?: string;
  /** Firings of an earlier time are none: it was paused, or fired by other times. */
  liveSince: Date;
  /** The scheduled time of a firing that waits for runs of earlier ones to end. */
  buffered?: Date;
  /** The latest scheduled time that was decided on. */
  decidedUntil?: Date;
  /** Firings so far, by what came of them. */
  firings: Partial<Record<FiringOutcome, number>>;
  updatedAt: Date;
}

export const scheduleIndexes: CollectionIndexes = {
  collection: 'schedules',
  indexes: [
    { key: { uncarried: 1 }, name: 'uncarried', sparse: true },
    { key: { buffered: 1 }, name: 'buffered', sparse: true },
  ],
};

/** The collection of schedules. */
export function schedulesOf(db: Db): Collection<ScheduleDocument> {
  return db.collection<ScheduleDocument>('schedules');
}

/** The schedule of a workflow; `null` when it has none, or had one. */
export async function findSchedule(db: Db, workflowId: string): Promise<ScheduleDocument | null> {
  return schedulesOf(db).findOne({ _id: workflowId, state: { $ne: 'removed' } });
}

/** Reads the row of a workflow's schedule, also of a removed one. */
export function readSchedule(db: Db, workflowId: string): Promise<ScheduleDocument | null> {
  return schedulesOf(db).findOne({ _id: workflowId });
}

/** Returns the active schedules that go by the clock of a time zone. */
export function findZoned(db: Db): Promise<ScheduleDocument[]> {
  return schedulesOf(db)
    .find({ state: 'active', spec: /"timezone"/ })
    .toArray();
}

/** Returns the schedules that Temporal is known to hold as they are. */
export function findCarried(db: Db): Promise<ScheduleDocument[]> {
  return schedulesOf(db)
    .find({ state: { $ne: 'removed' }, temporalId: { $exists: true }, uncarried: { $exists: false } })
    .toArray();
}

/** The trigger's payload of a schedule. */
export function specOf({ spec }: Pick<ScheduleDocument, 'spec'>): ScheduleSpec {
  return JSON.parse(spec) as ScheduleSpec;
}

type Wanted = Pick<ScheduleDocument, 'state' | 'versionId' | 'workflowVersion' | 'spec' | 'workflowName'>;

/**
 * Lets the schedule follow its workflow, in the transaction that changes the workflow: after it has committed, the relay
 * carries what differs to Temporal.
 */
export async function followWorkflow(
  db: Db,
  session: ClientSession,
  workflow: WorkflowDocument,
): Promise<void> {
  const before = await schedulesOf(db).findOne({ _id: workflow._id }, { session });
  const next =
    (await wantedSchedule(db, session, workflow)) ?? (before && { ...before, state: 'removed' as const });
  if (!next || (before && isSame(before, next))) return;
  const now = currentTime();
  const { state, versionId, workflowVersion, spec, workflowName } = next;
  const changed = { state, versionId, workflowVersion, spec, workflowName, updatedAt: now };
  const created = { organizationId: workflow.organizationId, firings: {} };
  // What waited, and what was due, belongs to what was live before.
  const begun = firesOn(before, next) ? {} : { $unset: { buffered: true as const } };
  await schedulesOf(db).updateOne(
    { _id: workflow._id },
    {
      $set: { ...changed, uncarried: true, ...('$unset' in begun ? { liveSince: now } : {}) },
      $inc: { revision: 1 },
      $setOnInsert: created,
      ...begun,
    },
    { session, upsert: true },
  );
}

/** Whether a schedule fires after a change as before. */
function firesOn(before: ScheduleDocument | null, next: Wanted): boolean {
  return before?.state === 'active' && next.state === 'active' && before.spec === next.spec;
}

async function wantedSchedule(
  db: Db,
  session: ClientSession,
  workflow: WorkflowDocument,
): Promise<Wanted | undefined> {
  const { status, liveVersion, name } = workflow;
  if (liveVersion === null || (status !== 'active' && status !== 'paused')) return undefined;
  // The version may be of the same transaction.
  const _id = versionIdOf(workflow._id, liveVersion);
  const version = await versionsOf(db).findOne({ _id }, { session });
  const nodes = version ? (JSON.parse(version.definition) as Definition).nodes : {};
  const trigger = Object.values(nodes).find((node) => node.type === 'schedule');
  if (!version || !trigger) return undefined;
  return {
    state: status,
    versionId: version._id,
    workflowVersion: version.number,
    spec: JSON.stringify(trigger.payload),
    workflowName: name,
  };
}

function isSame(before: ScheduleDocument, next: Wanted): boolean {
  return (['state', 'versionId', 'workflowName'] as const).every((member) => before[member] === next[member]);
}

/** Schedules whose present revision Temporal is not known to hold. */
export async function uncarriedSchedules(db: Db, limit: number): Promise<ScheduleDocument[]> {
  return schedulesOf(db).find({ uncarried: true }).limit(limit).toArray();
}

/** Notes what Temporal holds. Returns whether that is the present revision. */
export async function noteCarried(
  db: Db,
  schedule: Pick<ScheduleDocument, '_id' | 'revision'>,
  temporalId: string | undefined,
): Promise<boolean> {
  const { _id, revision } = schedule;
  const { matchedCount } = await schedulesOf(db).updateOne(
    { _id, revision },
    temporalId === undefined
      ? { $unset: { uncarried: true, temporalId: true } }
      : { $set: { temporalId }, $unset: { uncarried: true } },
  );
  return matchedCount === 1;
}

/** Lets the relay carry schedules again, whatever Temporal was known to hold. */
export async function carryAgain(db: Db, ids: readonly string[]): Promise<void> {
  await schedulesOf(db).updateMany({ _id: { $in: [...ids] } }, { $set: { uncarried: true } });
}

/** Counts the schedules by state, and those that wait to be carried to Temporal. */
export async function countSchedules(db: Db): Promise<{ byState: Record<string, number>; waiting: number }> {
  const isWaiting = { $cond: ['$uncarried', 1, 0] };
  const rows = await schedulesOf(db)
    .aggregate<{ _id: ScheduleState; count: number; waiting: number }>([
      { $group: { _id: '$state', count: { $sum: 1 }, waiting: { $sum: isWaiting } } },
    ])
    .toArray();
  const counts = new Map(rows.map(({ _id, count }) => [_id, count]));
  return {
    byState: { active: counts.get('active') ?? 0, paused: counts.get('paused') ?? 0 },
    waiting: rows.reduce((sum, { waiting }) => sum + waiting, 0),
  };
}
