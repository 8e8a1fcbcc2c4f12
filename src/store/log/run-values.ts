/** Reads the values that a node's expressions name. */
import type { Db } from 'mongodb';
import type { Json, JsonObject } from '../../engine/json/json.ts';
import { findExecutions } from './executions.ts';
import { loadValue } from './payloads.ts';
import { runsOf } from './runs.ts';

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

/** Reads nodes by path; a node that has not run is not in the answer. */
export async function loadNodeValues(
  db: Db,
  runId: string,
  paths: readonly string[],
): Promise<Map<string, NodeValues>> {
  const executions = await findExecutions(db, runId, paths);
  const values = await Promise.all(
    executions.map(async (execution): Promise<[string, NodeValues]> => {
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

/** Reads the trigger of a run. @throws Error when the run is not recorded */
export async function loadRunValues(db: Db, runId: string): Promise<RunValues> {
  const run = await runsOf(db).findOne({ _id: runId });
  if (!run) throw new Error(`run ${runId} is not recorded`);
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
