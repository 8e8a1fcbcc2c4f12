/** Runs a node's code within its time. */
import { NodeFailure } from '../node-code.ts';

/**
 * Runs `code` with a signal that is aborted after `timeoutMs` or with `ending`. Does not wait for code that ignores its
 * signal.
 * @throws NodeFailure `timeout`, the reason of `ending`, or what the code throws
 */
export async function runWithin<Result>(
  ending: AbortSignal,
  timeoutMs: number,
  code: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const control = new AbortController();
  const timer = setTimeout(() => control.abort(timedOut(timeoutMs)), timeoutMs);
  const onEnd = () => control.abort(ending.reason);
  if (ending.aborted) onEnd();
  ending.addEventListener('abort', onEnd, { once: true });
  try {
    return await Promise.race([code(control.signal), aborted(control.signal)]);
  } catch (error) {
    // An aborted client throws its own error; the reason says why.
    throw control.signal.aborted ? control.signal.reason : error;
  } finally {
    clearTimeout(timer);
    ending.removeEventListener('abort', onEnd);
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
