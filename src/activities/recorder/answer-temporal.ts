import { ApplicationFailure } from '@temporalio/common';
import type { Context } from '@temporalio/activity';
import type { NodeCall, NodeSummary } from '../../engine/log/node-call.ts';
import type { Recorded } from '../../store/log/judge-facts.ts';
import type { LoopBounds } from '../node-code.ts';
import { summarize } from './summarize.ts';

/**
 * Returns Temporal with the recorded state of an attempt's execution.
 * @throws ApplicationFailure retryable with the recorded delay, or nonRetryable when the node failed; its first detail
 * is the NodeSummary
 */
export function answerTemporal(given: { context: Context; call: NodeCall }, recorded: Recorded): NodeSummary {
  const summary = summarize(recorded);
  const { type = 'internal', message = 'the attempt failed' } = recorded.execution?.error ?? {};
  if (summary.status === 'failure') throw ApplicationFailure.nonRetryable(message, type, summary);
  // The retry of a Local Activity is a timer of the workflow, or it would hold its task.
  if (summary.status !== 'retrying' || given.context.info.isLocal) return summary;
  // Temporal takes a delay of 0 for the end of all attempts.
  const nextRetryDelay = Math.max(1, summary.inMs ?? 0);
  throw ApplicationFailure.create({ message, type, details: [summary], nextRetryDelay });
}

/** Returns the bounds of a loop that has opened, with the number of items that is recorded. */
export function answerOpened(recorded: Recorded, bounds: LoopBounds): NodeSummary {
  const summary = summarize(recorded);
  if (summary.runEnded || summary.status !== 'retrying') return summary;
  const itemCount = recorded.execution?.total ?? bounds.itemCount;
  return { status: 'opened', loop: { ...bounds, ...(itemCount === undefined ? {} : { itemCount }) } };
}
