/** The facts that the interpreter notes. */
import type { Fact, NodeRef } from '../engine/log/facts.ts';
import { outcomeKey, scheduledKey } from '../engine/log/record-fact.ts';
import type { SkipReason } from '../engine/scheduler/scheduler-types.ts';

/** The workflow's clock, ISO 8601. */
export function now(): string {
  return new Date().toISOString();
}

/** A node's join has let it through. */
export function scheduledFact(node: NodeRef): Fact {
  return {
    kind: 'event',
    key: scheduledKey(node.path),
    type: 'node.scheduled',
    at: now(),
    node,
    data: {},
  };
}

/** A node ends before its end, or is never run. */
export function endFact(node: NodeRef, reason: SkipReason): Fact {
  return { kind: 'end-node', at: now(), node, reason };
}

/** The run begins or stops to wait, for the n-th time. */
export function runStateFact(type: 'run.waiting' | 'run.resumed', count: number): Fact {
  return { kind: 'event', key: `${type}/${count}`, type, at: now(), data: {} };
}

/** An Activity came to nothing that anybody recorded. */
export function lossFact(node: NodeRef, message: string): Fact {
  const error = { type: 'internal', message, retryable: false };
  return {
    kind: 'event',
    key: outcomeKey(node.path),
    type: 'node.failed',
    at: now(),
    node,
    data: { error },
  };
}
