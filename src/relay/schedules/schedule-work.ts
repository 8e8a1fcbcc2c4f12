import type { Client } from '@temporalio/client';
import type { Db, MongoClient } from 'mongodb';
import type { Fired } from '../../store/schedules/fire-schedule.ts';
import { carrySchedule } from './carry-schedule.ts';

/** The part of the relay that is about schedules. */
export interface ScheduleWork {
  /** Carries a workflow's schedule to Temporal soon. */
  scheduleSoon(workflowId: string): void;
  /** Carries on what a firing came to. */
  fired(fired: Fired): void;
}

/** What a firing leads to. */
interface FiringRelay {
  startSoon(runId: string): void;
  deliverSoon(deliveries: Fired['deliveries']): void;
  cancelSoon(runId: string): void;
}

/** Creates the part of the relay that is about schedules. */
export function createScheduleWork(given: {
  client: Client;
  mongo: MongoClient;
  db: Db;
  taskQueues: { runs: string };
  work: { add(key: string, task: () => Promise<void>): void };
  relay: () => FiringRelay;
}): ScheduleWork {
  const { work, relay, taskQueues } = given;
  const fired = ({ runId, isNew, deliveries, cancelled }: Fired) => {
    if (isNew && runId !== undefined) relay().startSoon(runId);
    relay().deliverSoon(deliveries);
    for (const id of cancelled) relay().cancelSoon(id);
  };
  const carrying = { ...given, taskQueue: taskQueues.runs, onFired: fired };
  return {
    fired,
    scheduleSoon: (workflowId) =>
      work.add(`schedule ${workflowId}`, () => carrySchedule(carrying, workflowId)),
  };
}
