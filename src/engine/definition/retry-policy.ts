/** When a failed attempt is followed by another: pure, so the log alone decides. */
import { neverRetried } from '../log/error-types.ts';
import type { RunError } from '../log/facts.ts';
import { isRetriedFailure, namesOfFailure } from './request-failures.ts';

/** A node's retry policy with its defaults filled in. Times in milliseconds. */
export interface RetryPolicy {
  maxAttempts: number;
  initialIntervalMs: number;
  backoff: number;
  maxIntervalMs: number;
  /** 0–1: how far an interval may be off, in both directions. */
  jitter: number;
  /** Error types, HTTP statuses or classes such as `5xx` that are retried, in place of the default list. */
  retryOn?: (string | number)[];
  /** Error types or HTTP statuses that are not. */
  noRetryOn?: (string | number)[];
}

/** Retried unless the policy says otherwise. Source: the definition page, field `retry`. */
const retriedStatuses = [408, 425, 429, 500, 502, 503, 504];

/** What is known when an attempt has failed. */
export interface FailedAttempt {
  error: RunError;
  /** Number of the attempt, lost ones not counted: 1, 2, … */
  attempt: number;
  /** Milliseconds since the first attempt began. */
  elapsedMs: number;
  /** Bound over all attempts; absent: none. */
  deadlineMs?: number;
  /** What the peer asked for by `Retry-After`. */
  retryAfterMs?: number;
  /** A number in [0, 1). */
  random: number;
}

/** Returns the milliseconds until the next attempt, or `undefined` when the failure is final. */
export function nextAttemptInMs(policy: RetryPolicy, failed: FailedAttempt): number | undefined {
  if (failed.attempt >= policy.maxAttempts || !isRetried(policy, failed.error)) return undefined;
  const grown = policy.initialIntervalMs * policy.backoff ** (failed.attempt - 1);
  const interval = Math.min(policy.maxIntervalMs, grown);
  const spread = 1 + policy.jitter * (2 * failed.random - 1);
  const inMs = Math.round(Math.max(interval * spread, failed.retryAfterMs ?? 0));
  const isTooLate = failed.deadlineMs !== undefined && failed.elapsedMs + inMs >= failed.deadlineMs;
  return isTooLate ? undefined : inMs;
}

/** The error as it is recorded, which says whether its kind is retried, and when the next attempt comes if one does. */
export function judgeFailure(
  policy: RetryPolicy,
  failed: FailedAttempt,
): { error: RunError; retryInMs?: number } {
  const retryInMs = nextAttemptInMs(policy, failed);
  const error = { ...failed.error, retryable: isRetried(policy, failed.error) };
  return { error, ...(retryInMs === undefined ? {} : { retryInMs }) };
}

/** A status and its class, as a policy may name them. */
function statusNames(status: number | undefined): (string | number)[] {
  return status === undefined ? [] : [status, `${Math.floor(status / 100)}xx`];
}

/** What the user names in `retryOn` is retried even when its node thinks that another attempt ends alike. */
function isRetried(policy: RetryPolicy, error: RunError): boolean {
  if (neverRetried.includes(error.type)) return false;
  const names = [...namesOfFailure(error.type), ...statusNames(error.status)];
  if (policy.noRetryOn && names.some((name) => policy.noRetryOn?.includes(name))) return false;
  if (policy.retryOn) return names.some((name) => policy.retryOn?.includes(name));
  if (error.retryable === false) return false;
  return error.type === 'http_status'
    ? retriedStatuses.includes(error.status ?? 0)
    : isRetriedFailure(error.type);
}
