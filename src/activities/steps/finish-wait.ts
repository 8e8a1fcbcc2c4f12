import { currentTime } from '../../clock.ts';
import { nodeRefOf } from '../../engine/log/facts.ts';
import type { Fact } from '../../engine/log/facts.ts';
import type { Json } from '../../engine/json/json.ts';
import { resumedKey } from '../../engine/log/record-fact.ts';
import type { FinishWaitCall, NodeSummary } from '../../engine/log/node-call.ts';
import type { Recorded } from '../../store/log/judge-facts.ts';
import type { ActivityDependencies } from '../dependencies.ts';
import { timeoutError } from '../../engine/definition/effective-node.ts';
import { rulesOf } from '../recorder/rules-of.ts';
import { finishChild } from './finish-child.ts';
import { recordEnd } from './record-end.ts';
import { summarize } from '../recorder/summarize.ts';

/**
 * Creates the Local Activity that ends a delay or a wait. What the log says first holds: a timer that comes after a
 * resume adopts it, and a signal whose resume is not recorded leaves the wait as it is.
 */
export function createFinishWait(deps: ActivityDependencies): (call: FinishWaitCall) => Promise<NodeSummary> {
  const { store } = deps;
  return async (call) => {
    const { runId, path, nodeType } = call;
    if (nodeType === 'trigger-workflow') return finishChild(deps, call);
    const recorded = await store.resumption(runId, path);
    if (!recorded && call.outcome === 'overdue') return endOverdue({ store }, call);
    if (!recorded && call.outcome === 'resumed') return { status: 'waiting' };
    const { outcome, data = null } = recorded ?? (await timeOut({ store }, call));
    if (nodeType === 'delay') return finish({ store }, call, { value: { status: 'completed' } });
    return finish({ store }, call, { value: { status: outcome, data }, branch: outcome });
  };
}

type Store = Pick<ActivityDependencies, 'store'>;

/** Records that the time is over, and answers what the log says then: a resume may have come first. */
async function timeOut({ store }: Store, call: FinishWaitCall): Promise<{ outcome: string; data?: Json }> {
  const { runId, path } = call;
  const data = { outcome: 'timed_out' };
  const key = resumedKey(path);
  await store.append(runId, [
    { kind: 'event', key, type: 'node.resumed', at: now(), node: nodeRefOf(call), data },
  ]);
  return (await store.resumption(runId, path)) ?? data;
}

/** A wait that is over is not begun again: this failure is final. */
async function endOverdue(deps: Store, call: FinishWaitCall): Promise<NodeSummary> {
  const error = timeoutError(await rulesOf(deps.store)(call.versionId, call.nodeId));
  return recordEnd(deps, call, {
    status: 'failure',
    error: { ...error, retryable: false },
    isOverdue: true,
  });
}

async function finish(
  { store }: Store,
  call: FinishWaitCall,
  end: { value: Json; branch?: string },
): Promise<NodeSummary> {
  const branch = end.branch === undefined ? {} : { branch: end.branch };
  const outcome = { status: 'success' as const, result: await store.recordValue(call, end.value), ...branch };
  const fact: Fact = {
    kind: 'outcome',
    key: `finish/${call.path}`,
    at: now(),
    node: nodeRefOf(call),
    outcome,
  };
  return summarize((await store.append(call.runId, [fact])).at(-1) as Recorded);
}

function now(): string {
  return currentTime().toISOString();
}
