import { z } from 'zod';
import { eventTypes } from '../../engine/log/event-catalog.ts';
import type { EventType } from '../../engine/log/event-catalog.ts';
import { defaultLimits, matchesType } from '../../store/endpoints/endpoints.ts';
import { deliveryStatuses } from '../../engine/deliveries/delivery-states.ts';
import { isDuration, parseDuration } from '../../engine/deliveries/retry-schedule.ts';
import { formFields } from './forms.ts';
import { pageQuery, severalOf, time } from '../routing/paging.ts';

const id = z.string().max(64);

/** A type of the catalog, `*`, or a glob that takes at least one type. */
const eventTypePattern = z
  .string()
  .refine(
    (text) => eventTypes.some((type) => text === '*' || matchesType(text, type)),
    `expected *, an event type or a glob such as node.*: ${eventTypes.slice(0, 3).join(', ')}, …`,
  );

/** Longest wait of a schedule's step, and most steps. Source: the contract, integrators. */
const longestStepMs = 7 * 24 * 60 * 60 * 1000;
const mostSteps = 30;
/** Most custom headers of an endpoint, and their names and values together, in bytes. */
const mostHeaders = 50;
const headerBytes = 16 * 1024;

const duration = z
  .string()
  .max(50)
  .refine(isDuration, 'expected a duration such as 0s, 200ms, 5m, 2h')
  .refine(
    (text) => !isDuration(text) || parseDuration(text) <= longestStepMs,
    'expected a duration of at most 7d',
  );

const headers = z
  .record(z.string().max(200), z.string().max(4_000))
  .refine((given) => Object.keys(given).length <= mostHeaders, `expected at most ${mostHeaders} headers`)
  .refine(
    (given) => Buffer.byteLength(Object.entries(given).flat().join('')) <= headerBytes,
    `expected headers of at most ${headerBytes} bytes together`,
  );

const fields = {
  name: z.string().min(1).max(200),
  description: z.string().max(2_000),
  url: z.url().max(2_000),
  subscribedEventTypes: z.array(eventTypePattern).min(1).max(50),
  workflowIds: z.array(id).max(100),
  maxRetries: z.int().min(0).max(50),
  retrySchedule: z.array(duration).min(1).max(mostSteps),
  timeoutMs: z.int().min(100).max(30_000),
  rateLimitPerSecond: z.number().positive().max(10_000).nullable(),
  maxInFlight: z.int().min(1).max(1_000),
  ordering: z.enum(['none', 'run']),
  headers,
  payload: z.enum(['full', 'thin']),
  ...formFields,
  signing: z.strictObject({ ed25519: z.boolean() }),
};

/** Checked where it is used: what is wrong with a secret is told without the secret. */
const signingSecret = z
  .string()
  .optional()
  .describe('Your own: `whsec_` and the base64 of 24 to 64 random bytes.');

export const endpointParams = z.object({ id });
export const createBody = z.strictObject({
  ...fields,
  name: fields.name.default(''),
  description: fields.description.default(''),
  workflowIds: fields.workflowIds.default([]),
  maxRetries: fields.maxRetries.optional(),
  retrySchedule: fields.retrySchedule.optional(),
  timeoutMs: fields.timeoutMs.default(15_000),
  rateLimitPerSecond: fields.rateLimitPerSecond.default(null),
  maxInFlight: fields.maxInFlight.default(defaultLimits.maxInFlight),
  ordering: fields.ordering.default(defaultLimits.ordering),
  headers: fields.headers.default({}),
  payload: fields.payload.default('full'),
  filter: fields.filter.default(null),
  transform: fields.transform.default(null),
  signing: fields.signing.default({ ed25519: false }),
  signingSecret,
});
export const patchBody = z.strictObject(fields).partial();
export const emptyBody = z.strictObject({});
export const enableBody = z.strictObject({ held: z.enum(['send', 'discard']).default('send') });
const overlapSeconds = z
  .int()
  .min(0)
  .max(30 * 24 * 3600)
  .default(86_400);
export const rotateSecretBody = z.strictObject({ overlapSeconds, signingSecret });
export const rotateKeyBody = z.strictObject({ overlapSeconds });
export const listQuery = z.strictObject(pageQuery);
export const endpointsQuery = z.strictObject({
  ...pageQuery,
  failing: z
    .literal('true')
    .optional()
    .describe('Those that fail, and those that were disabled for failing.'),
});
export const deliveriesQuery = z.strictObject({
  ...pageQuery,
  endpointId: id.optional(),
  runId: id.optional(),
  eventType: z.enum(eventTypes as [EventType, ...EventType[]]).optional(),
  status: severalOf(deliveryStatuses).optional(),
});

const eventDeliveryStatus = z.enum([...deliveryStatuses, 'none']);
export const replayBody = z
  .strictObject({
    since: time,
    until: time.optional().describe('Default: now.'),
    types: z
      .array(eventTypePattern)
      .min(1)
      .max(50)
      .optional()
      .describe('Types and globs; default: what the endpoint has subscribed to.'),
    status: z
      .union([eventDeliveryStatus, z.array(eventDeliveryStatus).min(1)])
      .optional()
      .describe('Of the event’s newest delivery to the endpoint; `none`: it never had one. Default: any.'),
    dryRun: z.boolean().default(false),
  })
  .refine((given) => given.until === undefined || given.since < given.until, {
    path: ['until'],
    error: 'expected a time after since',
  });
