import { currentMs, currentTime } from '../../clock.ts';
import type { AttemptOutcome, RunError } from '../../engine/log/facts.ts';
import { isFinalRunStatus } from '../../engine/log/event-catalog.ts';
import type { Json, JsonObject } from '../../engine/json/json.ts';
import type { NodeCall, NodeSummary } from '../../engine/log/node-call.ts';
import { judgeFailure } from '../../engine/definition/retry-policy.ts';
import type { RunDocument } from '../../store/log/runs.ts';
import type { ActivityDependencies } from '../dependencies.ts';
import { recordEnd } from './record-end.ts';
import { failureOf } from '../recorder/failure-of.ts';
import { rulesOf } from '../recorder/rules-of.ts';

/** Ends a node that waits for a run of its own, once that has ended; before, the wait stays as it is. */
export async function finishChild(deps: ActivityDependencies, call: NodeCall): Promise<NodeSummary> {
  const { store } = deps;
  const execution = await store.execution(call.runId, call.path);
  const child = execution?.childRunId === undefined ? null : await store.findChild(execution.childRunId);
  if (!execution || !child || !isFinalRunStatus(child.status)) return { status: 'waiting' };
  const outcome = await outcomeOf(deps, call, child);
  if (outcome.status !== 'failure') return recordEnd(deps, call, outcome);
  const rules = await rulesOf(store)(call.versionId, call.nodeId);
  const failure = judgeFailure(rules.retry, {
    error: outcome.error,
    attempt: execution.attempt - execution.losses,
    elapsedMs: currentMs() - Date.parse(execution.startedAt ?? currentTime().toISOString()),
    random: Math.random(),
    ...(rules.deadlineMs === undefined ? {} : { deadlineMs: rules.deadlineMs }),
  });
  return recordEnd(deps, call, { ...outcome, ...failure });
}

/** The output is copied: a value belongs to one run. */
async function outcomeOf(
  { store, log }: ActivityDependencies,
  call: NodeCall,
  child: RunDocument,
): Promise<AttemptOutcome> {
  const { runId, status } = child;
  if (status !== 'success' && status !== 'partial') return { status: 'failure', error: errorOf(child) };
  try {
    const output = (await store.loadValue(runId, child.output)) ?? null;
    return { status: 'success', result: await store.recordValue(call, { runId, status, output }) };
  } catch (thrown) {
    if (store.isOutage(thrown)) throw thrown;
    return { status: 'failure', error: failureOf(thrown, log).error };
  }
}

function errorOf({ runId, status, error }: RunDocument): RunError {
  const details: JsonObject = { runId, error: (error ?? null) as unknown as Json };
  if (status === 'cancelled')
    return { type: 'child_cancelled', message: `the run ${runId} was cancelled`, details };
  return {
    type: 'child_failed',
    message: `the run ${runId} failed: ${error?.message ?? 'no reason'}`,
    details,
  };
}
