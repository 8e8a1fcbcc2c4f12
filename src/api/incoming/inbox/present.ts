import type { z } from 'zod';
import { unpackBody } from '../../../store/inbox/webhook-events.ts';
import type { WebhookEventDocument, WebhookEventHead } from '../../../store/inbox/webhook-events.ts';
import type * as answers from '../answers.ts';

/** A row of the inbox as lists show it. */
export function presentEvent(event: WebhookEventHead): z.output<typeof answers.request> {
  return {
    id: event._id,
    workflowId: event.workflowId,
    status: event.status,
    action: event.action ?? null,
    reason: event.reason ?? null,
    detail: event.detail ?? null,
    method: event.method,
    contentType: event.contentType,
    sizeBytes: event.sizeBytes,
    remoteAddress: event.remoteAddress ?? null,
    dedupeKey: event.dedupeKey ?? null,
    correlationKey: event.correlationKey ?? null,
    replayOf: event.replayOf ?? null,
    runIds: event.runIds,
    receivedAt: event.receivedAt,
  };
}

/** A row with its headers and its body as sent: text when it is UTF-8 without loss, and always base64. */
export async function presentWholeEvent(
  event: WebhookEventDocument,
): Promise<z.output<typeof answers.wholeRequest>> {
  const bytes = await unpackBody(event.body);
  const text = bytes.toString('utf8');
  return {
    ...presentEvent(event),
    headers: event.headers,
    query: event.query,
    body: Buffer.from(text).equals(bytes) ? text : null,
    bodyBase64: bytes.toString('base64'),
  };
}
