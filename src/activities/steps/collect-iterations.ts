import { currentTime } from '../../clock.ts';
import type { Definition } from '../../engine/definition/definition.ts';
import { endNodes } from '../../engine/definition/end-nodes.ts';
import type { Json, JsonObject } from '../../engine/json/json.ts';
import type { CloseLoopCall } from '../../engine/log/node-call.ts';
import type { ExecutionProjection } from '../../engine/log/projections.ts';
import { parseTemplate } from '../../expressions/parse/template.ts';
import type { ActivityDependencies } from '../dependencies.ts';
import { loadBindings } from '../load-bindings.ts';

/** `signal`: nobody waits for the iterations any more. */
type CollectCall = CloseLoopCall & { signal: AbortSignal };

/** Iterations that are read together. */
const batch = 200;

/** Returns the iterations of a `for-each` in item order: `{ index, key, status, result, error }`. */
export async function collectIterations(
  deps: ActivityDependencies,
  call: CollectCall,
  payload: JsonObject,
): Promise<Json[]> {
  const definition = await deps.store.definition(call.versionId);
  const failures = new Map(call.failedPaths.map((path) => [indexOf(call.path, path), path]));
  const iterations: Json[] = [];
  for (let from = 0; from < call.started; from += batch) {
    call.signal.throwIfAborted();
    const indexes = Array.from(
      { length: Math.min(batch, call.started - from) },
      (_, offset) => from + offset,
    );
    const parents = indexes.map((index) => `${call.path}[${index}]`);
    const executions = await deps.store.executionsIn(call.runId, parents);
    iterations.push(
      ...(await Promise.all(
        indexes.map((index) =>
          describe(
            deps,
            { call, payload, definition, index, failedPath: failures.get(index) },
            executions.get(`${call.path}[${index}]`) ?? [],
          ),
        ),
      )),
    );
  }
  return iterations;
}

interface Iteration {
  call: CollectCall;
  payload: JsonObject;
  definition: Definition;
  index: number;
  failedPath: string | undefined;
}

async function describe(
  deps: ActivityDependencies,
  iteration: Iteration,
  executions: ExecutionProjection[],
): Promise<Json> {
  const { index, payload, failedPath } = iteration;
  const key =
    payload['itemKey'] === undefined ? String(index) : await evaluate(deps, iteration, payload['itemKey']);
  if (failedPath !== undefined) {
    const failed = executions.find((execution) => execution.path === failedPath);
    return { index, key, status: 'failure', result: null, error: (failed?.error ?? null) as unknown as Json };
  }
  const { collect } = payload;
  const result =
    collect === undefined
      ? await resultOf(deps, iteration, executions)
      : await evaluate(deps, iteration, collect);
  return { index, key, status: 'success', result, error: null };
}

/** Without `collect`: the result of the iteration's one end node, or an object of them by id. */
async function resultOf(
  deps: ActivityDependencies,
  { call, definition }: Iteration,
  executions: ExecutionProjection[],
): Promise<Json> {
  const succeeded = executions.filter(({ status }) => status === 'success' || status === 'partial');
  const ends = endNodes(
    definition,
    succeeded.map(({ nodeId }) => nodeId),
  );
  const results = await Promise.all(
    ends.map(async (id): Promise<[string, Json]> => {
      const execution = succeeded.find(({ nodeId }) => nodeId === id);
      return [id, (await deps.store.loadValue(call.runId, execution?.result)) ?? null];
    }),
  );
  return results.length === 1 ? (results[0]?.[1] ?? null) : Object.fromEntries(results);
}

/** Evaluates an expression as a node of the iteration would. */
async function evaluate(
  deps: ActivityDependencies,
  { call, definition, index }: Iteration,
  template: Json,
): Promise<Json> {
  const { references } = parseTemplate(template).template;
  const { runId, organizationId } = call;
  const place = { runId, organizationId, path: `${call.path}[${index}]/collect`, definition };
  const bindings = await loadBindings(deps, place, references);
  return deps.evaluator.resolve(template, bindings, {
    now: currentTime(),
    strict: definition.settings.strict,
    owner: call.versionId,
    signal: call.signal,
  });
}

function indexOf(loopPath: string, failedPath: string): number {
  const rest = failedPath.slice(loopPath.length + 1);
  return Number(rest.slice(0, rest.indexOf(']')));
}
