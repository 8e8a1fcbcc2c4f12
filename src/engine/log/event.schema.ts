/** The shape of every event type: served at `/v1/event-types`, published in docs, and held to what is recorded by tests. */
import { z } from 'zod';
import { catalogEntry, eventSchemaVersion, eventTypes } from './event-catalog.ts';
import type { eventCatalog, EventType } from './event-catalog.ts';
import { queuePlace } from './queue-place.schema.ts';
import type { JsonObject } from '../json/json.ts';

type Shape = Record<string, z.ZodType>;

const time = z.iso.datetime();
const count = z.int().min(0);
const attempt = z.int().min(1).describe('Number of the attempt: 1, 2, …');
const source = z
  .string()
  .describe('Who says so, when it was not the workflow: reconciler, temporal, flow.')
  .optional();
const durationMs = count.describe('Milliseconds.');
const value = z
  .unknown()
  .describe(
    'Any JSON value; one of more than 64 KiB is {"$ref": "pl_…", "bytes": n}, read at /v1/payloads/{ref}.',
  );
const error = z
  .strictObject({
    type: z.string(),
    message: z.string(),
    retryable: z.boolean().optional(),
    status: z.int().optional(),
    details: z.record(z.string(), z.unknown()).optional(),
  })
  .describe('Never holds a secret.');

const reusedFrom = z
  .string()
  .describe('The execution of the retried run that it was taken over from; hooks are not sent it.')
  .optional();

const ofOrganization = { organizationId: z.string() };
const ofRun = {
  ...ofOrganization,
  workflowId: z.string(),
  workflowVersion: z.int().min(1),
  runId: z.string(),
  sequence: z.int().min(1).describe('1, 2, 3 … per run, without a gap.'),
};
const ofNode = {
  ...ofRun,
  nodeId: z.string(),
  path: z.string().describe('Such as post, or each[3]/post.'),
  executionId: z.string(),
  nodeType: z.string(),
};
const ofEndpoint = { ...ofOrganization, endpointId: z.string(), endpointName: z.string() };

const answeredBy = z
  .strictObject({
    at: time.describe('When the answer came; a link may be used before its wait begins.'),
    name: z.string().describe('The name that was given.').optional(),
    address: z.string().describe('Of the sender.').optional(),
    apiKeyId: z.string().optional(),
  })
  .describe('Who answered, by a link or the API.');

const runEnd = {
  counts: z.record(z.string(), count).describe('Executions by their final status.'),
  durationMs,
  reason: z.string().optional(),
  source,
  failureRunId: z.string().describe('The run that this end started.').optional(),
  failureWorkflowId: z.string().describe('The workflow of that run.').optional(),
};
const nodeOutcome = {
  attempt: attempt.optional(),
  durationMs: durationMs.optional(),
  input: value.optional(),
};
const nodeEndedEarly = {
  reason: z.string(),
  reusedFrom,
  source,
  attempt: attempt.optional(),
  durationMs: durationMs.optional(),
};
const nodeDone = {
  ...nodeOutcome,
  attempt: count.describe('Number of the attempt: 1, 2, …; 0 when it was taken over.').optional(),
  result: value,
  branch: z.string().optional(),
  reusedFrom,
};

/** What `data` holds beside the place of the event and its status. */
const members = {
  'run.queued': {
    trigger: z.record(z.string(), z.unknown()).describe('{ source, webhookEventId?, dedupeKey?, … }'),
    input: value,
    request: value.optional(),
    parentRunId: z.string().optional(),
    rerunOf: z.string().optional(),
    failedRunId: z.string().describe('The run whose failure started this one.').optional(),
  },
  'run.blocked': {
    queue: queuePlace,
  },
  'run.started': {},
  'run.waiting': {},
  'run.resumed': {},
  'run.succeeded': { ...runEnd, output: value },
  'run.partial': { ...runEnd, output: value },
  'run.failed': {
    ...runEnd,
    error: error.optional(),
    output: value.describe('Of the `output` node, where one had run.').optional(),
  },
  'run.cancelled': runEnd,
  'node.scheduled': {
    idempotencyKey: z
      .string()
      .describe('Of a retry: by what the peer knows the request of the first run, which it did not answer.')
      .optional(),
  },
  'node.started': { attempt },
  'node.retrying': { ...nodeOutcome, error, nextAttemptAt: time },
  'node.waiting': {
    input: value,
    until: time.describe('When its time is over.').optional(),
    remindAt: time.describe('When `node.reminder` follows, unless it is answered before.').optional(),
    key: z.string().describe('What a webhook of the workflow may resume it by.').optional(),
    childRunId: z.string().describe('The run that it waits for.').optional(),
  },
  'node.reminder': {
    input: value.describe('What the wait asks for: `title`, `description`, `formSchema`, `choices`, …'),
    since: time.describe('When the wait began.'),
    until: time.describe('When its time is over.').optional(),
  },
  'node.resumed': {
    outcome: z.enum(['resumed', 'timed_out']),
    data: value.optional(),
    answeredBy: answeredBy.optional(),
    webhookEventId: z.string().describe('The request that resumed it.').optional(),
  },
  'node.succeeded': nodeDone,
  'node.partial': nodeDone,
  'node.failed': { ...nodeOutcome, error },
  'node.skipped': nodeEndedEarly,
  'node.cancelled': nodeEndedEarly,
  'node.log': {
    attempt,
    level: z.enum(['debug', 'info', 'warn', 'error']),
    message: z.string(),
    fields: z.record(z.string(), z.unknown()).optional(),
    truncated: z.literal(true).describe('The message was longer than 4 KiB.').optional(),
    leftOut: count.describe('Lines of this attempt that were too many.').optional(),
  },
  'node.progress': {
    attempt: attempt.optional(),
    done: z.number().optional(),
    total: z.number().optional(),
    message: z.string().optional(),
    iteration: count.describe('0 when a loop opens.').optional(),
    input: value.optional(),
    reusedFrom,
  },
  'endpoint.failing': {
    ...ofEndpoint,
    failures: count.describe('Failed attempts in a row.'),
    lastError: z.string(),
    percent: z
      .int()
      .describe('How much of the time without a success is over after which it is disabled.')
      .optional(),
    disablesAt: time.optional(),
  },
  'endpoint.recovered': { ...ofEndpoint },
  'endpoint.disabled': { ...ofEndpoint, reason: z.string() },
  'delivery.exhausted': {
    ...ofEndpoint,
    deliveryId: z.string(),
    eventId: z.string(),
    eventType: z.string(),
    attempts: count,
    lastError: z.string(),
  },
  'endpoint.test': { ...ofOrganization, endpointId: z.string(), message: z.string() },
} satisfies Record<EventType, Shape>;

const places = { run: ofRun, node: ofNode, endpoint: {} };

type Catalog = typeof eventCatalog;
type Data<Type extends EventType> = z.output<z.ZodObject<(typeof places)[Catalog[Type]['about']]>> &
  z.output<z.ZodObject<(typeof members)[Type]>> &
  (Catalog[Type] extends { status: infer Status } ? { status: Status } : unknown);

/** An event as streams and hooks carry it; of all types, a union that `type` tells apart. */
export type TypedEvent<Type extends EventType = EventType> = Type extends EventType
  ? {
      id: string;
      type: Type;
      /** When it happened, ISO 8601. */
      timestamp: string;
      schemaVersion: typeof eventSchemaVersion;
      data: Data<Type>;
    }
  : never;

/**
 * The schema of an event of a type. `strict` refuses members that the schema does not name: for what we send ourselves;
 * receivers must expect new optional ones.
 */
export function eventSchema(type: EventType, { strict = false }: { strict?: boolean } = {}): z.ZodType {
  const object = strict ? z.strictObject : z.looseObject;
  const { about, status } = catalogEntry(type);
  return object({
    id: z.string().regex(/^evt_[a-z2-7]{26}$/),
    type: z.literal(type),
    timestamp: time.describe('When it happened.'),
    schemaVersion: z.literal(eventSchemaVersion),
    data: object({
      ...places[about],
      ...(status === undefined ? {} : { status: z.literal(status) }),
      ...members[type],
    }),
  });
}

/** The JSON Schema (draft 2020-12) of every event type. */
export function eventJsonSchemas(): Record<EventType, JsonObject> {
  const schemas = eventTypes.map((type) => [type, z.toJSONSchema(eventSchema(type))] as const);
  return Object.fromEntries(schemas) as unknown as Record<EventType, JsonObject>;
}
