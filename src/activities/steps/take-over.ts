import { cancellationSignal, heartbeat } from '@temporalio/activity';
import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { currentTime } from '../../clock.ts';
import { compileGraph } from '../../engine/definition/compile-graph.ts';
import { outcomeTypeOf } from '../../engine/log/event-catalog.ts';
import { nodeRefOf } from '../../engine/log/facts.ts';
import type { Fact, NodeRef, RecordedValue } from '../../engine/log/facts.ts';
import type { JsonObject } from '../../engine/json/json.ts';
import type { TakeOverCall } from '../../engine/log/node-call.ts';
import { planRetry } from '../../engine/scheduler/plan-retry.ts';
import type { TakenOver } from '../../engine/scheduler/plan-retry.ts';
import type { ExecutionProjection } from '../../engine/log/projections.ts';
import { openedKey, outcomeKey, scheduledKey } from '../../engine/log/record-fact.ts';
import type { ActivityDependencies } from '../dependencies.ts';

/** Executions that are taken over in one append: each may hold two values of 64 KiB. */
const chunk = 25;

/**
 * Creates the Activity with which a retried run begins: it records what the run takes over from the one before. Repeated,
 * it goes on where it was.
 * @throws ApplicationFailure run_gone when retention has taken that one, or a part of it
 */
export function createTakeOver({ store }: ActivityDependencies): (call: TakeOverCall) => Promise<void> {
  return async (call) => {
    const { rerunOf } = call;
    const retried = await store.retried(call);
    if (!retried) throw ApplicationFailure.nonRetryable(`the run ${rerunOf} is no longer kept`, 'run_gone');
    const { from, executions, isUnchanged } = retried;
    const graph = compileGraph(await store.definition(call.versionId));
    const plan = planRetry(graph, executions, from).filter(({ part }) => isUnchanged || part !== 'identity');
    for (let start = 0; start < plan.length; start += chunk) {
      const steps = plan.slice(start, start + chunk);
      const whole = await store.executionsAt(
        rerunOf,
        steps.map(({ path }) => path),
      );
      const facts = steps.map((step) => factsOf(store, call, { step, before: whole.get(step.path) }));
      const all = (await Promise.all(facts)).flat();
      if (cancellationSignal().aborted) throw new CancelledFailure('the run is over');
      if (all.length > 0) await store.append(call.runId, all);
    }
  };
}

async function factsOf(
  store: ActivityDependencies['store'],
  call: TakeOverCall,
  { step, before }: { step: TakenOver; before: ExecutionProjection | undefined },
): Promise<Fact[]> {
  heartbeat();
  if (!before) throw new Error(`the execution ${step.path} of the retried run is missing`);
  const { path, executionId: reusedFrom } = before;
  const node = nodeRefOf(before);
  const at = currentTime().toISOString();
  if (step.part === 'identity') return identityFacts(before, node, at);
  const names = step.part === 'opening' ? (['input'] as const) : (['input', 'result'] as const);
  const copies = names.flatMap((name) => {
    const value = before[name];
    return value ? [{ name, value }] : [];
  });
  const copied = copies.map(async ({ name, value }): Promise<[string, RecordedValue]> => [
    name,
    await store.copyValue(before.runId, call, value),
  ]);
  const values = Object.fromEntries(await Promise.all(copied));
  if (step.part === 'outcome') return [outcomeFact({ before, node, values, at, reusedFrom })];
  const data = { iteration: 0, ...(before.total === undefined ? {} : { total: before.total }), reusedFrom };
  return [
    scheduledFact(node, at, {}),
    { kind: 'attempt', key: 'taken-over', at, node },
    { kind: 'event', key: openedKey(path), type: 'node.progress', at, node, data, values },
  ];
}

/** A request that was not answered is made again under the key by which the peer knows it. */
function identityFacts(before: ExecutionProjection, node: NodeRef, at: string): Fact[] {
  const { attempt, error, idempotencyKey = before.executionId } = before;
  const hasAnswer = error?.status !== undefined;
  return attempt === 0 || hasAnswer ? [] : [scheduledFact(node, at, { idempotencyKey })];
}

function scheduledFact(node: NodeRef, at: string, data: JsonObject): Fact {
  return { kind: 'event', key: scheduledKey(node.path), type: 'node.scheduled', at, node, data };
}

function outcomeFact(given: {
  before: ExecutionProjection;
  node: NodeRef;
  values: Record<string, RecordedValue>;
  at: string;
  reusedFrom: string;
}): Fact {
  const { before, node, values, at, reusedFrom } = given;
  const { status, branch, reason } = before;
  const type = outcomeTypeOf(status);
  const isEndedEarly = reason !== undefined;
  const data: JsonObject = isEndedEarly
    ? { reason, reusedFrom }
    : { attempt: 0, ...(branch === undefined ? {} : { branch }), reusedFrom };
  const kept = isEndedEarly ? {} : { values };
  return { kind: 'event', key: outcomeKey(node.path), type, at, node, data, ...kept };
}
