import type { Db } from 'mongodb';
import type { Definition } from '../../engine/definition/definition.ts';
import type { ExecutionDocument } from '../log/executions.ts';
import { runsOf } from '../log/runs.ts';
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
    runsOf(db)
      .find({ _id: { $in: runIds } }, { projection: { versionId: 1 } })
      .toArray(),
    workflowsOf(db)
      .find({ _id: { $in: workflowIds } }, { projection: { name: 1 } })
      .toArray(),
  ]);
  const versionIds = [...new Set(runs.map(({ versionId }) => versionId))];
  const versions = await Promise.all(
    versionIds.map(async (id) => [id, (await findVersion(db, id))?.definition] as const),
  );
  const names = new Map(workflows.map(({ _id, name }) => [_id, name]));
  const versionOf = new Map(runs.map(({ _id, versionId }) => [_id, versionId]));
  const definitions = new Map(versions);
  return ({ runId, workflowId }) => ({
    workflowName: names.get(workflowId) ?? workflowId,
    definition: definitions.get(versionOf.get(runId) ?? ''),
  });
}
