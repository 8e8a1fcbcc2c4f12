/** The Local Activities of loops: the condition of a `repeat`, and the end of every loop. */
import { Context } from '@temporalio/activity';
import { currentTime } from '../../clock.ts';
import type { AttemptOutcome, RunError } from '../../engine/log/facts.ts';
import { mayBeMissing } from '../../engine/node-types/registry.ts';
import { repeatType } from '../../engine/node-types/repeat.schema.ts';
import { maxExecutions, maxLoopItems } from '../../engine/scheduler/run-loops.ts';
import { evaluateCondition } from '../../engine/node-types/conditions.ts';
import type { Json, JsonObject } from '../../engine/json/json.ts';
import { timeoutError } from '../../engine/definition/effective-node.ts';
import type {
  CheckLoopCall,
  CloseLoopCall,
  LoopError,
  NodeCall,
  NodeSummary,
} from '../../engine/log/node-call.ts';
import { parseTemplate } from '../../expressions/parse/template.ts';
import { collectIterations } from './collect-iterations.ts';
import type { ActivityDependencies } from '../dependencies.ts';
import { loadBindings } from '../load-bindings.ts';
import { iterationLimit } from '../nodes/repeat.ts';
import { recordEnd } from './record-end.ts';
import { InterruptedError, runWithin } from '../recorder/attempt-runner.ts';
import { failureOf } from '../recorder/failure-of.ts';
import { rulesOf } from '../recorder/rules-of.ts';

/** Creates the Local Activity that evaluates a `repeat`'s condition; a condition that fails ends the loop. */
export function createCheckLoop(deps: ActivityDependencies): (call: CheckLoopCall) => Promise<NodeSummary> {
  return async (call) => {
    try {
      const holds = await conditionHolds(deps, call);
      const limit = iterationLimit((await evaluateField(deps, call, 'maxIterations')) ?? undefined);
      return { status: 'checked', check: { holds, limitReached: call.index >= limit } };
    } catch (thrown) {
      if (deps.store.isOutage(thrown)) throw thrown;
      return recordEnd(deps, call, { status: 'failure', error: failureOf(thrown, deps.log).error });
    }
  };
}

async function conditionHolds(deps: ActivityDependencies, call: CheckLoopCall): Promise<boolean> {
  const { payload } = await nodeOf(deps, call);
  return evaluateCondition(payload['while'] ?? null, await evaluateField(deps, call, 'while'));
}

/**
 * A field sees the results of the last pass, and the loops around as the body does; before the first pass there are no
 * results inside.
 */
async function evaluateField(deps: ActivityDependencies, call: CheckLoopCall, field: string): Promise<Json> {
  const { definition, payload } = await nodeOf(deps, call);
  const value = payload[field] ?? null;
  const path = `${call.path}[${Math.max(0, call.index - 1)}]/${field}`;
  const { template } = parseTemplate(value);
  if (template.constant) return value;
  const { runId, organizationId } = call;
  const place = { runId, organizationId, path, definition };
  const bindings = await loadBindings(deps, place, template.references);
  const lenient = (pointer: string) => mayBeMissing(repeatType, `/${field}${pointer}`);
  const { strict } = definition.settings;
  const options = { now: currentTime(), strict, lenient, owner: call.versionId };
  return deps.evaluator.resolve(value, { ...bindings, index: call.index }, options);
}

/** Creates the Local Activity that collects a loop's iterations and records its outcome. */
export function createCloseLoop(deps: ActivityDependencies): (call: CloseLoopCall) => Promise<NodeSummary> {
  return async (call) => {
    const { payload } = await nodeOf(deps, call);
    return recordEnd(deps, call, await outcomeOf(deps, call, payload));
  };
}

async function outcomeOf(
  deps: ActivityDependencies,
  call: CloseLoopCall,
  payload: JsonObject,
): Promise<AttemptOutcome> {
  if (call.error) return { status: 'failure', error: await errorOf(deps, call, call.error) };
  const failed = call.failedPaths.length;
  try {
    const value: Json =
      call.nodeType === 'repeat'
        ? { iterationCount: call.started }
        : {
            iterations: await collectInTime(deps, call, payload),
            iterationCount: call.started,
            succeeded: call.succeeded,
            failed,
            status: failed > 0 ? 'partial' : 'success',
          };
    return { status: failed > 0 ? 'partial' : 'success', result: await deps.store.recordValue(call, value) };
  } catch (thrown) {
    if (deps.store.isOutage(thrown) || thrown instanceof InterruptedError) throw thrown;
    return { status: 'failure', error: failureOf(thrown, deps.log).error };
  }
}

/** Collecting is part of the attempt: it takes no longer than one. */
async function collectInTime(
  deps: ActivityDependencies,
  call: CloseLoopCall,
  payload: JsonObject,
): Promise<Json[]> {
  const { timeoutMs } = await rulesOf(deps.store)(call.versionId, call.nodeId);
  const context = Context.current();
  const given = { context, cancelled: context.cancellationSignal };
  return runWithin(given, timeoutMs, (signal) => collectIterations(deps, { ...call, signal }, payload));
}

async function errorOf(deps: ActivityDependencies, call: CloseLoopCall, type: LoopError): Promise<RunError> {
  if (type === 'timeout') {
    const rules = await rulesOf(deps.store)(call.versionId, call.nodeId);
    return { ...timeoutError(rules), retryable: false };
  }
  if (type === 'loop_limit') return { type, message: await limitMessage(deps, call), retryable: false };
  const [first = ''] = call.failedPaths;
  const failed = (await deps.store.nodeValues(call.runId, [first])).get(first);
  const message = `${call.failedPaths.length} iteration(s) failed, more than tolerated`;
  const details: JsonObject = { failedPaths: call.failedPaths.slice(0, 10), first: failed?.error ?? null };
  return { type, message, retryable: false, details };
}

/** Names the bound that the loop has reached. */
async function limitMessage(deps: ActivityDependencies, call: CloseLoopCall): Promise<string> {
  const { runId, path, nodeType, started } = call;
  const items = (await deps.store.execution(runId, path))?.total ?? 0;
  if (items > maxLoopItems) return `expected at most ${maxLoopItems} items; came ${items}`;
  if (nodeType === 'repeat' && started >= (await mostPasses(deps, call)))
    return `the condition still holds after ${started} passes, the most that this loop may make`;
  return `the run would have more than ${maxExecutions} executions`;
}

/** The passes that a `repeat` may make, where its definition says so. */
async function mostPasses(deps: ActivityDependencies, call: CloseLoopCall): Promise<number> {
  const { maxIterations } = (await nodeOf(deps, call)).payload;
  return typeof maxIterations === 'number' ? maxIterations : Math.min(call.started, maxLoopItems);
}

async function nodeOf(deps: ActivityDependencies, call: NodeCall) {
  const definition = await deps.store.definition(call.versionId);
  const node = definition.nodes[call.nodeId];
  if (!node) throw new Error(`version ${call.versionId} has no node ${call.nodeId}`);
  return { definition, payload: node.payload };
}
