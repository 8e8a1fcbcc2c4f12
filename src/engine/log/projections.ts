/** The projections: fast reads of the log, each a pure fold of it (`apply-event.ts`). */
import type { AnsweredBy, RecordedValue, RunError } from './facts.ts';
import type { JsonObject } from '../json/json.ts';
import type { NodeStatus, RunStatus } from './event-catalog.ts';

/** A run. Of constant size: node states live in executions. Dates are ISO 8601. */
export interface RunProjection {
  runId: string;
  organizationId: string;
  workflowId: string;
  workflowVersion: number;
  versionId: string;
  status: RunStatus;
  /** `{ source, webhookEventId?, dedupeKey?, … }`. */
  trigger: JsonObject;
  /** The trigger's body. */
  input: RecordedValue;
  /** `{ headers, query, method, receivedAt }` of the trigger. */
  request?: RecordedValue;
  output?: RecordedValue;
  error?: RunError;
  /** Executions by their present status. */
  counts: Partial<Record<NodeStatus, number>>;
  lastSequence: number;
  /** When its last event happened; none after it is of an earlier time. */
  lastEventAt: string;
  parentRunId?: string;
  rerunOf?: string;
  /** The run whose failure started this one. */
  failedRunId?: string;
  /** The run that the end of this one started, and its workflow. */
  failureRunId?: string;
  failureWorkflowId?: string;
  createdAt: string;
  startedAt?: string;
  finishedAt?: string;
}

/** One node in one run and one iteration. */
export interface ExecutionProjection {
  executionId: string;
  runId: string;
  path: string;
  nodeId: string;
  nodeType: string;
  status: NodeStatus;
  /** Sequences of its first and its latest event. */
  firstSequence: number;
  lastSequence: number;
  /** Number of the latest attempt; 0 before the first. */
  attempt: number;
  /** Key of the latest attempt, while it has no outcome. */
  openAttempt?: string;
  /** Key of the latest attempt that has an outcome. */
  closedAttempt?: string;
  /** Attempts that ended as `worker_lost`; they do not use up the user's attempts. */
  losses: number;
  branch?: string;
  input?: RecordedValue;
  result?: RecordedValue;
  error?: RunError;
  /** Why it was skipped or cancelled. */
  reason?: string;
  /** By which the outside knows what it does, when that is not the execution's id: a retry without an answer to the first. */
  idempotencyKey?: string;
  /** Id of the execution, of the run that this one retries, whose outcome was taken over. */
  reusedFrom?: string;
  scheduledAt?: string;
  startedAt?: string;
  finishedAt?: string;
  /** When a loop opened: its code has run, and its iterations are under way. */
  openedAt?: string;
  /** Number of a loop's items. */
  total?: number;
  /** When a delay or a wait's timeout ends. */
  waitUntil?: string;
  nextAttemptAt?: string;
  /** The run that a `trigger-workflow` node waits for; of the latest attempt. */
  childRunId?: string;
  /** When a wait is to be called to mind, and when it was. */
  remindAt?: string;
  remindedAt?: string;
  /** When a wait was resumed, or its time was over; its outcome is to follow. */
  resumedAt?: string;
  /** Which of the two. */
  resumeOutcome?: string;
  /** Who answered a wait. */
  answeredBy?: AnsweredBy;
  /** What a webhook of the workflow may resume a wait by. */
  waitKey?: string;
}
