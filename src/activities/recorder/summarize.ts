import { isFinalRunStatus } from '../../engine/event-catalog.ts';
import type { NodeSummary } from '../../engine/node-call.ts';
import type { Recorded } from '../../store/append-transaction.ts';

const previewBytes = 256;

/** What the workflow and the Temporal UI may know of a recorded state. */
export function summarize({ run, execution }: Recorded): NodeSummary {
  const ended = isFinalRunStatus(run.status) ? { runEnded: run.status } : {};
  if (!execution) return { status: 'cancelled', ...ended };
  const { status, branch, error } = execution;
  const parts = {
    ...(branch === undefined ? {} : { branch }),
    ...(error === undefined ? {} : { errorType: error.type }),
    ...ended,
  };
  switch (status) {
    case 'scheduled':
    case 'running':
      return { status: 'retrying', inMs: millisecondsUntil(execution.nextAttemptAt) ?? 0, ...parts };
    case 'waiting': {
      const inMs = millisecondsUntil(execution.waitUntil);
      return { status, ...(inMs === undefined ? {} : { inMs }), ...parts };
    }
    case 'success':
    case 'partial':
      return { status, ...preview(execution.result), ...parts };
    case 'failure':
    case 'skipped':
    case 'cancelled':
      return { status, ...parts };
  }
}

function millisecondsUntil(time: string | undefined): number | undefined {
  return time === undefined ? undefined : Math.max(0, Date.parse(time) - Date.now());
}

/** The beginning of a result; whole UTF-8 characters, so never more than the bytes. */
function preview(result: { json: string } | { ref: string; bytes: number } | undefined): {
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
