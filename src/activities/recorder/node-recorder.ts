/** Records one attempt of a node: its start, its outcome, and what the log already knew. */
import { Context } from '@temporalio/activity';
import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { currentMs, currentTime } from '../../clock.ts';
import { nodeRefOf } from '../../engine/log/facts.ts';
import type { Fact } from '../../engine/log/facts.ts';
import { isFinalNodeStatus, isFinalRunStatus } from '../../engine/log/event-catalog.ts';
import type { NodeSummary } from '../../engine/log/node-call.ts';
import type { ExecutionProjection } from '../../engine/log/projections.ts';
import { timeLeft } from '../../engine/definition/effective-node.ts';
import { scheduledKey } from '../../engine/log/record-fact.ts';
import { judgeFailure } from '../../engine/definition/retry-policy.ts';
import type { Recorded } from '../../store/log/judge-facts.ts';
import type { Attempt } from '../node-code.ts';
import { failureOf } from './failure-of.ts';
import type { RecorderDependencies } from './dependencies.ts';
import { AttemptLog } from './attempt-log.ts';
import { InterruptedError, runWithin } from './attempt-runner.ts';
import { answerOpened, answerTemporal } from './answer-temporal.ts';
import { recordOutcome } from './record-outcome.ts';
import type { Finished } from './record-outcome.ts';
import { last, noted } from './recorded-attempt.ts';
import type { RecordedAttempt } from './recorded-attempt.ts';

/**
 * Runs one attempt and records it. The first recorded fact wins: when the log already holds an outcome, the code does
 * not run and that outcome is adopted.
 * @throws ApplicationFailure retryable (with the delay) when another attempt comes, nonRetryable when the node failed;
 * its first detail is the NodeSummary
 */
export async function recordAttempt(
  deps: RecorderDependencies,
  given: RecordedAttempt,
): Promise<NodeSummary> {
  const started = await begin(deps, given);
  if (started.adopted)
    return withTimeLeft(given, answerTemporal(given, started.adopted), { recorded: started.adopted });
  const { attempt } = started;
  const finished = await finish(deps, given, attempt);
  const facts = [...attempt.facts, ...(await attempt.log.close())];
  const recorded = await recordOutcome(deps, given, { ...finished, facts });
  const bounds =
    finished.output && 'loop' in finished.output.result ? finished.output.result.loop : undefined;
  const answer = bounds ? answerOpened(recorded, bounds) : answerTemporal(given, recorded);
  return withTimeLeft(given, answer, { recorded, startedAt: attempt.startedAt });
}

/** What goes on without its code has the time that its node's bounds leave. */
function withTimeLeft(
  { rules }: RecordedAttempt,
  answer: NodeSummary,
  { recorded, startedAt }: { recorded: Recorded; startedAt?: Date },
): NodeSummary {
  if (answer.status !== 'waiting' && answer.status !== 'opened') return answer;
  const { attempt, startedAt: firstAt } = recorded.execution as ExecutionProjection;
  const nodeMs = firstAt === undefined ? 0 : currentMs() - Date.parse(firstAt);
  const attemptMs = attempt === 1 ? nodeMs : currentMs() - (startedAt?.getTime() ?? currentMs());
  const leftMs = timeLeft(rules, { nodeMs, attemptMs });
  return leftMs === undefined || leftMs >= (answer.inMs ?? Infinity) ? answer : { ...answer, leftMs };
}

type Begun = { adopted: Recorded; attempt?: never } | { adopted?: never; attempt: BegunAttempt };

/** `facts`: what is to be recorded before its outcome. */
interface BegunAttempt extends Attempt {
  elapsedMs: number;
  facts: Fact[];
  log: AttemptLog;
}

/** Pure nodes without retries put off their start, so that it goes into one append with the outcome. */
async function begin(deps: RecorderDependencies, given: RecordedAttempt): Promise<Begun> {
  const { call, carried } = given;
  const startedAt = currentTime();
  const start = {
    kind: 'attempt' as const,
    key: given.key,
    at: startedAt.toISOString(),
    node: nodeRefOf(call),
  };
  const { outcome: late } = noted(call, given.context);
  const facts = [...carried, ...(late ? [late] : []), start];
  const executionId = deps.executionIdOf(call.runId, call.path);
  const base = {
    startedAt,
    executionId,
    idempotencyKey: executionId,
    signal: given.cancelled,
  };
  const logOf = (attempt: number, isLive: boolean) =>
    new AttemptLog(deps, { call, attempt, attemptKey: start.key, isLive });
  if (call.pure && given.rules.retry.maxAttempts === 1) {
    const known = given.context.info.isLocal ? undefined : await lookUp(deps, given);
    if (known) return { adopted: known };
    const recordCarried = async () => void (await deps.append(call.runId, carried));
    const first = { number: 1, counted: 1, elapsedMs: 0, log: logOf(1, false) };
    return { attempt: { ...base, ...first, facts, recordCarried } };
  }
  const recorded = last(await appendStart(deps, given, facts));
  if (isOver(recorded) || hasBegunToWait(recorded)) return { adopted: recorded };
  const execution = recorded.execution as ExecutionProjection;
  const elapsedMs = startedAt.getTime() - Date.parse(execution.startedAt ?? start.at);
  const counted = execution.attempt - execution.losses;
  const log = logOf(execution.attempt, true);
  const { idempotencyKey = executionId } = execution;
  return {
    attempt: { ...base, idempotencyKey, number: execution.attempt, counted, elapsedMs, facts: [], log },
  };
}

/**
 * Records the start of an attempt. One that gives up here has not begun: its start may become durable later all the same,
 * so that what Temporal calls next goes on under its key, as the same attempt.
 */
async function appendStart(
  deps: RecorderDependencies,
  { call, context, note, key }: RecordedAttempt,
  facts: Fact[],
): Promise<Recorded[]> {
  try {
    const recorded = await deps.append(call.runId, facts);
    if (noted(call, context).unbegun !== undefined) note?.({});
    return recorded;
  } catch (error) {
    if (deps.isOutage(error)) note?.({ unbegun: key });
    throw error;
  }
}

/** What is recorded of a node that another process may have run meanwhile; `undefined` when it is still to run. */
async function lookUp(
  deps: RecorderDependencies,
  { call, carried }: RecordedAttempt,
): Promise<Recorded | undefined> {
  const at = currentTime().toISOString();
  const key = scheduledKey(call.path);
  const scheduled: Fact = { kind: 'event', key, type: 'node.scheduled', at, node: nodeRefOf(call), data: {} };
  const recorded = last(await deps.append(call.runId, [...carried, scheduled]));
  return isOver(recorded) || hasBegunToWait(recorded) ? recorded : undefined;
}

async function finish(
  deps: RecorderDependencies,
  given: RecordedAttempt,
  attempt: BegunAttempt,
): Promise<Finished> {
  const { rules, run } = given;
  const left =
    rules.deadlineMs === undefined ? rules.timeoutMs : Math.max(0, rules.deadlineMs - attempt.elapsedMs);
  try {
    const output = await runWithin(given, Math.min(rules.timeoutMs, left), (signal) =>
      run({ ...attempt, signal }),
    );
    return { output, at: currentTime().toISOString() };
  } catch (thrown) {
    if (thrown instanceof InterruptedError) throw interruptionOf(thrown);
    const { error, retryAfterMs } = failureOf(thrown, deps.log);
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

/** Temporal calls again at once what its worker could not end; what an operator holds or resets it hears of as that. */
function interruptionOf({ message, cause }: InterruptedError): Error {
  const { cancellationDetails } = cause instanceof CancelledFailure ? Context.current() : {};
  if (cancellationDetails?.paused || cancellationDetails?.reset) return cause as CancelledFailure;
  return ApplicationFailure.retryable(message, 'worker_lost');
}

function isOver(recorded: Recorded): boolean {
  return (
    isFinalRunStatus(recorded.run.status) ||
    (recorded.execution !== undefined && isFinalNodeStatus(recorded.execution.status))
  );
}

function hasBegunToWait({ execution }: Recorded): boolean {
  return execution?.status === 'waiting' || execution?.resumedAt !== undefined;
}
