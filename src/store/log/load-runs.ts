/** Reads runs as the log proves them: their records, and the appends after them. */
import type { ClientSession, Db, Filter } from 'mongodb';
import type { RunProjection } from '../../engine/log/projections.ts';
import { appendIdOf, appendRange, appendsOf, headsIn } from './appends.ts';
import type { AppendDocument } from './appends.ts';
import { executionIdOf, executionsOf } from './executions.ts';
import { RunState } from './run-state.ts';
import type { RunChange } from './run-state.ts';
import { runsOf } from './runs.ts';
import type { RunDocument } from './runs.ts';

/** A run that was read. */
export interface LoadedRun {
  state: RunState;
  /** What its record does not have in it yet. */
  unproven: RunChange | undefined;
}

/** Reads runs; one that is not recorded is `undefined`. A few round trips, however many they are. */
export async function loadRuns(
  db: Db,
  runIds: readonly string[],
  session?: ClientSession,
): Promise<(LoadedRun | undefined)[]> {
  const options = session ? { session } : {};
  // Whoever asks twice gets the same state.
  const ids = [...new Set(runIds)];
  const records = await runsOf(db)
    .find({ _id: { $in: ids } }, options)
    .toArray();
  const byId = new Map(records.map((record) => [record._id, record]));
  const states = ids.map((runId) => new RunState(runId, projectionOf(byId.get(runId))));
  await readOpenExecutions(db, states, session);
  const after = await readAfter(db, states, session);
  const loaded = new Map<string, LoadedRun>();
  for (const state of states) {
    const unproven = state.fold(after.get(state.runId) ?? []);
    if (state.run) loaded.set(state.runId, { state, unproven });
  }
  for (const one of loaded.values()) await meetExecutions(db, one, session);
  return runIds.map((runId) => loaded.get(runId));
}

/** The appends behind each of the states, by run id. */
export async function readAfter(
  db: Db,
  states: readonly Pick<RunState, 'runId' | 'lastSequence'>[],
  session?: ClientSession,
): Promise<Map<string, AppendDocument[]>> {
  const ranges = states.map(({ runId, lastSequence }) => ({ _id: appendRange(runId, lastSequence + 1) }));
  const found = new Map<string, AppendDocument[]>();
  if (ranges.length === 0) return found;
  const filter = ranges.length === 1 ? (ranges[0] as Filter<AppendDocument>) : { $or: ranges };
  const appends = appendsOf(db)
    .find(filter, session ? { session } : {})
    .sort({ _id: 1 });
  for await (const append of appends) {
    const own = found.get(append.runId);
    if (own) own.push(append);
    else found.set(append.runId, [append]);
  }
  return found;
}

/** What a run's record has in it is known by heads alone; only what is open is read whole. */
async function readOpenExecutions(
  db: Db,
  states: readonly RunState[],
  session: ClientSession | undefined,
): Promise<void> {
  const options = session ? { session } : {};
  const begun = states.filter(({ lastSequence }) => lastSequence > 0);
  if (begun.length === 0) return;
  const byId = new Map(begun.map((state) => [state.runId, state]));
  const ranges = begun.map(({ runId, lastSequence }) => ({
    _id: { $gte: appendIdOf(runId, 1), $lt: appendIdOf(runId, lastSequence + 1) },
  }));
  const heads = appendsOf(db).find({ $or: ranges }, { ...options, projection: { events: 0, request: 0 } });
  for await (const append of heads) byId.get(append.runId)?.addHeads(headsIn(append));
  const ids = begun.flatMap((state) => state.openPaths().map((path) => executionIdOf(state.runId, path)));
  if (ids.length === 0) return;
  for await (const row of executionsOf(db).find({ _id: { $in: ids } }, options)) {
    const { _id, organizationId: _o, parent: _p, correlationId: _c, ...execution } = row;
    byId.get(row.runId)?.addExecution(execution);
  }
}

/** A record of an execution may be ahead of what was read of the log: then there is more of it. */
async function meetExecutions(db: Db, loaded: LoadedRun, session: ClientSession | undefined): Promise<void> {
  const { state } = loaded;
  const isBehind = () => [...state.executions()].some((one) => one.lastSequence > state.lastSequence);
  if (!isBehind()) return;
  const more = (await readAfter(db, [state], session)).get(state.runId) ?? [];
  loaded.unproven = joinChanges(loaded.unproven, state.fold(more));
}

/** Two changes of a run as one; of each part the newest. */
export function joinChanges(
  first: RunChange | undefined,
  next: RunChange | undefined,
): RunChange | undefined {
  if (!first || !next) return next ?? first;
  const executions = new Map(first.executions);
  for (const execution of next.executions.values()) {
    const known = executions.get(execution.path);
    if (!known || known.lastSequence < execution.lastSequence) executions.set(execution.path, execution);
  }
  return {
    runId: first.runId,
    run: next.run.lastSequence < first.run.lastSequence ? first.run : next.run,
    events: [...first.events, ...next.events],
    executions,
    request: first.request ?? next.request,
  };
}

/** The part of a run's record that its log makes. */
export function projectionOf(record: RunDocument | undefined): RunProjection | undefined {
  if (!record) return undefined;
  const { _id, startConfirmed, resumeRequests, cancelRequest, ...run } = record;
  return run;
}
