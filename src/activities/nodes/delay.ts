import { NodeFailure } from '../node-code.ts';
import type { NodeCode } from '../node-code.ts';

/** Begins a delay of `delayMs`, or until `until` (ISO 8601). */
export const runDelay: NodeCode = ({ payload, attempt }) => {
  const until =
    payload['until'] === undefined
      ? afterDelay(payload['delayMs'], attempt.startedAt)
      : parseTime(payload['until']);
  return { wait: { until } };
};

function afterDelay(delayMs: unknown, from: Date): Date {
  const ms = typeof delayMs === 'string' ? Number(delayMs) : delayMs;
  if (typeof ms !== 'number' || !Number.isFinite(ms) || ms < 0) {
    throw invalid('delayMs', 'a number of milliseconds, 0 or more', delayMs);
  }
  return new Date(from.getTime() + ms);
}

function parseTime(text: unknown): Date {
  const time = typeof text === 'string' ? new Date(text) : new Date(Number.NaN);
  if (Number.isNaN(time.getTime())) throw invalid('until', 'a time in ISO 8601', text);
  return time;
}

function invalid(field: string, expected: string, came: unknown): NodeFailure {
  const message = `${field}: expected ${expected}; came ${JSON.stringify(came) ?? 'nothing'}`;
  return new NodeFailure({ type: 'invalid_input', message, retryable: false });
}
