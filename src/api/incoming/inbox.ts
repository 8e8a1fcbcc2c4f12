import { currentTime } from '../../clock.ts';
import { AppError } from '../../errors/app-error.ts';
import { createId } from '../../store/mongo/ids.ts';
import { insertWebhookEvent, packBody } from '../../store/inbox/webhook-events.ts';
import type { WebhookEventDocument } from '../../store/inbox/webhook-events.ts';
import type { ApiDeps } from '../routing/deps.ts';
import type { IncomingRequest } from './incoming.ts';
import { credentialHeaders } from '../../outbound/egress/redact-headers.ts';
import { recordedHeaders, recordedQuery } from './redact-request.ts';
import { credentialNames } from './target.ts';
import type { WebhookTarget } from './target.ts';

/** The inbox row of a request, before it is known what becomes of it. */
export type InboxRow = Omit<WebhookEventDocument, 'status' | 'runIds'>;

/** Makes the row of a request; credentials are redacted. `replayOf`: the row that it repeats. */
export async function inboxRow(
  target: WebhookTarget,
  incoming: IncomingRequest,
  replayOf?: string,
): Promise<InboxRow> {
  const { workflow, verification } = target;
  return {
    _id: createId('whe'),
    organizationId: workflow.organizationId,
    workflowId: workflow._id,
    method: incoming.method,
    headers: recordedHeaders(incoming.headers, credentialNames(verification)),
    query: recordedQuery(incoming.querystring, credentialNames(verification)),
    contentType: incoming.headers['content-type'] ?? null,
    remoteAddress: incoming.remoteAddress,
    sizeBytes: incoming.sizeBytes,
    body: await packBody(incoming.bytes),
    ...(replayOf === undefined ? {} : { replayOf }),
    receivedAt: replayOf === undefined ? incoming.receivedAt : currentTime(),
  };
}

/** Lists a request that was refused, with what is needed to verify it again. */
export async function listRejected(
  deps: ApiDeps,
  target: WebhookTarget,
  given: { incoming: IncomingRequest; error: AppError; replayOf?: string | undefined },
): Promise<void> {
  const { incoming, error } = given;
  const credentials = credentialHeaders(incoming.headers, credentialNames(target.verification));
  await insertWebhookEvent(deps.db, {
    ...(await inboxRow(target, incoming, given.replayOf)),
    status: 'rejected',
    reason: error.code,
    detail: error.message,
    sealedHeaders: deps.sealer.seal(JSON.stringify(credentials)),
    runIds: [],
  });
}

/** Lists a handshake. */
export async function listHandshake(
  deps: ApiDeps,
  target: WebhookTarget,
  given: { incoming: IncomingRequest; name: string },
): Promise<void> {
  await insertWebhookEvent(deps.db, {
    ...(await inboxRow(target, given.incoming)),
    status: 'handshake',
    reason: given.name,
    runIds: [],
  });
}

/** Does the work and lists its request when it is refused. */
export async function listingRefusals<Result>(
  deps: ApiDeps,
  target: WebhookTarget,
  given: { incoming: IncomingRequest; replayOf?: string; work: () => Promise<Result> },
): Promise<Result> {
  try {
    return await given.work();
  } catch (error) {
    if (error instanceof AppError && error.status < 500)
      await listRejected(deps, target, { ...given, error });
    throw error;
  }
}
