import type { Json } from '../../../src/engine/json/json.ts';
import type { RunError } from '../../../src/engine/log/facts.ts';
import type { RunEvent } from './run-event.ts';

/** One attempt of an execution. */
export interface Attempt {
  number: number;
  startedAt: string;
  finishedAt: string | undefined;
  status: string;
  error: RunError | undefined;
  nextAttemptAt: string | undefined;
}

/** What the log tells of one execution. */
export interface ExecutionDetail {
  input: Json | undefined;
  result: Json | undefined;
  error: RunError | undefined;
  attempts: Attempt[];
  lines: RunEvent[];
  /** What resumed a wait. */
  resumed: RunEvent | undefined;
  eventIds: ReadonlySet<string>;
}

/** Gathers what an execution's events tell. */
export function detailOfExecution(events: readonly RunEvent[]): ExecutionDetail {
  const last = <Name extends 'input' | 'result' | 'error'>(name: Name) =>
    events.findLast(({ data }) => data[name] !== undefined)?.data[name];
  const hasEndedWell = events.some(({ type }) => type === 'node.succeeded');
  return {
    input: last('input'),
    result: last('result'),
    error: hasEndedWell ? undefined : last('error'),
    attempts: attemptsOf(events),
    lines: events.filter(({ type }) => type === 'node.log'),
    resumed: events.find(({ type }) => type === 'node.resumed'),
    eventIds: new Set(events.map(({ id }) => id)),
  };
}

const closing = ['node.retrying', 'node.succeeded', 'node.partial', 'node.failed', 'node.cancelled'];

function attemptsOf(events: readonly RunEvent[]): Attempt[] {
  const attempts: Attempt[] = [];
  for (const { type, timestamp, data } of events) {
    const { attempt = 0, status = '', error, nextAttemptAt } = data;
    if (type === 'node.started')
      attempts.push({
        number: attempt,
        startedAt: timestamp,
        finishedAt: undefined,
        status,
        error: undefined,
        nextAttemptAt: undefined,
      });
    const open = attempts.at(-1);
    if (!open || open.finishedAt !== undefined || !closing.includes(type)) continue;
    const outcome = type === 'node.retrying' ? 'failure' : status;
    Object.assign(open, { finishedAt: timestamp, status: outcome, error, nextAttemptAt });
  }
  return attempts;
}
