import { currentMs, currentTime } from '../../clock.ts';
import { nodeRefOf } from '../../engine/log/facts.ts';
import type { AttemptOutcome, Fact, RunError } from '../../engine/log/facts.ts';
import { isFinalRunStatus } from '../../engine/log/event-catalog.ts';
import type { Json, JsonObject } from '../../engine/json/json.ts';
import type { FinishWaitCall, NodeCall, NodeSummary } from '../../engine/log/node-call.ts';
import type { ExecutionProjection } from '../../engine/log/projections.ts';
import { timeoutError } from '../../engine/definition/effective-node.ts';
import { judgeFailure } from '../../engine/definition/retry-policy.ts';
import type { RunDocument } from '../../store/log/runs.ts';
import type { ActivityDependencies } from '../dependencies.ts';
import { recordEnd } from './record-end.ts';
import { failureOf } from '../recorder/failure-of.ts';
import type { NodeRules } from '../recorder/dependencies.ts';
import { rulesOf } from '../recorder/rules-of.ts';
import { summarize, summarizeExecution } from '../recorder/summarize.ts';

/**
 * Ends a node that waits for a run of its own, once that has ended or the node's time is over; before, the wait stays as
 * it is.
 */
export async function finishChild(deps: ActivityDependencies, call: FinishWaitCall): Promise<NodeSummary> {
  const { store } = deps;
  const execution = await store.execution(call.runId, call.path);
  const child = execution?.childRunId === undefined ? null : await store.findChild(execution.childRunId);
  if (!execution || !child) return { status: 'waiting' };
  // The step is made again: what it came to is recorded.
  if (execution.status !== 'waiting') return summarizeExecution(execution);
  const hasEnded = isFinalRunStatus(child.status);
  if (!hasEnded && call.outcome !== 'overdue') return { status: 'waiting' };
  const rules = await rulesOf(store)(call.versionId, call.nodeId);
  if (!hasEnded) return giveUp(deps, call, { execution, childRunId: child.runId, rules });
  const outcome = await outcomeOf(deps, call, child);
  if (outcome.status !== 'failure') return recordEnd(deps, call, outcome);
  return recordEnd(deps, call, { ...outcome, ...judge(rules, execution, outcome.error) });
}

function judge(rules: NodeRules, { attempt, losses, startedAt }: ExecutionProjection, error: RunError) {
  return judgeFailure(rules.retry, {
    error,
    attempt: attempt - losses,
    elapsedMs: currentMs() - Date.parse(startedAt ?? currentTime().toISOString()),
    random: Math.random(),
    ...(rules.deadlineMs === undefined ? {} : { deadlineMs: rules.deadlineMs }),
  });
}

/** The time of the node is over: nobody waits for the child any more. */
async function giveUp(
  { store }: ActivityDependencies,
  call: FinishWaitCall,
  given: { execution: ExecutionProjection; childRunId: string; rules: NodeRules },
): Promise<NodeSummary> {
  const { execution, childRunId, rules } = given;
  const fact: Fact = {
    kind: 'outcome',
    key: execution.openAttempt ?? '',
    at: currentTime().toISOString(),
    node: nodeRefOf(call),
    outcome: { status: 'failure', ...judge(rules, execution, timeoutError(rules)) },
  };
  return summarize(await store.giveUpChild({ runId: call.runId, fact, childRunId }));
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
