import type { Fact, RunError } from '../../engine/log/facts.ts';
import { isFinalRunStatus } from '../../engine/log/event-catalog.ts';
import type { CloseRunAnswer, CloseRunCall } from '../../engine/log/node-call.ts';
import type { Recorded } from '../../store/log/judge-facts.ts';
import type { ActivityDependencies } from '../dependencies.ts';
import { collectOutput, givenOutput } from './run-output.ts';

/** One append holds at most 500 events. */
const chunk = 400;

/** Creates the closing Local Activity: final states for what is open, then the run's one end event. */
export function createCloseRun({
  store,
}: ActivityDependencies): (call: CloseRunCall) => Promise<CloseRunAnswer> {
  return async (call) => {
    const { runId, at } = call;
    const ends: Fact[] = call.open.map((node) => ({ kind: 'end-node', at, node, reason: 'run_ended' }));
    const before = [...call.facts, ...ends];
    const whole = before.length <= chunk;
    for (let from = 0; !whole && from < before.length; from += chunk) {
      await store.append(runId, before.slice(from, from + chunk));
    }
    const fact = await endFact({ store }, call);
    const failure = await planFailure({ store }, call, fact);
    const end = { ...fact, ...failure };
    const recorded = (await store.append(runId, [...(whole ? before : []), end])).at(-1) as Recorded;
    const { status, error } = recorded.run;
    if (!isFinalRunStatus(status)) throw new Error(`run ${runId} is ${status} after its end`);
    return { status, ...(error ? { error } : {}) };
  };
}

type Store = Pick<ActivityDependencies, 'store'>;

type EndFact = Extract<Fact, { kind: 'end-run' }>;

/** The run that this end starts, when it is a failure of which somebody wants to hear. */
async function planFailure({ store }: Store, call: CloseRunCall, { status, error }: EndFact) {
  if (status === 'success') return undefined;
  const { runId, organizationId } = call;
  const { onFailure } = (await store.definition(call.versionId)).settings;
  const { source } = (await store.runValues(runId)).trigger;
  return store.planFailure({ runId, organizationId, source, onFailure, status, error });
}

async function endFact({ store }: Store, call: CloseRunCall): Promise<EndFact> {
  const { runId, at, status } = call;
  if (status === 'cancelled') {
    const reason = await store.cancelReason(runId);
    return { kind: 'end-run', at, status, ...(reason === undefined ? { source: 'temporal' } : { reason }) };
  }
  if (status === 'failure') {
    const error = call.error ?? (await failureOf({ store }, call));
    const output = await givenOutput(store, call, await store.succeeded(runId));
    return { kind: 'end-run', at, status, ...(error ? { error } : {}), ...(output ? { output } : {}) };
  }
  return {
    kind: 'end-run',
    at,
    status,
    output: await collectOutput(store, call, await store.succeeded(runId)),
  };
}

/** The error of the node whose failure ended the run, with its path. */
async function failureOf({ store }: Store, call: CloseRunCall): Promise<RunError | undefined> {
  if (call.failedPath === undefined) return undefined;
  const failed = (await store.nodeValues(call.runId, [call.failedPath])).get(call.failedPath);
  const error = failed?.error as unknown as RunError | undefined;
  return error ? { ...error, details: { ...error.details, path: call.failedPath } } : undefined;
}
