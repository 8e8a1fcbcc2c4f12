/** The beginning of an attempt: what the log knows of it already, and when its start is recorded. */
import { currentTime } from '../../clock.ts';
import type { ExecutionProjection } from '../../engine/log/projections.ts';
import { isFinalNodeStatus, isFinalRunStatus } from '../../engine/log/event-catalog.ts';
import type { Fact, NodeRef } from '../../engine/log/facts.ts';
import type { NodeCall } from '../../engine/log/node-call.ts';
import type { Recorded } from '../../store/log/append-transaction.ts';
import type { Attempt } from '../node-code.ts';
import { AttemptLog } from './attempt-log.ts';
import type { RecorderDependencies } from './dependencies.ts';
import type { RecordedAttempt } from './recorded-attempt.ts';
import { PutOffStart } from './put-off-start.ts';

/** `adopted`: the log holds an outcome, or a wait, and the code does not run. */
export type Begun = { adopted: Recorded; attempt?: never } | { adopted?: never; attempt: BegunAttempt };

/** An attempt whose code is to run. */
export interface BegunAttempt extends Attempt {
  elapsedMs: number;
  log: AttemptLog;
  start: PutOffStart;
  /** Aborted when the start finds the execution ended. */
  over: AbortSignal;
}

/**
 * Begins an attempt. Its start is put off, to go with the outcome, where the code may run before it is recorded: it has no
 * effect outside, or this process has written the run so far and knows that the node has not run.
 */
export async function beginAttempt(deps: RecorderDependencies, given: RecordedAttempt): Promise<Begun> {
  const { call, carried, holder, late } = given;
  const startedAt = currentTime();
  const at = startedAt.toISOString();
  const start: Fact = { kind: 'attempt', key: holder.key, at, node: nodeOf(call) };
  const facts = [...carried, ...(late ? [late] : []), start];
  const known = late ? undefined : knownOf(deps, given);
  if (known) return { attempt: createAttempt(deps, given, { startedAt, facts, known }) };
  const recorded = (await deps.append(call.runId, facts)).at(-1) as Recorded;
  if (isOver(recorded) || hasBegunToWait(recorded)) return { adopted: recorded };
  const execution = recorded.execution as ExecutionProjection;
  return { attempt: createAttempt(deps, given, { startedAt, facts: [], known: execution }) };
}

type Known = Partial<ExecutionProjection>;

function knownOf(deps: RecorderDependencies, given: RecordedAttempt): Known | undefined {
  const { call, rules, isFirst } = given;
  if (call.pure && rules.retry.maxAttempts === 1) return {};
  const known = isFirst && rules.rerunAfterLoss ? deps.known(call.runId, call.path) : undefined;
  const { execution = {} } = known ?? {};
  return known && isUntouched(execution) ? execution : undefined;
}

function isUntouched({ attempt = 0, status = 'scheduled' }: Known): boolean {
  return attempt === 0 && status === 'scheduled';
}

function createAttempt(
  deps: RecorderDependencies,
  { call, holder }: RecordedAttempt,
  { startedAt, facts, known }: { startedAt: Date; facts: Fact[]; known: Known },
): BegunAttempt {
  const executionId = deps.executionIdOf(call.runId, call.path);
  const { attempt: number = 0, losses = 0, idempotencyKey = executionId } = known;
  const isRecorded = facts.length === 0;
  const control = new AbortController();
  const start = new PutOffStart(
    facts,
    (some) => deps.append(call.runId, some),
    (recorded) => {
      if (isOver(recorded) || hasBegunToWait(recorded)) control.abort(new Error('the log holds an outcome'));
    },
  );
  const append: RecorderDependencies['append'] = async (runId, some) => {
    await start.flush();
    return deps.append(runId, some);
  };
  const attempt = isRecorded ? number : number + 1;
  return {
    startedAt,
    executionId,
    idempotencyKey,
    signal: holder.signal,
    number: attempt,
    counted: attempt - losses,
    elapsedMs: startedAt.getTime() - Date.parse(known.startedAt ?? startedAt.toISOString()),
    log: new AttemptLog({ append }, { call, attempt, attemptKey: holder.key }),
    start,
    over: control.signal,
  };
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

function nodeOf({ path, nodeId, nodeType }: NodeCall): NodeRef {
  return { path, nodeId, nodeType };
}
