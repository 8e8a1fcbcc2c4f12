/** The fold of the log into its projections: pure, so that a rebuild from the log gives the same records. */
import { catalogEntry } from './event-catalog.ts';
import type { NodeStatus, RunStatus } from './event-catalog.ts';
import type { AnsweredBy, EventDraft, RunError } from './facts.ts';
import type { JsonObject } from '../json/json.ts';
import type { ExecutionProjection, RunProjection } from './projections.ts';

/** An event draft with its place in the log. */
export interface SequencedEvent extends EventDraft {
  runId: string;
  sequence: number;
  /** Id of the execution; only for node events. */
  executionId?: string;
}

/** Creates the run that `run.queued` begins. */
export function createRun(event: SequencedEvent): RunProjection {
  const { data, values } = event;
  return {
    runId: event.runId,
    organizationId: String(data['organizationId']),
    workflowId: String(data['workflowId']),
    workflowVersion: Number(data['workflowVersion']),
    versionId: String(data['versionId']),
    status: 'queued',
    trigger: data['trigger'] as JsonObject,
    input: values?.['input'] ?? { json: 'null' },
    ...(values?.['request'] ? { request: values['request'] } : {}),
    counts: {},
    lastSequence: event.sequence,
    lastEventAt: event.at,
    ...(data['parentRunId'] ? { parentRunId: String(data['parentRunId']) } : {}),
    ...(data['rerunOf'] ? { rerunOf: String(data['rerunOf']) } : {}),
    ...(data['failedRunId'] ? { failedRunId: String(data['failedRunId']) } : {}),
    createdAt: event.at,
  };
}

/** Returns the run after a run event. */
export function applyToRun(run: RunProjection, event: SequencedEvent): RunProjection {
  const entry = catalogEntry(event.type);
  const next: RunProjection = { ...run, lastSequence: event.sequence, lastEventAt: event.at };
  if (entry.about !== 'run') return next;
  if (entry.status) next.status = entry.status as RunStatus;
  if (event.type === 'run.started') next.startedAt = event.at;
  if (entry.final) Object.assign(next, { finishedAt: event.at }, endParts(event));
  return next;
}

function endParts(event: SequencedEvent): Partial<RunProjection> {
  const output = event.values?.['output'];
  const error = event.data['error'] as RunError | undefined;
  const { failureRunId, failureWorkflowId } = event.data;
  const failure = { failureRunId: String(failureRunId), failureWorkflowId: String(failureWorkflowId) };
  return {
    ...(output ? { output } : {}),
    ...(error ? { error } : {}),
    ...(failureRunId === undefined ? {} : failure),
  };
}

/** Returns the execution after one of its events; `undefined` before its first. */
export function applyToExecution(
  execution: ExecutionProjection | undefined,
  event: SequencedEvent,
): ExecutionProjection {
  const next: ExecutionProjection = execution ? { ...execution } : createExecution(event);
  next.lastSequence = event.sequence;
  const status = catalogEntry(event.type).status as NodeStatus | undefined;
  if (status) next.status = status;
  applyAttempt(next, event);
  applyOutcome(next, event);
  return next;
}

function createExecution(event: SequencedEvent): ExecutionProjection {
  const node = event.node;
  if (!node || !event.executionId) throw new TypeError(`a ${event.type} event without its node`);
  return {
    executionId: event.executionId,
    runId: event.runId,
    ...node,
    status: 'scheduled',
    firstSequence: event.sequence,
    lastSequence: event.sequence,
    attempt: 0,
    losses: 0,
    ...(event.type === 'node.scheduled' ? { scheduledAt: event.at } : {}),
    ...(event.data['idempotencyKey'] ? { idempotencyKey: String(event.data['idempotencyKey']) } : {}),
  };
}

function applyAttempt(next: ExecutionProjection, event: SequencedEvent): void {
  const { data } = event;
  if (event.type === 'node.started') {
    next.attempt = Number(data['attempt']);
    next.openAttempt = String(data['attemptKey']);
    next.startedAt ??= event.at;
    delete next.nextAttemptAt;
  } else if (data['attemptKey'] !== undefined) {
    next.closedAttempt = String(data['attemptKey']);
    if (next.openAttempt === next.closedAttempt) delete next.openAttempt;
  }
  if (event.type === 'node.retrying') {
    next.nextAttemptAt = String(data['nextAttemptAt']);
    if ((data['error'] as RunError | undefined)?.type === 'worker_lost') next.losses += 1;
  }
}

function applyOutcome(next: ExecutionProjection, event: SequencedEvent): void {
  const { data, values = {} } = event;
  applyBegin(next, event);
  for (const name of ['branch', 'reason'] as const)
    if (data[name] !== undefined) next[name] = String(data[name]);
  for (const name of ['input', 'result'] as const) if (values[name]) next[name] = values[name];
  if (data['error'] !== undefined) next.error = data['error'] as unknown as RunError;
  if (catalogEntry(event.type).final) closeExecution(next, event);
}

/** A wait has begun or is over, or a loop has opened. */
function applyBegin(next: ExecutionProjection, { type, data, at }: SequencedEvent): void {
  if (type === 'node.waiting') beginWait(next, data);
  if (type === 'node.reminder') next.remindedAt = at;
  if (type === 'node.resumed') endWait(next, { data, at });
  if (type === 'node.progress' && data['iteration'] === 0) applyOpening(next, { data, at });
}

function applyOpening(next: ExecutionProjection, { data, at }: Pick<SequencedEvent, 'data' | 'at'>): void {
  next.openedAt ??= at;
  if (typeof data['total'] === 'number') next.total ??= data['total'];
}

function endWait(next: ExecutionProjection, { data, at }: Pick<SequencedEvent, 'data' | 'at'>): void {
  next.resumedAt = at;
  next.resumeOutcome = String(data['outcome']);
  if (data['answeredBy']) next.answeredBy = data['answeredBy'] as unknown as AnsweredBy;
}

function beginWait(next: ExecutionProjection, data: JsonObject): void {
  if (data['remindAt']) next.remindAt = String(data['remindAt']);
  if (data['until']) next.waitUntil = String(data['until']);
  if (data['childRunId']) next.childRunId = String(data['childRunId']);
  if (data['key']) next.waitKey = String(data['key']);
}

function closeExecution(next: ExecutionProjection, event: SequencedEvent): void {
  next.finishedAt = event.at;
  if (event.data['reusedFrom'] !== undefined) next.reusedFrom = String(event.data['reusedFrom']);
  delete next.openAttempt;
  delete next.nextAttemptAt;
  if (event.type === 'node.succeeded') delete next.error;
}
