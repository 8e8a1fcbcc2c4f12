import type { NodeCode } from '../node-code.ts';
import { NodeFailure } from '../node-code.ts';

/** Begins a wait: until somebody resumes it, or its `timeoutMs` are over. */
export const runWait: NodeCode = ({ payload, attempt }) => {
  const { timeoutMs } = payload;
  if (timeoutMs === undefined || timeoutMs === null) return { wait: {} };
  const ms = Number(timeoutMs);
  if (Number.isFinite(ms) && ms > 0) return { wait: { until: new Date(attempt.startedAt.getTime() + ms) } };
  const message = `timeoutMs: expected a number of milliseconds above 0; came ${JSON.stringify(timeoutMs)}`;
  throw new NodeFailure({ type: 'invalid_input', message, retryable: false });
};
