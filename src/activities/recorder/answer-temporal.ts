import { ApplicationFailure } from '@temporalio/common';
import type { NodeSummary } from '../../engine/log/node-call.ts';
import type { Recorded } from '../../store/log/append-transaction.ts';
import type { LoopBounds } from '../node-code.ts';
import { summarize } from './summarize.ts';

/** What an attempt came to. `bounds`: of the loop that it has opened. */
export interface AttemptResult {
  recorded: Recorded;
  bounds?: LoopBounds;
}

/**
 * Which Activity answers: the Local one that began the attempt, the one that took it over, or one on the common queue,
 * whose attempts follow each other by themselves.
 */
export type Answering = 'local' | 'adopted' | 'common';

/**
 * Returns Temporal with the recorded state of an attempt's execution.
 * @throws ApplicationFailure retryable with the recorded delay, or nonRetryable when the Activity has no further attempt;
 * its first detail is the NodeSummary
 */
export function answerTemporal(by: Answering, { recorded, bounds }: AttemptResult): NodeSummary {
  const summary = bounds ? answerOpened(recorded, bounds) : summarize(recorded);
  const { type = 'internal', message = 'the attempt failed' } = recorded.execution?.error ?? {};
  switch (summary.status) {
    case 'failure':
      throw ApplicationFailure.nonRetryable(message, type, summary);
    case 'retrying':
      return answerRetrying(by, summary, { type, message });
    default:
      return summary;
  }
}

function answerRetrying(
  by: Answering,
  summary: NodeSummary,
  error: { type: string; message: string },
): NodeSummary {
  // Between attempts of a Local Activity there is a timer of the workflow: it would hold its task.
  if (by === 'local') return summary;
  if (by === 'adopted') throw ApplicationFailure.nonRetryable(error.message, error.type, summary);
  // Temporal takes a delay of 0 for the end of all attempts.
  const nextRetryDelay = Math.max(1, summary.inMs ?? 0);
  throw ApplicationFailure.create({ ...error, details: [summary], nextRetryDelay });
}

/** Returns the bounds of a loop that has opened, with the number of items that is recorded. */
function answerOpened(recorded: Recorded, bounds: LoopBounds): NodeSummary {
  const summary = summarize(recorded);
  if (summary.runEnded || summary.status !== 'retrying') return summary;
  const itemCount = recorded.execution?.total ?? bounds.itemCount;
  return { status: 'opened', loop: { ...bounds, ...(itemCount === undefined ? {} : { itemCount }) } };
}
