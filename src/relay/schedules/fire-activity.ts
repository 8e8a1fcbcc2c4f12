import type { Db, MongoClient } from 'mongodb';
import { fireSchedule } from '../../store/schedules/fire-schedule.ts';
import type { FireScheduleInput } from '../../workflows/messages.ts';
import type { Relay } from '../relay.ts';

/** Creates the Activity of the schedules' firings; it answers what the Temporal UI is to show. */
export function createFireSchedule(given: { mongo: MongoClient; db: Db; relay: Pick<Relay, 'fired'> }) {
  return async (firing: FireScheduleInput & { scheduledAt: string }) => {
    const fired = await fireSchedule(given, { ...firing, scheduledAt: new Date(firing.scheduledAt) });
    given.relay.fired(fired);
    const { outcome, runId, reason } = fired;
    return {
      outcome,
      ...(runId === undefined ? {} : { runId }),
      ...(reason === undefined ? {} : { reason }),
    };
  };
}
