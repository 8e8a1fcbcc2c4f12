import type { Context } from '@temporalio/activity';
import type { Fact, NodeRef } from '../../engine/log/facts.ts';
import type { NodeCall } from '../../engine/log/node-call.ts';
import type { Recorded } from '../../store/log/judge-facts.ts';
import type { Attempt, NodeOutput } from '../node-code.ts';
import type { NodeRules } from './dependencies.ts';

/** What one Activity attempt is about. */
export interface RecordedAttempt {
  call: NodeCall;
  context: Context;
  /** Facts that came in the header; they stand before the attempt. */
  carried: Fact[];
  rules: NodeRules;
  /** Aborted when the attempt is cancelled, with the reason. */
  cancelled: AbortSignal;
  run: (attempt: Attempt) => Promise<NodeOutput>;
}

/** The same on every report of one attempt, another on the next one and after a Reset. */
export function attemptKey(context: Context): string {
  const { activityId, attempt, workflowExecution } = context.info;
  return unbegunKey(context) ?? `${workflowExecution?.runId ?? ''}/${activityId}/${attempt}`;
}

/** The key of an attempt before this one that has not begun: this one goes on under it. */
export function unbegunKey({ info }: Context): string | undefined {
  return (info.heartbeatDetails as { unbegun?: string } | undefined)?.unbegun;
}

/** Names the node that a call is about. */
export function nodeOf({ path, nodeId, nodeType }: NodeCall): NodeRef {
  return { path, nodeId, nodeType };
}

/** Returns what was recorded of the last of several facts. */
export function last(recorded: Recorded[]): Recorded {
  return recorded.at(-1) as Recorded;
}
