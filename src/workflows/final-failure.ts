import { ActivityFailure, ApplicationFailure } from '@temporalio/common';

/**
 * The failure that an Activity ended with for good; `undefined` for timeouts and cancellations. A Local Activity's
 * failure comes bare, an Activity's wrapped.
 */
export function finalFailureOf(error: unknown): ApplicationFailure | undefined {
  const failure = applicationFailureOf(error);
  return failure?.nonRetryable === true ? failure : undefined;
}

/** The failure with which the code of an Activity ended. */
export function applicationFailureOf(error: unknown): ApplicationFailure | undefined {
  const failure = error instanceof ActivityFailure ? error.cause : error;
  return failure instanceof ApplicationFailure ? failure : undefined;
}
