/** What the routes of hook endpoints and deliveries answer. */
import { z } from 'zod';
import { eventTypes } from '../../engine/log/event-catalog.ts';
import type { EventType } from '../../engine/log/event-catalog.ts';
import { deliveryStatuses } from '../../engine/deliveries/delivery-states.ts';
import type { DeliveryStatus } from '../../engine/deliveries/delivery-states.ts';
import { replayStatuses } from '../../store/deliveries/replays.ts';
import { disabledReasons } from '../../store/endpoints/endpoints.ts';
import { count, instant, pageOf } from '../routing/answer-parts.ts';

const headers = z.record(z.string(), z.string());

/** A hook endpoint. */
export const endpoint = z
  .object({
    id: z.string(),
    name: z.string(),
    description: z.string(),
    url: z.string(),
    status: z.enum(['active', 'disabled']),
    disabledReason: z.enum(disabledReasons).nullable(),
    subscribedEventTypes: z.array(z.string()).describe('Event types and globs such as `node.*`.'),
    workflowIds: z.array(z.string()).describe('Empty: every workflow.'),
    maxRetries: count,
    retrySchedule: z.array(z.string()).describe('Durations before each attempt, such as `0s`, `5m`.'),
    timeoutMs: count,
    rateLimitPerSecond: z.number().nullable(),
    maxInFlight: z.int().min(1),
    ordering: z.enum(['none', 'run']),
    headers: headers.describe('The values of credentials are `[redacted]`.'),
    payload: z.enum(['full', 'thin']),
    filter: z.string().nullable(),
    transform: z
      .union([
        z.object({ preset: z.string(), routingKey: z.string().optional() }),
        z.object({ body: z.json(), contentType: z.string() }),
      ])
      .nullable(),
    signing: z.object({
      ed25519: z.boolean(),
      publicKeys: z.array(
        z.object({ publicKey: z.string(), createdAt: instant, expiresAt: instant.nullable() }),
      ),
    }),
    health: z.object({
      status: z.enum(['healthy', 'failing']),
      failuresInRow: count,
      failingSince: instant.nullable(),
      lastSuccessAt: instant.nullable(),
      lastError: z.string().nullable(),
      disablesAt: instant.nullable(),
    }),
    pausedUntil: instant.nullable().describe('The receiver has asked for quiet until then.'),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: 'HookEndpoint' });
export const endpointPage = pageOf(endpoint);
export const endpointWithSecret = z.object({
  endpoint,
  signingSecret: z.string().describe('`whsec_…`; in this answer only.'),
});
export const endpointWithKeys = z.object({ endpoint });

const attempt = z.object({
  number: z.int().min(1),
  startedAt: instant,
  requestHeaders: headers,
  responseStatus: z.int().nullable(),
  responseHeaders: headers.nullable(),
  responseHeadersTruncated: z.boolean().optional(),
  responseBody: z.string().nullable(),
  responseBodyTruncated: z.boolean(),
  durationMs: z.number().min(0),
  timings: z.record(z.string(), z.number()),
  remoteAddress: z.string().nullable(),
  error: z
    .object({
      type: z.string(),
      message: z.string(),
      details: z
        .record(z.string(), z.string())
        .optional()
        .describe('The `phase` of a `timeout`, the `reason` of what has one.'),
    })
    .nullable(),
});

/** A delivery with its attempts. */
export const delivery = z
  .object({
    id: z.string(),
    endpointId: z.string(),
    eventId: z.string(),
    eventType: z.enum(eventTypes as [EventType, ...EventType[]]),
    workflowId: z.string().nullable(),
    runId: z.string().nullable(),
    status: z.enum(deliveryStatuses),
    reason: z.string().nullable(),
    replayOf: z.string().nullable(),
    replayId: z.string().nullable(),
    attempts: z.array(attempt),
    retryCount: count,
    maxRetries: count,
    nextRetryAt: instant.nullable(),
    createdAt: instant,
  })
  .meta({ id: 'HookDelivery' });
export const deliveryPage = pageOf(delivery);

const eachStatus = Object.fromEntries(deliveryStatuses.map((status) => [status, count])) as Record<
  DeliveryStatus,
  typeof count
>;

/** A replay of many events, with how far it is. */
export const replay = z
  .object({
    id: z.string(),
    endpointId: z.string(),
    since: instant,
    until: instant,
    types: z.array(z.string()),
    statuses: z.array(z.enum([...deliveryStatuses, 'none'])),
    status: z.enum(replayStatuses),
    deliveries: z
      .object({ total: count, ...eachStatus })
      .describe('What became of the deliveries that it made.'),
    createdAt: instant,
    finishedAt: instant.nullable(),
  })
  .meta({ id: 'HookReplay' });
export const replayPage = pageOf(replay);
export const replayPlan = z.object({
  dryRun: z.literal(true),
  total: count,
  byStatus: z.partialRecord(z.enum([...deliveryStatuses, 'none']), count),
});

/** What an event would look like at an endpoint. */
export const preview = z.union([
  z.object({ isSent: z.literal(false) }),
  z.object({
    isSent: z.literal(true),
    method: z.literal('POST'),
    url: z.string(),
    headers,
    body: z.string().describe('The bytes that the signature would cover.'),
  }),
]);
