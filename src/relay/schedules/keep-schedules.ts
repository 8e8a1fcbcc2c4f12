/** Looks at what Temporal has of the schedules, and has those carried again that it lost. */
import { ScheduleNotFoundError } from '@temporalio/client';
import type { Client } from '@temporalio/client';
import type { Db, MongoClient } from 'mongodb';
import { createBackgroundWork } from '../../background-work.ts';
import { currentMs } from '../../clock.ts';
import { isDoubledNear } from '../../engine/schedules/schedule-times.ts';
import type { Logger } from '../../log.ts';
import type { Fired } from '../../store/schedules/fire-schedule.ts';
import { carryAgain, findCarried, findZoned, specOf } from '../../store/schedules/schedules.ts';
import type { ScheduleDocument } from '../../store/schedules/schedules.ts';
import { callTemporal } from '../call-temporal.ts';
import { makeUp, scheduleNote } from './carry-schedule.ts';

/** Often enough that a lost one is there again within a minute. */
const lookEveryMs = 20_000;
/** While the clock is set back, Temporal leaves out one of two equal local times: they are fired from here. */
const doubledEveryMs = 500;
const revisionInNote = /\(revision \d+\)$/;

interface Keeping {
  client: Client;
  mongo: MongoClient;
  db: Db;
  log: Logger;
  onFired: (fired: Fired) => void;
}

/** Begins to look; what it answers stops it. */
export function keepSchedules(given: Keeping): { stop(): Promise<void> } {
  const { db, log } = given;
  const closing = new AbortController();
  const onError = (error: unknown) => log.warn({ err: error }, 'the schedules could not be looked at');
  const shared = { closing: closing.signal, onError };
  let doubled: string[] = [];
  const looking = createBackgroundWork({
    ...shared,
    everyMs: lookEveryMs,
    async look() {
      await lookOnce(given);
      doubled = await doubledSchedules(db, currentMs());
    },
  });
  const firing = createBackgroundWork({
    ...shared,
    everyMs: doubledEveryMs,
    async look() {
      for (const workflowId of doubled) await makeUp(given, workflowId);
    },
  });
  return {
    async stop() {
      closing.abort();
      await Promise.all([looking.stop(), firing.stop()]);
    },
  };
}

/** Workflow ids of schedules around whose zone's time the clock is set back. */
export async function doubledSchedules(db: Db, atMs: number): Promise<string[]> {
  return (await findZoned(db)).filter((row) => isDoubledNear(specOf(row), atMs)).map(({ _id }) => _id);
}

/** Has every schedule carried again that Temporal does not have, or has as it was before; returns their workflow ids. */
export async function lookOnce(given: Pick<Keeping, 'client' | 'db' | 'log'>): Promise<string[]> {
  const { client, db, log } = given;
  const carried = await findCarried(db);
  if (carried.length === 0) return [];
  const notes = new Map<string, string>();
  for await (const { scheduleId, state } of client.schedule.list({ pageSize: 1_000 }))
    notes.set(scheduleId, state.note ?? '');
  const lost: string[] = [];
  for (const schedule of carried) if (await isLost(client, schedule, notes)) lost.push(schedule._id);
  if (lost.length > 0) {
    log.warn({ workflowIds: lost }, 'Temporal had lost schedules: they are made again');
    await carryAgain(db, lost);
  }
  return lost;
}

/** The list may lag behind: only what a description says counts. What an operator changed by hand stays. */
async function isLost(
  client: Client,
  schedule: ScheduleDocument,
  notes: ReadonlyMap<string, string>,
): Promise<boolean> {
  const { temporalId = '' } = schedule;
  if (notes.get(temporalId) === scheduleNote(schedule)) return false;
  const describe = () => client.schedule.getHandle(temporalId).describe();
  try {
    const { state } = await callTemporal(client, describe);
    const note = state.note ?? '';
    return revisionInNote.test(note) && note !== scheduleNote(schedule);
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) return true;
    throw error;
  }
}
