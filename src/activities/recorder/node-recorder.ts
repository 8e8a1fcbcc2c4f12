/** Records one attempt of a node: its start, its outcome, and what the log already knew. */
import { setTimeout as delay } from 'node:timers/promises';
import { CancelledFailure } from '@temporalio/common';
import { currentMs, currentTime } from '../../clock.ts';
import type { AttemptOutcome, Fact, NodeRef, RecordedValue, RunError } from '../../engine/log/facts.ts';
import type { Json, JsonObject } from '../../engine/json/json.ts';
import type { NodeCall } from '../../engine/log/node-call.ts';
import { openedKey } from '../../engine/log/record-fact.ts';
import { judgeFailure } from '../../engine/definition/retry-policy.ts';
import type { Recorded } from '../../store/log/append-transaction.ts';
import type { ChildBegun, NodeOutput, WaitBegun } from '../node-code.ts';
import type { AttemptResult } from './answer-temporal.ts';
import type { AttemptHolder } from './attempt-holder.ts';
import { runWithin } from './attempt-runner.ts';
import { beginAttempt } from './begin-attempt.ts';
import type { BegunAttempt } from './begin-attempt.ts';
import type { RecorderDependencies } from './dependencies.ts';
import { failureOf } from './failure-of.ts';
import type { RecordedAttempt } from './recorded-attempt.ts';

/**
 * Runs one attempt and records it. The first recorded fact wins: when the log already holds an outcome, the code does
 * not run and that outcome is adopted.
 * @throws CancelledFailure when its holder ends it: then no outcome is recorded, and what MongoDB throws before it begins
 */
export async function recordAttempt(
  deps: RecorderDependencies,
  given: RecordedAttempt,
): Promise<AttemptResult> {
  const started = await beginAttempt(deps, given);
  if (started.adopted) return { recorded: started.adopted };
  const { attempt } = started;
  const finished = await finish(deps, given, attempt);
  const left = await attempt.start.close();
  if (attempt.over.aborted) return { recorded: attempt.start.recorded as Recorded };
  const facts = [...left, ...(await attempt.log.close())];
  const recorded = await store(deps, given, { ...finished, facts });
  const bounds =
    finished.output && 'loop' in finished.output.result ? finished.output.result.loop : undefined;
  return { recorded, ...(bounds ? { bounds } : {}) };
}

interface Finished {
  output?: NodeOutput;
  failure?: { error: RunError; retryInMs?: number };
  at: string;
}

async function finish(
  deps: RecorderDependencies,
  given: RecordedAttempt,
  attempt: BegunAttempt,
): Promise<Finished> {
  const { rules, holder, run } = given;
  const left =
    rules.deadlineMs === undefined ? rules.timeoutMs : Math.max(0, rules.deadlineMs - attempt.elapsedMs);
  const ending = AbortSignal.any([holder.signal, attempt.over]);
  try {
    const output = await runWithin(ending, Math.min(rules.timeoutMs, left), (signal) =>
      run({ ...attempt, signal }),
    );
    return { output, at: currentTime().toISOString() };
  } catch (thrown) {
    if (holder.signal.aborted) throw holder.signal.reason;
    const { error, retryAfterMs } = failureOf(thrown, attempt.over.aborted ? quiet : deps.log);
    const failure = judgeFailure(rules.retry, {
      error,
      attempt: attempt.counted,
      elapsedMs: attempt.elapsedMs + (currentMs() - attempt.startedAt.getTime()),
      random: Math.random(),
      ...(rules.deadlineMs === undefined ? {} : { deadlineMs: rules.deadlineMs }),
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    });
    return { failure, at: currentTime().toISOString() };
  }
}

const quiet = { error: () => {} };

async function store(
  deps: RecorderDependencies,
  given: RecordedAttempt,
  finished: Finished & { facts: Fact[] },
): Promise<Recorded> {
  const { call, holder } = given;
  const { output, at, facts } = finished;
  const result = output?.result;
  if (output && result) {
    if ('loop' in result) return openLoop(deps, call, { facts, output, at });
    if ('wait' in result) return beginWait(deps, call, { facts, output, at, wait: result.wait });
    if ('child' in result) return beginChild(deps, given, { facts, output, at, child: result.child });
  }
  return untilRecorded(deps, holder, async () => {
    const outcome = await outcomeOf(deps, call, finished);
    const fact: Fact = { kind: 'outcome', key: holder.key, at, node: nodeOf(call), outcome };
    holder.keep(fact);
    return last(await deps.append(call.runId, [...facts, fact]));
  });
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
    ...(wait.key === undefined ? {} : { key: wait.key }),
  };
  const waiting = waitingFact(call, { at, data, input: await deps.recordValue(call, output.input ?? null) });
  return last(await deps.append(call.runId, [...facts, waiting]));
}

/** The child and what the node knows of it are recorded together: neither is there without the other. */
async function beginChild(
  deps: RecorderDependencies,
  { call, holder }: RecordedAttempt,
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
  const fact: Fact = { kind: 'outcome', key: holder.key, at, node: nodeOf(call), outcome };
  return deps.startChild(call.runId, [...facts, fact], child.run);
}

/** Each attempt begins its own wait. */
function waitingFact(
  call: NodeCall,
  { at, data, input }: { at: string; data: JsonObject; input: RecordedValue },
): Fact {
  const { childRunId } = data;
  const key = `node/${call.path}/waiting${childRunId === undefined ? '' : `/${String(childRunId)}`}`;
  return { kind: 'event', key, type: 'node.waiting', at, node: nodeOf(call), data, values: { input } };
}

/** A loop's items are recorded with its opening: every iteration reads them from there. */
async function openLoop(
  deps: RecorderDependencies,
  call: NodeCall,
  opened: { facts: Fact[]; output: NodeOutput; at: string },
): Promise<Recorded> {
  const { facts, output, at } = opened;
  const bounds = 'loop' in output.result ? output.result.loop : undefined;
  const fact: Fact = {
    kind: 'event',
    key: openedKey(call.path),
    type: 'node.progress',
    at,
    node: nodeOf(call),
    data: { iteration: 0, ...(bounds?.itemCount === undefined ? {} : { total: bounds.itemCount }) },
    values: { input: await deps.recordValue(call, output.input ?? null) },
  };
  return last(await deps.append(call.runId, [...facts, fact]));
}

/** An append that was sent away at once is not tried again at once. */
const pauseAfterOutageMs = 250;

/** The code has run: its outcome is recorded whatever it takes, rather than run again. */
async function untilRecorded(
  deps: RecorderDependencies,
  holder: AttemptHolder,
  record: () => Promise<Recorded>,
): Promise<Recorded> {
  for (;;) {
    try {
      return await record();
    } catch (error) {
      if (!deps.isOutage(error)) throw error;
      if (holder.signal.aborted) throw new CancelledFailure('the attempt ended before it was recorded');
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

function nodeOf({ path, nodeId, nodeType }: NodeCall): NodeRef {
  return { path, nodeId, nodeType };
}

function last(recorded: Recorded[]): Recorded {
  return recorded.at(-1) as Recorded;
}
