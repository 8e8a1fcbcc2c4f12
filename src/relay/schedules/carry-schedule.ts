/** Carries what MongoDB says of a workflow's schedule to its Temporal Schedule. */
import { ScheduleAlreadyRunning, ScheduleNotFoundError, ScheduleOverlapPolicy } from '@temporalio/client';
import type { Client, ScheduleOptions } from '@temporalio/client';
import type { Db, MongoClient } from 'mongodb';
import { defaultCatchUpMs } from '../../engine/schedules/schedule-times.ts';
import { fireSchedule, overdueTimes } from '../../store/schedules/fire-schedule.ts';
import type { Fired } from '../../store/schedules/fire-schedule.ts';
import { noteCarried, readSchedule, specOf } from '../../store/schedules/schedules.ts';
import type { ScheduleDocument } from '../../store/schedules/schedules.ts';
import { fireScheduleType } from '../../workflows/messages.ts';
import type { FireScheduleInput } from '../../workflows/messages.ts';
import { callTemporal } from '../call-temporal.ts';
import { temporalSpec } from './temporal-spec.ts';

/** What carrying schedules is made with. */
export interface CarryingSchedules {
  client: Client;
  mongo: MongoClient;
  db: Db;
  taskQueue: string;
  /** Hears of every firing that this process decides on. */
  onFired: (fired: Fired) => void;
}

/** Id of a workflow's Temporal Schedule: named after it, so that operators find it. */
export function temporalScheduleId({
  _id,
  workflowName,
}: Pick<ScheduleDocument, '_id' | 'workflowName'>): string {
  const slug = workflowName
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 64);
  return slug === '' ? _id : `${slug}-${_id}`;
}

/** The note of a Temporal Schedule: what it does and why it is paused. */
export function scheduleNote({ state, workflowName, workflowVersion, revision }: ScheduleDocument): string {
  const what = `${workflowName} v${workflowVersion}`;
  return state === 'paused'
    ? `Paused because the workflow is paused: ${what} (revision ${revision})`
    : `Starts runs of ${what} (revision ${revision})`;
}

/**
 * Makes, changes, pauses or removes the Temporal Schedule of a workflow, and makes up what fired in vain meanwhile.
 * Idempotent. When the schedule has changed under it, it begins again: what was carried last is what holds.
 */
export async function carrySchedule(given: CarryingSchedules, workflowId: string): Promise<void> {
  for (let isFirst = true; ; isFirst = false) {
    const schedule = await readSchedule(given.db, workflowId);
    if (!schedule || (isFirst && !schedule.uncarried)) return;
    if (await carryRevision(given, schedule)) break;
  }
  await makeUp(given, workflowId);
}

/** Fires for the scheduled times that are over and that Temporal has not fired. */
export async function makeUp(
  given: Pick<CarryingSchedules, 'mongo' | 'db' | 'onFired'>,
  workflowId: string,
): Promise<void> {
  for (const scheduledAt of await overdueTimes(given.db, workflowId))
    given.onFired(await fireSchedule(given, { workflowId, scheduledAt }));
}

/** Returns whether what was carried is still the present revision. */
async function carryRevision(given: CarryingSchedules, schedule: ScheduleDocument): Promise<boolean> {
  const { client, db } = given;
  const wantedId = schedule.state === 'removed' ? undefined : temporalScheduleId(schedule);
  // A rename gives it another id; a removal that was cut short has not noted the one it has.
  const others = [schedule.temporalId, temporalScheduleId(schedule)].filter((id) => id !== wantedId);
  for (const id of new Set(others)) if (id !== undefined) await removeSchedule(client, id);
  if (wantedId !== undefined) await putSchedule(given, schedule, wantedId);
  return noteCarried(db, schedule, wantedId);
}

async function putSchedule(
  { client, taskQueue }: CarryingSchedules,
  schedule: ScheduleDocument,
  temporalId: string,
): Promise<void> {
  const options = optionsOf(schedule, { temporalId, taskQueue });
  try {
    await callTemporal(client, () => client.schedule.create(options));
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    const { spec, action, policies, state = {} } = options;
    const handle = client.schedule.getHandle(temporalId);
    await callTemporal(client, () =>
      handle.update(() => ({ spec, action: { ...action, workflowId: temporalId }, policies, state })),
    );
  }
}

function optionsOf(schedule: ScheduleDocument, at: { temporalId: string; taskQueue: string }) {
  const spec = specOf(schedule);
  const { catchUpMs = defaultCatchUpMs } = spec;
  const input: FireScheduleInput = { workflowId: schedule._id, revision: schedule.revision };
  return {
    scheduleId: at.temporalId,
    spec: temporalSpec(spec),
    // Which runs are under way is known to the log alone: Temporal lets every firing through, and the firing decides.
    policies: { overlap: ScheduleOverlapPolicy.ALLOW_ALL, catchupWindow: catchUpMs },
    state: { paused: schedule.state === 'paused', note: scheduleNote(schedule) },
    action: {
      type: 'startWorkflow',
      workflowType: fireScheduleType,
      workflowId: at.temporalId,
      taskQueue: at.taskQueue,
      args: [input],
      staticSummary: `Starts a run of ${schedule.workflowName}`,
    },
  } satisfies ScheduleOptions;
}

async function removeSchedule(client: Client, temporalId: string): Promise<void> {
  const remove = () => client.schedule.getHandle(temporalId).delete();
  await callTemporal(client, remove).catch((error: unknown) => {
    if (!(error instanceof ScheduleNotFoundError)) throw error;
  });
}
