/** Exact reads: what a run and its executions are is their records and the fold of the appends after them. */
import type { ClientSession, Db } from 'mongodb';
import { currentMs } from '../../clock.ts';
import { isFinalNodeStatus, isFinalRunStatus, nodeStatuses } from '../../engine/log/event-catalog.ts';
import type { RunProjection } from '../../engine/log/projections.ts';
import { appendsOf, headsIn } from './appends.ts';
import { executionIdOf, executionRecord, executionsOf, listRecordedExecutions } from './executions.ts';
import type { ExecutionDocument, ExecutionList } from './executions.ts';
import { projectionOf, readAfter } from './load-runs.ts';
import { RunState } from './run-state.ts';
import { runsOf } from './runs.ts';
import type { RunDocument } from './runs.ts';

const openStatuses = nodeStatuses.filter((status) => !isFinalNodeStatus(status));

/** A run as its log says, with the executions whose records may be behind. */
export interface ReadRun {
  run: RunDocument;
  /** By path. */
  changed: Map<string, ExecutionDocument>;
}

/** Reads a run; `undefined` when it is not recorded. */
export async function readRun(db: Db, runId: string, session?: ClientSession): Promise<ReadRun | undefined> {
  const options = session ? { session } : {};
  const record = await runsOf(db).findOne({ _id: runId }, options);
  const state = new RunState(runId, projectionOf(record ?? undefined));
  const appends = (await readAfter(db, [state], session)).get(runId) ?? [];
  if (appends.length > 0) {
    const paths = new Set(appends.flatMap(headsIn).flatMap(({ path }) => path ?? []));
    for (const row of await findRecorded(db, runId, [...paths], session)) state.addExecution(row);
  }
  const change = state.fold(appends);
  if (!state.run) return undefined;
  const changed = [...(change?.executions.values() ?? [])].map(
    (execution) => [execution.path, executionRecord(execution, state.run as RunProjection)] as const,
  );
  const beside = record ?? { startConfirmed: false };
  return { run: { ...beside, ...state.run, _id: runId }, changed: new Map(changed) };
}

/** Runs as their logs say, whose records were read. */
export async function foldRuns(db: Db, records: readonly RunDocument[]): Promise<RunDocument[]> {
  const states = records.map((record) => new RunState(record._id, projectionOf(record)));
  const open = states.filter(({ run }) => run && !isFinalRunStatus(run.status));
  const after = await readAfter(db, open);
  return records.map((record, index) => {
    states[index]?.fold(after.get(record._id) ?? []);
    return { ...record, ...states[index]?.run };
  });
}

/** Reads runs by id, those that have a record. */
export async function findRuns(db: Db, runIds: readonly string[]): Promise<RunDocument[]> {
  if (runIds.length === 0) return [];
  const records = runsOf(db).find({ _id: { $in: [...runIds] } });
  return foldRuns(db, await records.toArray());
}

/** The run of an organization; `null` when there is none. */
export async function findRun(db: Db, organizationId: string, runId: string): Promise<RunDocument | null> {
  const found = await readRun(db, runId);
  return found?.run.organizationId === organizationId ? found.run : null;
}

/** Reads executions of a run by path. */
export async function findExecutions(
  db: Db,
  runId: string,
  paths: readonly string[],
  session?: ClientSession,
): Promise<ExecutionDocument[]> {
  if (paths.length === 0) return [];
  const changed = (await readRun(db, runId, session))?.changed;
  if (!changed) return [];
  const known = paths.flatMap((path) => changed.get(path) ?? []);
  const others = paths.filter((path) => !changed.has(path));
  return [...known, ...(await findRecorded(db, runId, others, session))];
}

/** How long ago an execution may have begun that has no record yet, in milliseconds. */
const recentMs = 15_000;

/** Finds an execution of an organization by its id; `null` when there is none. */
export async function findExecution(
  db: Db,
  organizationId: string,
  id: string,
): Promise<ExecutionDocument | null> {
  const record = await executionsOf(db).findOne({ _id: id, organizationId });
  const place = record ?? (await findPlace(db, organizationId, id));
  if (!place) return null;
  const [found] = await findExecutions(db, place.runId, [place.path]);
  return found ?? null;
}

async function findPlace(db: Db, organizationId: string, id: string) {
  // No index knows the executions of appends: one without a record is among the latest.
  if (!/^exe_[a-z2-7]+$/.test(id)) return undefined;
  const append = await appendsOf(db).findOne({
    organizationId,
    recordedAt: { $gte: new Date(currentMs() - recentMs) },
    heads: { $regex: id },
  });
  const event = append && headsIn(append).find(({ executionId }) => executionId === id);
  return event?.path === undefined ? undefined : { runId: event.runId, path: event.path };
}

/** Lists a run's executions in path order. */
export async function listExecutions(
  db: Db,
  runId: string,
  options: ExecutionList,
): Promise<ExecutionDocument[]> {
  const changed = (await readRun(db, runId))?.changed ?? new Map<string, ExecutionDocument>();
  const limit = options.limit + changed.size;
  const recorded = await listRecordedExecutions(db, runId, { ...options, limit });
  const others = recorded.filter(({ path }) => !changed.has(path));
  const fitting = [...changed.values()].filter((execution) => fits(execution, options));
  return [...others, ...fitting].sort((a, b) => (a.path < b.path ? -1 : 1)).slice(0, options.limit);
}

function fits(execution: ExecutionDocument, { parent, status, after }: ExecutionList): boolean {
  const isInParent = parent === undefined || execution.parent === parent;
  const hasStatus = status === undefined || status.includes(execution.status);
  return isInParent && hasStatus && (after === undefined || execution.path > after);
}

/** Reads the executions of a run that have no final state. */
export async function findOpenExecutions(db: Db, runId: string): Promise<ExecutionDocument[]> {
  const changed = (await readRun(db, runId))?.changed ?? new Map<string, ExecutionDocument>();
  const recorded = await executionsOf(db)
    .find({ runId, status: { $in: openStatuses } })
    .toArray();
  const others = recorded.filter(({ path }) => !changed.has(path));
  return [...others, ...[...changed.values()].filter(({ status }) => openStatuses.includes(status))];
}

async function findRecorded(
  db: Db,
  runId: string,
  paths: readonly string[],
  session: ClientSession | undefined,
): Promise<ExecutionDocument[]> {
  if (paths.length === 0) return [];
  return executionsOf(db)
    .find({ _id: { $in: paths.map((path) => executionIdOf(runId, path)) } }, session ? { session } : {})
    .toArray();
}
