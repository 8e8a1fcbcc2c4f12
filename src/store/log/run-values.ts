/** Reads the values that a node's expressions name. */
import type { Db } from 'mongodb';
import type { Json, JsonObject } from '../../engine/json/json.ts';
import type { ExecutionProjection, RunProjection } from '../../engine/log/projections.ts';
import { RunNotFoundError } from './judge-facts.ts';
import { loadValue } from './payloads.ts';
import type { RunLog } from './run-log.ts';

/** A node as expressions see it. */
export interface NodeValues {
  result?: Json;
  error?: Json;
  status?: string;
}

/** `$trigger` and the identity of a run. */
export interface RunValues {
  trigger: JsonObject;
  inputs: Json;
  workflow: { id: string; version: number };
  run: { id: string; startedAt: string };
}

/** Reads executions of a run by path; what has ended is not looked up again. */
export async function readExecutions(
  runLog: RunLog,
  runId: string,
  paths: readonly string[],
): Promise<Map<string, ExecutionProjection>> {
  const seen = await runLog.state(runId);
  const state = paths.every((path) => seen.isFinal(path)) ? seen : await runLog.latest(runId);
  while (paths.some((path) => state.isForgotten(path))) await runLog.recall(state, paths);
  return new Map(
    paths.flatMap((path) => {
      const execution = state.execution(path);
      return execution ? [[path, execution] as const] : [];
    }),
  );
}

/** Reads nodes by path; a node that has not run is not in the answer. */
export async function loadNodeValues(
  { db, runLog }: { db: Db; runLog: RunLog },
  runId: string,
  paths: readonly string[],
): Promise<Map<string, NodeValues>> {
  if (paths.length === 0) return new Map();
  const executions = await readExecutions(runLog, runId, paths);
  const values = await Promise.all(
    [...executions.values()].map(async (execution): Promise<[string, NodeValues]> => {
      const result = await loadValue(db, runId, execution.result);
      return [
        execution.path,
        {
          status: execution.status,
          ...(result === undefined ? {} : { result }),
          ...(execution.error ? { error: execution.error as unknown as Json } : {}),
        },
      ];
    }),
  );
  return new Map(values);
}

/**
 * Reads the trigger of a run.
 * @param options.isStarted whether the run's start is recorded, and asked for
 * @throws RunNotFoundError when the run is not recorded
 */
export async function loadRunValues(
  { db, runLog }: { db: Db; runLog: RunLog },
  runId: string,
  options: { isStarted?: boolean } = {},
): Promise<RunValues> {
  const run = await findKnownRun(runLog, runId, options);
  const [body, request] = await Promise.all([
    loadValue(db, runId, run.input),
    loadValue(db, runId, run.request),
  ]);
  // A retry is as if the first run went on.
  const { source = null } = (run.trigger['original'] ?? run.trigger) as JsonObject;
  return {
    trigger: {
      receivedAt: run.createdAt,
      ...(request as JsonObject | undefined),
      source,
      body: body ?? null,
    },
    inputs: body ?? null,
    workflow: { id: run.workflowId, version: run.workflowVersion },
    run: { id: run.runId, startedAt: run.startedAt ?? run.createdAt },
  };
}

/** A run as far as this process knows it, or as its log says: all that a node sees of it stands in it from its start on. */
async function findKnownRun(
  runLog: RunLog,
  runId: string,
  { isStarted = false }: { isStarted?: boolean },
): Promise<RunProjection> {
  const seen = (await runLog.state(runId)).run;
  const isKnown = seen !== undefined && (!isStarted || seen.startedAt !== undefined);
  const run = isKnown ? seen : (await runLog.latest(runId)).run;
  if (!run) throw new RunNotFoundError(runId);
  return run;
}
