import type { Json, JsonObject } from '../../../engine/json/json.ts';
import { AppError } from '../../../errors/app-error.ts';
import { findWebhookEvent } from '../../../store/inbox/find-webhook-event.ts';
import { findWebhook } from '../../../store/workflows/webhooks.ts';
import type { WorkflowDocument } from '../../../store/workflows/workflows.ts';
import type { ApiDeps } from '../../routing/deps.ts';
import { requestOf } from '../accept.ts';
import { decodeVerified, isHandshake } from '../decode-request.ts';
import { openVerification } from '../target.ts';
import { assertWhole, incomingOf } from './replay.ts';

/** What a run gets of a request. */
export interface RequestContent {
  body: Json;
  /** `{ headers, query, method, receivedAt }`, with secrets redacted. */
  request: JsonObject;
}

/**
 * Reads what a run by hand gets of a request of the workflow's inbox, whatever became of the request. Of NDJSON it is the
 * first line.
 * @throws AppError invalid-request when it is no request of the workflow, conflict when it has nothing to run
 */
export async function contentOfEvent(
  deps: ApiDeps,
  workflow: WorkflowDocument,
  eventId: string,
): Promise<RequestContent> {
  const { _id: workflowId, organizationId } = workflow;
  const [event, webhook] = await Promise.all([
    findWebhookEvent(deps.db, organizationId, eventId),
    findWebhook(deps.db, organizationId, workflowId),
  ]);
  if (event?.workflowId !== workflowId || !webhook) {
    const detail = `webhookEventId: expected a request of this workflow; came "${eventId}"`;
    throw new AppError('invalid-request', detail, { errors: [{ pointer: '/webhookEventId', detail }] });
  }
  const incoming = await incomingOf(deps, event);
  assertWhole(event, incoming);
  const verification = openVerification(deps.sealer, webhook);
  const decoded = await decodeVerified({ webhook, workflow, verification, mode: 'capture' }, incoming);
  if (isHandshake(decoded)) throw new AppError('conflict', 'A handshake starts nothing.');
  return { body: decoded.bodies[0] ?? null, request: requestOf(incoming, verification) };
}
