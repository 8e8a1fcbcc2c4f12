/**
 * Turns a reported fact into the events it causes, given what is recorded already. The first recorded fact wins:
 * a fact about an ended run or a final execution causes nothing, and whoever reported it adopts what is recorded.
 */
import { catalogEntry, isFinalNodeStatus, isFinalRunStatus } from './event-catalog.ts';
import type { EventType } from './event-catalog.ts';
import type { AttemptOutcome, EventDraft, Fact, NodeRef } from './facts.ts';
import type { ExecutionProjection, RunProjection } from './projections.ts';
import type { JsonObject } from '../json/json.ts';

/** Most attempts that may be lost with their worker before the node fails as `worker_lost`. */
export const maxLosses = 5;

/**
 * Returns which events a fact causes; an empty list when it changes nothing.
 * @param run the run's state; `undefined` only for `run.queued`
 * @param execution the state of the fact's execution, if it has one
 */
export function recordFact(
  fact: Fact,
  run: RunProjection | undefined,
  execution: ExecutionProjection | undefined,
): EventDraft[] {
  if (run && isFinalRunStatus(run.status)) return [];
  if (execution && isFinalNodeStatus(execution.status)) return [];
  switch (fact.kind) {
    case 'event':
      return recordPlain(fact, run, execution);
    case 'attempt':
      return recordAttempt(fact, execution);
    case 'outcome':
      return recordOutcome(fact, execution);
    case 'end-node':
      return [endNode(fact, execution)];
    case 'end-run':
      return [endRun(fact, run)];
  }
}

type FactOf<Kind extends Fact['kind']> = Extract<Fact, { kind: Kind }>;

/** Keys of what an execution does once at most: however often it is reported, and by whom, it is recorded once. */
export const scheduledKey = (path: string): string => `node/${path}/scheduled`;
export const openedKey = (path: string): string => `node/${path}/opened`;
export const resumedKey = (path: string): string => `node/${path}/resumed`;
export const outcomeKey = (path: string): string => `node/${path}/outcome`;
/** Key of the one end of a run. */
export const runEndKey = 'run/end';

function recordPlain(
  fact: FactOf<'event'>,
  run: RunProjection | undefined,
  execution: ExecutionProjection | undefined,
): EventDraft[] {
  if (comesLate(fact.type, run, execution)) return [];
  const { kind: _, ...draft } = fact;
  return [catalogEntry(fact.type).final && fact.node ? { ...draft, key: outcomeKey(fact.node.path) } : draft];
}

/** A fact that arrives late must not lead back from a state that is further on. */
function comesLate(
  type: EventType,
  run: RunProjection | undefined,
  execution: ExecutionProjection | undefined,
): boolean {
  if (type === 'node.scheduled') return execution !== undefined;
  if (type === 'node.reminder') return execution?.status !== 'waiting';
  return type === 'run.blocked' && run?.status !== 'queued';
}

function recordAttempt(fact: FactOf<'attempt'>, execution: ExecutionProjection | undefined): EventDraft[] {
  if (execution && isKnownAttempt(fact.key, execution)) return [];
  const lost = execution?.openAttempt ? closeLost(fact, execution) : [];
  if (lost.some((draft) => draft.type === 'node.failed')) return lost;
  const started: EventDraft = {
    key: `node/${fact.node.path}/started/${fact.key}`,
    type: 'node.started',
    at: fact.at,
    node: fact.node,
    data: { attempt: (execution?.attempt ?? 0) + 1, attemptKey: fact.key },
  };
  return [...lost, started];
}

/** What waits, has waited, or is an open loop has run its code: a worker that was lost after that has lost nothing. */
function isKnownAttempt(key: string, execution: ExecutionProjection): boolean {
  const { openAttempt, closedAttempt, status, resumedAt, openedAt } = execution;
  if (openAttempt === key || closedAttempt === key) return true;
  return status === 'waiting' || resumedAt !== undefined || openedAt !== undefined;
}

/** A started attempt without an outcome is closed by its successor; past the bound the node fails. */
function closeLost(fact: FactOf<'attempt'>, execution: ExecutionProjection): EventDraft[] {
  const exhausted = execution.losses >= maxLosses;
  const error = {
    type: 'worker_lost',
    message: 'the worker was lost during this attempt',
    retryable: !exhausted,
  };
  const data: JsonObject = { attempt: execution.attempt, attemptKey: execution.openAttempt ?? '', error };
  if (exhausted)
    return [{ key: outcomeKey(fact.node.path), type: 'node.failed', at: fact.at, node: fact.node, data }];
  const key = `node/${fact.node.path}/retrying/${execution.attempt}`;
  return [
    { key, type: 'node.retrying', at: fact.at, node: fact.node, data: { ...data, nextAttemptAt: fact.at } },
  ];
}

function recordOutcome(fact: FactOf<'outcome'>, execution: ExecutionProjection | undefined): EventDraft[] {
  if (isTooLate(fact, execution)) return [];
  const draft = draftOutcome(fact.node, fact.outcome, { at: fact.at, attempt: execution?.attempt ?? 1 });
  const durationMs = execution?.startedAt
    ? Math.max(0, Date.parse(fact.at) - Date.parse(execution.startedAt))
    : 0;
  return [{ ...draft, data: { ...draft.data, attemptKey: fact.key, durationMs } }];
}

/** A late success is a fact all the same; a late failure or retry of a closed attempt is none, nor the end of a resumed wait. */
function isTooLate({ key, outcome }: FactOf<'outcome'>, execution: ExecutionProjection | undefined): boolean {
  if (outcome.status === 'success') return false;
  const isOverdue = outcome.status === 'failure' && outcome.isOverdue === true;
  return execution?.openAttempt !== key || (isOverdue && execution.resumedAt !== undefined);
}

function draftOutcome(
  node: NodeRef,
  outcome: AttemptOutcome,
  when: { at: string; attempt: number },
): EventDraft {
  const { at, attempt } = when;
  if (outcome.status === 'cancelled') {
    return {
      key: outcomeKey(node.path),
      type: 'node.cancelled',
      at,
      node,
      data: { attempt, reason: outcome.reason },
    };
  }
  const input = outcome.input ? { input: outcome.input } : {};
  if (outcome.status !== 'failure') {
    const type: EventType = outcome.status === 'success' ? 'node.succeeded' : 'node.partial';
    const data: JsonObject = { attempt, ...(outcome.branch === undefined ? {} : { branch: outcome.branch }) };
    return { key: outcomeKey(node.path), type, at, node, data, values: { ...input, result: outcome.result } };
  }
  const error = outcome.error as unknown as JsonObject;
  if (outcome.retryInMs === undefined) {
    return {
      key: outcomeKey(node.path),
      type: 'node.failed',
      at,
      node,
      data: { attempt, error },
      values: input,
    };
  }
  const nextAttemptAt = new Date(Date.parse(at) + outcome.retryInMs).toISOString();
  const key = `node/${node.path}/retrying/${attempt}`;
  return { key, type: 'node.retrying', at, node, data: { attempt, error, nextAttemptAt }, values: input };
}

function endNode(fact: FactOf<'end-node'>, execution: ExecutionProjection | undefined): EventDraft {
  const type: EventType = execution ? 'node.cancelled' : 'node.skipped';
  const data: JsonObject = { reason: fact.reason, ...(fact.source ? { source: fact.source } : {}) };
  return { key: outcomeKey(fact.node.path), type, at: fact.at, node: fact.node, data };
}

const endTypes = {
  success: 'run.succeeded',
  partial: 'run.partial',
  failure: 'run.failed',
  cancelled: 'run.cancelled',
} as const;

function endRun(fact: FactOf<'end-run'>, run: RunProjection | undefined): EventDraft {
  const data: JsonObject = {
    ...(fact.error ? { error: fact.error as unknown as JsonObject } : {}),
    ...(fact.reason ? { reason: fact.reason } : {}),
    ...(fact.source ? { source: fact.source } : {}),
    ...(fact.failureRunId ? { failureRunId: fact.failureRunId } : {}),
    ...(fact.failureWorkflowId ? { failureWorkflowId: fact.failureWorkflowId } : {}),
    counts: { ...run?.counts } as JsonObject,
    durationMs: run ? Math.max(0, Date.parse(fact.at) - Date.parse(run.startedAt ?? run.createdAt)) : 0,
  };
  const values = fact.output ? { output: fact.output } : {};
  return { key: runEndKey, type: endTypes[fact.status], at: fact.at, data, values };
}
