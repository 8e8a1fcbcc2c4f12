import type { ClientSession, Db } from 'mongodb';
import type { Fact } from '../../engine/log/facts.ts';
import type { RunProjection } from '../../engine/log/projections.ts';
import { createState, matchEndpoints, record, writeWithDeliveries } from '../log/append-transaction.ts';
import type { AppendState } from '../log/append-state.ts';
import type { DeliveryDocument } from '../deliveries/deliveries.ts';
import { eventsOf } from '../log/events.ts';
import { runsOf } from '../log/runs.ts';
import type { RunDocument } from '../log/runs.ts';

/** A run that begins with its `run.queued`. */
export interface BeginningRun {
  runId: string;
  queued: Fact;
}

/**
 * Begins runs in the caller's transaction and answers the deliveries that this causes. Their ids are new, so nothing is
 * looked up; the round trips are as many for many runs as for one.
 */
export async function beginRuns(
  db: Db,
  session: ClientSession,
  runs: readonly BeginningRun[],
): Promise<DeliveryDocument[]> {
  const states = runs.map(begin);
  const records = states.map(({ run }) => ({ ...run, _id: run.runId, startConfirmed: false }) as RunDocument);
  const events = states.flatMap((state) => state.events);
  return writeWithDeliveries(db, session, {
    matching: matchEndpoints(db, events),
    async write() {
      await runsOf(db).insertMany(records, { session });
      await eventsOf(db).insertMany(events, { session });
    },
  });
}

function begin({ runId, queued }: BeginningRun): AppendState & { run: RunProjection } {
  const nothing = { run: undefined, isNewRun: true, knownIds: new Set<string>(), executions: new Map() };
  const state = createState(runId, nothing);
  const { run } = record(state, queued);
  return { ...state, run };
}
