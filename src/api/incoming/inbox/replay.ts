import { AppError } from '../../../errors/app-error.ts';
import type { AcceptedWebhook } from '../../../store/starts/accepted-webhook.ts';
import { unpackBody } from '../../../store/inbox/webhook-events.ts';
import type { WebhookEventDocument } from '../../../store/inbox/webhook-events.ts';
import { findWebhook } from '../../../store/workflows/webhooks.ts';
import { findWorkflow } from '../../../store/workflows/workflows.ts';
import type { ApiDeps } from '../../routing/deps.ts';
import { acceptDelivery } from '../accept.ts';
import type { VerifiedRequest } from '../accept.ts';
import { assertVerified, decodeVerified, isHandshake } from '../decode-request.ts';
import { listingRefusals } from '../inbox.ts';
import { parseQuery } from '../incoming.ts';
import type { IncomingRequest } from '../incoming.ts';
import { assertAddress, isLive, targetOf } from '../target.ts';
import type { LiveTarget, WebhookTarget } from '../target.ts';

/**
 * Takes a request of the inbox once more, as a request of its own on the live version. One that was rejected is judged
 * again, by the settings of now and the time at which it came.
 * @throws AppError conflict when there is nothing to run, and what a request on the URL is refused with
 */
export async function replayEvent(
  deps: ApiDeps,
  event: WebhookEventDocument,
  transact?: VerifiedRequest['transact'],
): Promise<AcceptedWebhook> {
  const target = await requireTarget(deps, event);
  const wasRejected = event.status === 'rejected';
  const incoming = await incomingOf(deps, event);
  if (event.status === 'handshake') throw new AppError('conflict', 'A handshake starts nothing.');
  assertWhole(event, incoming);
  return listingRefusals(deps, target, {
    incoming,
    replayOf: event._id,
    work: async () => {
      if (wasRejected) assertTrusted(target, incoming);
      const delivery = await decodeVerified(target, incoming);
      if (isHandshake(delivery)) throw new AppError('conflict', 'A handshake starts nothing.');
      return acceptDelivery(deps, target, { ...delivery, replayOf: event._id, isForced: true, transact });
    },
  });
}

/** @throws AppError conflict when not all of the body is there */
export function assertWhole(event: WebhookEventDocument, { bytes }: IncomingRequest): void {
  if (bytes.length < event.sizeBytes)
    throw new AppError('conflict', 'The body was not kept: it was not read, or too large.');
}

function assertTrusted(target: WebhookTarget, incoming: IncomingRequest): void {
  const { ipAllowList, methods } = target.webhook;
  assertAddress(ipAllowList, incoming.remoteAddress);
  if (!methods.includes(incoming.method))
    throw new AppError('conflict', `The webhook takes ${methods.join(' or ')}; this is ${incoming.method}.`);
  assertVerified(target, incoming);
}

async function requireTarget(deps: ApiDeps, event: WebhookEventDocument): Promise<LiveTarget> {
  const { organizationId, workflowId } = event;
  const [webhook, workflow] = await Promise.all([
    findWebhook(deps.db, organizationId, workflowId),
    findWorkflow(deps.db, organizationId, workflowId),
  ]);
  const target = webhook && workflow && targetOf(deps.sealer, webhook, workflow);
  if (!target || !isLive(target))
    throw new AppError('conflict', 'The workflow takes no webhooks now; publish or resume it.');
  return target;
}

/** Reads a request out of its row. */
export async function incomingOf(deps: ApiDeps, event: WebhookEventDocument): Promise<IncomingRequest> {
  const credentials =
    event.sealedHeaders === undefined
      ? {}
      : (JSON.parse(deps.sealer.open(event.sealedHeaders)) as Record<string, string>);
  return {
    method: event.method,
    headers: { ...event.headers, ...credentials },
    query: parseQuery(event.query),
    querystring: event.query,
    remoteAddress: event.remoteAddress ?? '',
    receivedAt: event.receivedAt,
    bytes: await unpackBody(event.body),
    sizeBytes: event.sizeBytes,
  };
}
