/** Runs a node's code within its time: aborts it on timeout and cancellation, heartbeats while it is slow. */
import { setMaxListeners } from 'node:events';
import type { Context } from '@temporalio/activity';
import { NodeFailure } from '../node-code.ts';

/** Attempts younger than this send no heartbeat. */
const heartbeatEveryMs = 1_000;

/**
 * Why Temporal cancels what nobody needs any more. Every other reason is about the worker, or about an attempt that is lost:
 * one that Temporal no longer knows may have timed out while its process stood still, and another makes up for it.
 */
export const endReason = 'CANCELLED';

/** The attempt was broken off with its worker: it has no outcome, and another makes up for it. */
export class InterruptedError extends Error {
  constructor(reason: unknown) {
    super('the attempt was broken off', { cause: reason });
    this.name = 'InterruptedError';
  }
}

/**
 * Runs `code` with a signal that is aborted after `timeoutMs` or when Temporal cancels the attempt. Does not wait for
 * code that ignores its signal.
 * @param cancelled is aborted when the attempt is cancelled
 * @throws NodeFailure `timeout` or `cancelled`, InterruptedError, or what the code throws
 */
export async function runWithin<Result>(
  { context, cancelled }: { context: Context; cancelled: AbortSignal },
  timeoutMs: number,
  code: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const control = new AbortController();
  // Expressions of one payload listen by the hundred.
  setMaxListeners(0, control.signal);
  const heartbeats = context.info.isLocal
    ? undefined
    : setInterval(() => context.heartbeat(), heartbeatEveryMs);
  const timer = setTimeout(() => control.abort(timedOut(timeoutMs)), timeoutMs);
  const onCancel = () => control.abort(endOf(cancelled.reason));
  if (cancelled.aborted) onCancel();
  cancelled.addEventListener('abort', onCancel, { once: true });
  try {
    return await Promise.race([code(control.signal), aborted(control.signal)]);
  } catch (error) {
    // An aborted client throws its own error; the reason says why.
    throw control.signal.aborted ? control.signal.reason : error;
  } finally {
    clearInterval(heartbeats);
    clearTimeout(timer);
    cancelled.removeEventListener('abort', onCancel);
  }
}

function endOf(reason: unknown): Error {
  if ((reason as Error).message !== endReason) return new InterruptedError(reason);
  return new NodeFailure({ type: 'cancelled', message: 'the run ended', retryable: false });
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
