/** Records what the code of a node came to: an outcome, or that the node waits, has a child or has opened a loop. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Json, JsonObject } from '../../engine/json/json.ts';
import { unlessLate } from '../../deadline.ts';
import { nodeRefOf } from '../../engine/log/facts.ts';
import type { AttemptOutcome, EndByOutcome, Fact, RecordedValue, RunError } from '../../engine/log/facts.ts';
import type { NodeCall } from '../../engine/log/node-call.ts';
import { openedKey } from '../../engine/log/record-fact.ts';
import type { Recorded } from '../../store/log/judge-facts.ts';
import type { ChildBegun, NodeOutput, WaitBegun } from '../node-code.ts';
import type { RecorderDependencies } from './dependencies.ts';
import { failureOf } from './failure-of.ts';
import { last } from './recorded-attempt.ts';
import type { RecordedAttempt } from './recorded-attempt.ts';

/** What the code of a node came to. */
export interface Finished {
  output?: NodeOutput;
  failure?: { error: RunError; retryInMs?: number };
  at: string;
}

/** Records it, after the facts that stand before it. Returns what is recorded now. */
export async function recordOutcome(
  deps: RecorderDependencies,
  given: RecordedAttempt,
  finished: Finished & { facts: Fact[] },
): Promise<Recorded> {
  const { call, key } = given;
  const node = nodeRefOf(call);
  const { output, at } = finished;
  if (output && 'loop' in output.result) return openLoop(deps, given, { facts: finished.facts, output, at });
  if (output && 'wait' in output.result)
    return beginWait(deps, call, { facts: finished.facts, output, at, wait: output.result.wait });
  if (output && 'child' in output.result)
    return beginChild(deps, given, { facts: finished.facts, output, at, child: output.result.child });
  const outcome = await outcomeOf(deps, call, finished);
  const end = await endWith(deps, call, outcome);
  const fact: Fact = { kind: 'outcome', key, at, node, outcome, ...(end ? { end } : {}) };
  return last(await appendUntilDone(deps, given, [...finished.facts, fact]));
}

/** How long an outcome waits for the output of its run: until it is recorded, a killed process makes its effect again. */
const endWithinMs = 100;

/** The end of the run, when the outcome is its last; what is in the way of it is for the closing step to meet. */
async function endWith(
  deps: RecorderDependencies,
  call: NodeCall,
  outcome: AttemptOutcome,
): Promise<EndByOutcome | undefined> {
  if (call.ends === undefined || outcome.status !== 'success') return undefined;
  const collecting = deps.outputOf(call, outcome.result).catch(() => undefined);
  const ending = await unlessLate(endWithinMs, collecting, () => undefined);
  return ending && { status: call.ends, ...ending };
}

/** What is recorded when a node begins to wait. */
interface Beginning {
  facts: Fact[];
  output: NodeOutput;
  at: string;
}

async function beginWait(
  deps: RecorderDependencies,
  call: NodeCall,
  { facts, output, at, wait }: Beginning & { wait: WaitBegun },
): Promise<Recorded> {
  const data = {
    ...(wait.until ? { until: wait.until.toISOString() } : {}),
    ...(wait.remindAt ? { remindAt: wait.remindAt.toISOString() } : {}),
    ...(wait.key === undefined ? {} : { key: wait.key }),
  };
  const waiting = waitingFact(call, { at, data, input: await deps.recordValue(call, output.input ?? null) });
  return last(await deps.append(call.runId, [...facts, waiting]));
}

/** The child and what the node knows of it are recorded together: neither is there without the other. */
async function beginChild(
  deps: RecorderDependencies,
  { call, key }: RecordedAttempt,
  { facts, output, at, child }: Beginning & { child: ChildBegun },
): Promise<Recorded> {
  const { runId: childRunId } = child.run;
  const input = await deps.recordValue(call, output.input ?? null);
  if (child.isAwaited)
    return deps.startChild(
      call.runId,
      [...facts, waitingFact(call, { at, data: { childRunId }, input })],
      child.run,
    );
  const result = await deps.recordValue(call, { runId: childRunId, status: 'queued', output: null });
  const outcome: AttemptOutcome = { status: 'success', result, input };
  const fact: Fact = { kind: 'outcome', key, at, node: nodeRefOf(call), outcome };
  return deps.startChild(call.runId, [...facts, fact], child.run);
}

/** Each attempt begins its own wait. */
function waitingFact(
  call: NodeCall,
  { at, data, input }: { at: string; data: JsonObject; input: RecordedValue },
): Fact {
  const { childRunId } = data;
  const key = `node/${call.path}/waiting${childRunId === undefined ? '' : `/${String(childRunId)}`}`;
  return { kind: 'event', key, type: 'node.waiting', at, node: nodeRefOf(call), data, values: { input } };
}

/** A loop's items are recorded with its opening: every iteration reads them from there. */
async function openLoop(
  deps: RecorderDependencies,
  { call }: RecordedAttempt,
  opened: { facts: Fact[]; output: NodeOutput; at: string },
): Promise<Recorded> {
  const { facts, output, at } = opened;
  const bounds = 'loop' in output.result ? output.result.loop : undefined;
  const fact: Fact = {
    kind: 'event',
    key: openedKey(call.path),
    type: 'node.progress',
    at,
    node: nodeRefOf(call),
    data: { iteration: 0, ...(bounds?.itemCount === undefined ? {} : { total: bounds.itemCount }) },
    values: { input: await deps.recordValue(call, output.input ?? null) },
  };
  return last(await deps.append(call.runId, [...facts, fact]));
}

/** An append that was sent away at once is not tried again at once. */
const pauseAfterOutageMs = 250;

/** The code has run: its outcome is recorded whatever it takes, rather than run again. */
async function appendUntilDone(
  deps: RecorderDependencies,
  { call, cancelled, note }: RecordedAttempt,
  facts: Fact[],
): Promise<Recorded[]> {
  for (;;) {
    try {
      return await deps.append(call.runId, facts);
    } catch (error) {
      if (!note || cancelled.aborted || !deps.isOutage(error)) throw error;
      note({ outcome: facts.at(-1) as Fact });
      await delay(pauseAfterOutageMs);
    }
  }
}

async function outcomeOf(
  deps: RecorderDependencies,
  call: NodeCall,
  finished: Finished,
): Promise<AttemptOutcome> {
  if (finished.failure) return { status: 'failure', ...finished.failure };
  const output = finished.output as NodeOutput & { result: { value: Json; branch?: string } };
  try {
    const result = await deps.recordValue(call, output.result.value);
    const input = output.input === undefined ? undefined : await deps.recordValue(call, output.input);
    const { branch } = output.result;
    return {
      status: 'success',
      result,
      ...(input ? { input } : {}),
      ...(branch === undefined ? {} : { branch }),
    };
  } catch (thrown) {
    if (deps.isOutage(thrown)) throw thrown;
    return { status: 'failure', error: failureOf(thrown, deps.log).error };
  }
}
