/** What the routes of runs answer. */
import { z } from 'zod';
import { eventTypes, nodeStatuses, runStatuses } from '../../engine/log/event-catalog.ts';
import type { EventType } from '../../engine/log/event-catalog.ts';
import { queuePlace } from '../../engine/log/queue-place.schema.ts';
import { askedFor } from '../waits/answers.ts';
import { count, instant, pageOf, recorded, timeText } from '../routing/answer-parts.ts';

const failure = z
  .object({
    type: z.string(),
    message: z.string(),
    retryable: z.boolean().optional(),
    status: z.int().optional().describe('HTTP status, for `http_status`.'),
    details: z.record(z.string(), z.unknown()).optional(),
  })
  .meta({ id: 'RunError', description: 'Why something failed; never holds a secret.' });

const attemptNumber = count.describe('Number of the latest attempt; 0 before the first.');
const nodeState = {
  status: z.enum(nodeStatuses),
  executionId: z.string(),
  attempt: attemptNumber,
  startedAt: timeText.nullable(),
  finishedAt: timeText.nullable(),
};

/** One node of a run. */
export const runNode = z.object(nodeState).meta({ id: 'RunNode' });

const queue = z.object({ ...queuePlace.shape, since: instant }).meta({ id: 'RunQueue' });

const runMembers = {
  id: z.string(),
  workflowId: z.string(),
  workflowVersion: z.int().min(1),
  status: z.enum(runStatuses),
  trigger: z.record(z.string(), z.unknown()).describe('`{source, webhookEventId?, dedupeKey?, …}`.'),
  input: recorded,
  output: recorded,
  error: failure.nullable(),
  counts: z.partialRecord(z.enum(nodeStatuses), count).describe('Executions by their present status.'),
  lastSequence: count,
  rerunOf: z.string().nullable(),
  parentRunId: z.string().nullable(),
  failedRunId: z.string().nullable().describe('The run whose failure started this one.'),
  failureRunId: z.string().nullable().describe('The run that the failure of this one started.'),
  createdAt: timeText,
  startedAt: timeText.nullable(),
  finishedAt: timeText.nullable(),
  durationMs: z.int().nullable(),
  queue: queue.nullable().describe('Why and where it waits for its turn; `null` when it does not.'),
};

/** A run as lists show it. */
export const run = z.object(runMembers).meta({ id: 'RunSummary' });

/** A run with its nodes outside loops, by path. */
export const wholeRun = z
  .object({
    ...runMembers,
    nodes: z.record(z.string(), runNode),
  })
  .meta({ id: 'Run' });
export const runPage = pageOf(run);
export const runId = z.object({ runId: z.string() });

const executionMembers = {
  id: z.string(),
  runId: z.string(),
  path: z.string(),
  nodeId: z.string(),
  nodeType: z.string(),
  ...nodeState,
  input: recorded,
  output: recorded,
  error: failure.nullable(),
  reason: z.string().nullable().describe('Why it was skipped or cancelled.'),
  nextAttemptAt: timeText.nullable(),
  reusedFrom: z.string().nullable().describe('Execution of the retried run whose outcome was taken over.'),
};

/** An execution as lists show it. */
export const execution = z.object(executionMembers).meta({ id: 'ExecutionSummary' });
export const executionPage = pageOf(execution);

const attempt = z.object({
  number: z.int(),
  startedAt: timeText,
  finishedAt: timeText.nullable(),
  status: z.string(),
  error: failure.nullable().optional(),
  nextAttemptAt: timeText.nullable().optional(),
  durationMs: count.optional(),
});
/** An execution with its attempts. */
export const wholeExecution = z
  .object({ ...executionMembers, attempts: z.array(attempt) })
  .meta({ id: 'Execution' });

export const resumed = z.object({ runId: z.string(), path: z.string() });
export const resumedByLink = z.object({
  runId: z.string(),
  path: z.string(),
  status: z.enum(['resumed', 'held']),
});
/** What a link resumes. */
export const linkedWait = z.object({
  runId: z.string(),
  path: z.string(),
  status: z.enum(['not_begun', 'held', 'waiting', 'over']),
  outcome: z.enum(['resumed', 'timed_out', 'ended']).nullable().describe('How it came to be over.'),
  answeredBy: z.object({ at: timeText, name: z.string().nullable() }).nullable(),
  ...askedFor,
  isKnown: z
    .boolean()
    .describe('Whether form and choices are known: expressions are resolved as the wait begins.'),
  expiresAt: timeText.nullable(),
});

/** An event as it was recorded; the document has the schema of each type under this id. */
const event = z
  .looseObject({
    id: z.string(),
    type: z.enum(eventTypes as [EventType, ...EventType[]]),
    timestamp: timeText,
    schemaVersion: z.int(),
    data: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'Event' });
export const activityPage = pageOf(event);
export const eventPage = pageOf(event);
