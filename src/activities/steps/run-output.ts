/** The output of a run, from the results of its nodes. */
import { endNodes } from '../../engine/definition/end-nodes.ts';
import type { Json, JsonObject } from '../../engine/json/json.ts';
import type { RecordedValue } from '../../engine/log/facts.ts';
import type { NodeCall } from '../../engine/log/node-call.ts';
import type { ExecutionProjection } from '../../engine/log/projections.ts';
import type { NodeStore } from '../dependencies.ts';
import type { RecorderDependencies } from '../recorder/dependencies.ts';

type Store = Pick<NodeStore, 'definition' | 'loadValue' | 'recordValue' | 'succeeded'>;
/** Whose output it is. */
type Owner = Pick<NodeCall, 'runId' | 'organizationId' | 'versionId'>;
type Succeeded = Pick<ExecutionProjection, 'nodeId' | 'nodeType' | 'result'>;

/** Reads the value of the first `output` node that ran; `undefined` when none did. `succeeded`: in the order of their ends. */
export async function givenOutput(
  store: Store,
  owner: Owner,
  succeeded: readonly Succeeded[],
): Promise<RecordedValue | undefined> {
  const output = succeeded.find(({ nodeType }) => nodeType === 'output');
  if (!output) return undefined;
  const result = (await store.loadValue(owner.runId, output.result)) as JsonObject;
  return store.recordValue(owner, result['value'] ?? null);
}

/**
 * Collects the value of the first `output` node that ran, else the results of the end nodes by id.
 * Source: the definition page, run status and output.
 */
export async function collectOutput(
  store: Store,
  owner: Owner,
  succeeded: readonly Succeeded[],
): Promise<RecordedValue> {
  const given = await givenOutput(store, owner, succeeded);
  if (given) return given;
  const definition = await store.definition(owner.versionId);
  const ids = succeeded.map(({ nodeId }) => nodeId);
  const ends = new Set(endNodes(definition, ids));
  const results = await Promise.all(
    succeeded
      .filter(({ nodeId }) => ends.has(nodeId))
      .map(async ({ nodeId, result }): Promise<[string, Json]> => [
        nodeId,
        (await store.loadValue(owner.runId, result)) ?? null,
      ]),
  );
  return store.recordValue(owner, Object.fromEntries(results));
}

/** Returns what collects the output of a run that ends with the success of a node, by what this process knows of it. */
export function outputOf(store: Store & Pick<NodeStore, 'succeededSoFar'>): RecorderDependencies['outputOf'] {
  return async (call, result) => {
    const { succeeded, lastSequence } = await store.succeededSoFar(call.runId);
    const output = await collectOutput(store, call, [...succeeded, { ...call, result }]);
    return { output, after: lastSequence };
  };
}
