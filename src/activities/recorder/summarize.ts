import { currentMs } from '../../clock.ts';
import { isFinalRunStatus } from '../../engine/log/event-catalog.ts';
import type { RecordedValue } from '../../engine/log/facts.ts';
import type { NodeSummary } from '../../engine/log/node-call.ts';
import type { ExecutionProjection } from '../../engine/log/projections.ts';
import type { Recorded } from '../../store/log/judge-facts.ts';

const previewBytes = 256;

/** What the workflow and the Temporal UI may know of a recorded state. */
export function summarize({ run, execution }: Recorded): NodeSummary {
  const ended = isFinalRunStatus(run.status) ? { runEnded: run.status } : {};
  if (!execution) return { status: 'cancelled', ...ended };
  return { ...summarizeExecution(execution), ...ended };
}

/** As `summarize`, of the execution alone. */
export function summarizeExecution(execution: ExecutionProjection): NodeSummary {
  const { branch, error } = execution;
  return {
    ...stateOf(execution),
    ...(branch === undefined ? {} : { branch }),
    ...(error === undefined ? {} : { errorType: error.type }),
  };
}

function stateOf(execution: ExecutionProjection): NodeSummary {
  const { status } = execution;
  switch (status) {
    case 'scheduled':
    case 'running':
      // What has waited ends by the step that follows its resume, not by another attempt.
      if (execution.resumedAt !== undefined) return { status: 'waiting', ...timeUntil(execution.waitUntil) };
      return { status: 'retrying', inMs: 0, ...timeUntil(execution.nextAttemptAt) };
    case 'waiting':
      return { status, ...timeUntil(execution.waitUntil), ...reminderOf(execution) };
    case 'success':
    case 'partial':
      return { status, ...preview(execution.result) };
    case 'failure':
    case 'skipped':
    case 'cancelled':
      return { status };
  }
}

function timeUntil(time: string | undefined): { inMs?: number } {
  return time === undefined ? {} : { inMs: Math.max(0, Date.parse(time) - currentMs()) };
}

function reminderOf({ remindAt, remindedAt }: ExecutionProjection): { remindInMs?: number } {
  const { inMs } = timeUntil(remindedAt === undefined ? remindAt : undefined);
  return inMs === undefined ? {} : { remindInMs: inMs };
}

/** The beginning of a result; whole UTF-8 characters, so never more than the bytes. */
function preview(result: RecordedValue | undefined): {
  preview?: string;
} {
  if (!result) return {};
  if ('ref' in result) return { preview: `${result.bytes} bytes` };
  const text = Buffer.from(result.json)
    .subarray(0, previewBytes)
    .toString('utf8')
    .replace(/\uFFFD+$/, '');
  return { preview: text };
}
