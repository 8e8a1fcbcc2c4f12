/** Runs a node's code within its time: aborts it on timeout and cancellation, heartbeats while it is slow. */
import type { Context } from '@temporalio/activity';
import { NodeFailure } from '../node-code.ts';

/** Attempts younger than this send no heartbeat. */
const heartbeatEveryMs = 1_000;

/**
 * Runs `code` with a signal that is aborted after `timeoutMs` or when Temporal cancels the attempt. Does not wait for
 * code that ignores its signal.
 * @throws NodeFailure `timeout` or `cancelled`, or what the code throws
 */
export async function runWithin<Result>(
  context: Context,
  timeoutMs: number,
  code: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const control = new AbortController();
  const heartbeats = context.info.isLocal
    ? undefined
    : setInterval(() => context.heartbeat(), heartbeatEveryMs);
  const timer = setTimeout(() => control.abort(timedOut(timeoutMs)), timeoutMs);
  const onCancel = () =>
    control.abort(new NodeFailure({ type: 'cancelled', message: 'the run ended', retryable: false }));
  if (context.cancellationSignal.aborted) onCancel();
  context.cancellationSignal.addEventListener('abort', onCancel, { once: true });
  try {
    return await Promise.race([code(control.signal), aborted(control.signal)]);
  } catch (error) {
    // An aborted client throws its own error; the reason says why.
    throw control.signal.aborted ? control.signal.reason : error;
  } finally {
    clearInterval(heartbeats);
    clearTimeout(timer);
    context.cancellationSignal.removeEventListener('abort', onCancel);
  }
}

function timedOut(timeoutMs: number): NodeFailure {
  return new NodeFailure({
    type: 'timeout',
    message: `the attempt took longer than ${timeoutMs} ms`,
    retryable: true,
  });
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason as Error);
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}
