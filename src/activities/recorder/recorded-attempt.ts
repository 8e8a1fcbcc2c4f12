import type { Context } from '@temporalio/activity';
import type { Fact } from '../../engine/log/facts.ts';
import type { NodeCall } from '../../engine/log/node-call.ts';
import type { Recorded } from '../../store/log/judge-facts.ts';
import type { Attempt, NodeOutput } from '../node-code.ts';
import type { NodeRules } from './dependencies.ts';

/** What one Activity attempt is about. */
export interface RecordedAttempt {
  call: NodeCall;
  context: Context;
  /** The same on every report of the attempt. */
  key: string;
  /** Facts that came in the header; they stand before the attempt. */
  carried: Fact[];
  rules: NodeRules;
  /** Aborted when the attempt is cancelled, with the reason. */
  cancelled: AbortSignal;
  /** Tells the attempt after a lost one what has come of it; absent: the code may run again as it is. */
  note?: (noted: Noted) => void;
  run: (attempt: Attempt) => Promise<NodeOutput>;
}

/**
 * The key of an attempt of an Activity: the same on every report, another on the next one and after a Reset.
 * `process`: of work that goes on without its Local Activity, the process in which it does.
 */
export function attemptKey(call: NodeCall, context: Context, process?: string): string {
  const { activityId, attempt, workflowExecution } = context.info;
  const own = process ?? `${activityId}/${attempt}`;
  return noted(call, context).unbegun ?? `${workflowExecution?.runId ?? ''}/${own}`;
}

/** What an attempt notes for the next one: the key of one that has not begun, or an outcome that could not be recorded. */
export interface Noted {
  unbegun?: string;
  outcome?: Fact;
}

/** What the attempt before has noted. */
export function noted({ left }: NodeCall, { info }: Context): Noted {
  return (info.heartbeatDetails as object | undefined) ?? left ?? {};
}

/** Returns what was recorded of the last of several facts. */
export function last(recorded: Recorded[]): Recorded {
  return recorded.at(-1) as Recorded;
}
