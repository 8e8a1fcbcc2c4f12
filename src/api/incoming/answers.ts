/** What the routes of incoming webhooks and of the inbox answer. */
import { z } from 'zod';
import { webhookEventStatuses } from '../../store/inbox/webhook-events.ts';
import { count, instant, pageOf } from '../routing/answer-parts.ts';

const acceptedMembers = {
  action: z.enum(['triggered', 'resumed', 'debounced', 'batched', 'skipped']),
  reason: z.string().optional().describe('Why it was skipped.'),
  runIds: z
    .array(z.string())
    .describe(
      'Started or resumed, or the run that will start with what was gathered; of a duplicate, those of the first request.',
    ),
  eventId: z.string().describe('The request’s row of the inbox.'),
  duplicate: z.boolean(),
};
/** What a sender learns of its request. */
export const accepted = z.object(acceptedMembers).meta({ id: 'AcceptedWebhook' });
export const replayed = z.object({ ...acceptedMembers, replayOf: z.string() });

const requestMembers = {
  id: z.string(),
  workflowId: z.string(),
  status: z.enum(webhookEventStatuses),
  action: z.string().nullable(),
  reason: z.string().nullable(),
  detail: z.string().nullable(),
  method: z.string(),
  contentType: z.string().nullable(),
  sizeBytes: count,
  remoteAddress: z.string().nullable(),
  dedupeKey: z.string().nullable(),
  correlationKey: z.string().nullable().describe('The key by which it resumes waits.'),
  replayOf: z.string().nullable(),
  runIds: z.array(z.string()),
  receivedAt: instant,
};
/** A row of the inbox as lists show it. */
export const request = z.object(requestMembers).meta({ id: 'WebhookEventSummary' });
export const requestPage = pageOf(request);
/** A row of the inbox with its content. */
export const wholeRequest = z
  .object({
    ...requestMembers,
    headers: z.record(z.string(), z.string()).describe('Credentials are `[redacted]`.'),
    query: z.string(),
    body: z.string().nullable().describe('As text; `null` when it is none.'),
    bodyBase64: z.string(),
  })
  .meta({ id: 'WebhookEvent' });

const webhookMembers = {
  workflowId: z.string(),
  url: z.string().describe('Its secret is `…` but in the answer that made it.'),
  secrets: z.array(z.object({ createdAt: instant, expiresAt: instant.nullable() })),
  verification: z.record(z.string(), z.unknown()).describe('Without its secrets.'),
  dedupe: z.record(z.string(), z.unknown()),
  methods: z.array(z.string()),
  respond: z.enum(['immediate', 'result']),
  contentTypes: z.array(z.string()),
  ipAllowList: z.array(z.string()),
  handshake: z.record(z.string(), z.unknown()).nullable(),
  filter: z.string().nullable(),
  whenPaused: z.enum(['hold', 'reject']),
  captureUntil: instant.nullable(),
  maxBodyBytes: z.int(),
  lastUsedAt: instant.nullable(),
  createdAt: instant,
  updatedAt: instant,
};
/** The webhook of a workflow. */
export const webhook = z.object(webhookMembers).meta({ id: 'Webhook' });

export const verificationTypeList = z.object({
  items: z.array(
    z.object({
      type: z.string(),
      settings: z
        .record(z.string(), z.unknown())
        .describe('JSON Schema, draft 2020-12; what is never read back is `writeOnly`.'),
    }),
  ),
});
