import type { Db } from 'mongodb';
import type { Definition } from '../../engine/definition/definition.ts';
import type { ExecutionDocument } from '../log/executions.ts';
import { loadRuns } from '../log/load-runs.ts';
import { findVersion } from '../workflows/workflow-versions.ts';
import { workflowsOf } from '../workflows/workflows.ts';

/** Where a wait stands. */
export interface WaitPlace {
  workflowName: string;
  /** The definition that its run follows. */
  definition: Definition | undefined;
}

/** Looks up where waits stand, each workflow and version once. */
export async function findPlaces(
  db: Db,
  waits: readonly ExecutionDocument[],
): Promise<(wait: ExecutionDocument) => WaitPlace> {
  const runIds = [...new Set(waits.map(({ runId }) => runId))];
  const workflowIds = [...new Set(waits.map(({ workflowId }) => workflowId))];
  const [runs, workflows] = await Promise.all([
    loadRuns(db, runIds),
    workflowsOf(db)
      .find({ _id: { $in: workflowIds } }, { projection: { name: 1 } })
      .toArray(),
  ]);
  const states = runs.flatMap((one) => one?.state.run ?? []);
  const versionIds = [...new Set(states.map(({ versionId }) => versionId))];
  const versions = await Promise.all(
    versionIds.map(async (id) => [id, (await findVersion(db, id))?.definition] as const),
  );
  const names = new Map(workflows.map(({ _id, name }) => [_id, name]));
  const versionOf = new Map(states.map(({ runId, versionId }) => [runId, versionId]));
  const definitions = new Map(versions);
  return ({ runId, workflowId }) => ({
    workflowName: names.get(workflowId) ?? workflowId,
    definition: definitions.get(versionOf.get(runId) ?? ''),
  });
}
