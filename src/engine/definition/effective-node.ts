/** A node's bounds with every default filled in. */
import { nodeOf } from './definition.ts';
import type { Definition } from './definition.ts';
import type { RunError } from '../log/facts.ts';
import { nodeType } from '../node-types/registry.ts';
import type { RetryPolicy } from './retry-policy.ts';

/** What bounds a node's attempts. */
export interface EffectiveNode {
  retry: RetryPolicy;
  /** Bound of one attempt in milliseconds. */
  timeoutMs: number;
  /** Bound over all attempts in milliseconds; absent: none. */
  deadlineMs?: number;
  /** Bound of an attempt that goes on without its code (a loop, a wait, a delay, a child); absent: none. */
  waitTimeoutMs?: number;
}

/** Source: the definition page, fields `retry` and `timeoutMs`. */
const defaults = { initialIntervalMs: 1_000, backoff: 2, maxIntervalMs: 60_000, jitter: 0.2 };
const defaultTimeoutMs = 30_000;
const networkAttempts = 3;

/**
 * Returns a node's retry policy, timeout and deadline. A node whose type is never retried has one attempt.
 * @throws TypeError when the definition has no such node
 */
export function effectiveNode(definition: Definition, id: string): EffectiveNode {
  const node = nodeOf(definition, id);
  if (!node) throw new TypeError(`the definition has no node ${id}`);
  const maxAttempts = nodeType(node.type)?.network ? networkAttempts : 1;
  const retry = { ...defaults, maxAttempts, ...node.retry };
  return {
    retry: nodeType(node.type)?.retries === false ? { ...retry, maxAttempts: 1 } : retry,
    timeoutMs: node.timeoutMs ?? defaultTimeoutMs,
    ...(node.deadlineMs === undefined ? {} : { deadlineMs: node.deadlineMs }),
    ...(node.timeoutMs === undefined ? {} : { waitTimeoutMs: node.timeoutMs }),
  };
}

/** The error of a node that has gone on for longer than `timeoutMs` or `deadlineMs` of its definition allow. */
export function timeoutError({ waitTimeoutMs, deadlineMs }: EffectiveNode): RunError {
  const boundMs = Math.min(waitTimeoutMs ?? Infinity, deadlineMs ?? Infinity);
  return { type: 'timeout', message: `the node took longer than ${boundMs} ms` };
}

/**
 * Returns the milliseconds that a node may still go on; `undefined` when nothing bounds it.
 * @param elapsed milliseconds since the attempt and since the first attempt began
 */
export function timeLeft(
  { waitTimeoutMs, deadlineMs }: Pick<EffectiveNode, 'waitTimeoutMs' | 'deadlineMs'>,
  elapsed: { attemptMs: number; nodeMs: number },
): number | undefined {
  if (waitTimeoutMs === undefined && deadlineMs === undefined) return undefined;
  const left = Math.min(
    (waitTimeoutMs ?? Infinity) - elapsed.attemptMs,
    (deadlineMs ?? Infinity) - elapsed.nodeMs,
  );
  return Math.max(0, left);
}
