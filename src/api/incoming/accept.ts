import { AppError } from '../../errors/app-error.ts';
import type { Json, JsonObject } from '../../engine/json/json.ts';
import type { AcceptedWebhook, Transact, WebhookStart } from '../../store/starts/accept-webhook.ts';
import type { NewRun } from '../../store/starts/accept-run.ts';
import { appendCapMs, inTime } from '../../store/mongo/in-time.ts';
import { createId } from '../../store/mongo/ids.ts';
import { recordValue, ValueTooLargeError } from '../../store/log/payloads.ts';
import { noteWebhookUse } from '../../store/workflows/webhooks.ts';
import { versionIdOf } from '../../store/workflows/workflow-versions.ts';
import type { ApiDeps } from '../routing/deps.ts';
import { correlationOf } from './correlation.ts';
import { dedupeKeyOf } from './dedupe.ts';
import { inboxRow } from './inbox.ts';
import { parseQuery } from './incoming.ts';
import type { IncomingRequest } from './incoming.ts';
import { recordedHeaders, recordedQuery } from './redact-request.ts';
import { credentialNames } from './target.ts';
import type { WebhookTarget } from './target.ts';

/** A verified request with its decoded content. */
export interface VerifiedRequest {
  incoming: IncomingRequest;
  /** One body, one run; several of an NDJSON request. */
  bodies: readonly Json[];
  isNdjson: boolean;
  /** The row that this one repeats; a replay is never a duplicate. */
  replayOf?: string | undefined;
  /** The transaction that it is accepted in; default: one of its own. */
  transact?: Transact | undefined;
}

/**
 * Accepts a delivery: all its runs or, when it came before, none. Starts or resumes them soon after the commit.
 * @throws AppError payload-too-large, idempotency-key-reused, invalid-request; store-unavailable: it may yet be accepted, and
 * a sender that tries again with the same key is answered with its run
 */
export async function acceptDelivery(
  deps: ApiDeps,
  target: WebhookTarget,
  delivery: VerifiedRequest,
): Promise<AcceptedWebhook> {
  const { incoming, bodies, replayOf } = delivery;
  const row = await inboxRow(target, incoming, replayOf);
  const starts = await Promise.all(
    bodies.map((_, index) => startOf(deps, target, { ...delivery, index, eventId: row._id })),
  );
  const [first] = starts;
  const key = first?.dedupe?.key;
  const event = { ...row, ...(key === undefined ? {} : { dedupeKey: key }) };
  const accepted = await inTime(
    appendCapMs,
    deps.webhooks.accept({ event, starts, transact: delivery.transact }),
  );
  for (const runId of accepted.startedRunIds) deps.relay.startSoon(runId);
  for (const runId of accepted.resumedRunIds) deps.relay.resumeSoon(runId);
  deps.relay.deliverSoon(accepted.deliveries);
  void noteWebhookUse(deps.db, target.webhook, incoming.receivedAt).catch((error: unknown) =>
    deps.log.debug({ err: error }, 'the last use of a webhook was not noted'),
  );
  return accepted;
}

async function startOf(
  deps: ApiDeps,
  target: WebhookTarget,
  given: VerifiedRequest & { index: number; eventId: string },
): Promise<WebhookStart> {
  const { incoming, bodies, index, isNdjson, replayOf } = given;
  const { workflow, liveVersion, verification } = target;
  const body = bodies[index] ?? null;
  const request: JsonObject = {
    headers: recordedHeaders(incoming.headers, credentialNames(verification)),
    query: parseQuery(recordedQuery(incoming.querystring)),
    method: incoming.method,
    receivedAt: incoming.receivedAt.toISOString(),
  };
  const trigger = { ...request, source: 'webhook', body };
  const rule = target.webhook.dedupe;
  const found =
    replayOf === undefined
      ? await dedupeKeyOf({ rule, preset: verification.type, incoming, trigger })
      : undefined;
  const dedupe = found && isNdjson ? { ...found, key: `${found.key}#${index + 1}` } : found;
  const owner = { runId: createId('run'), organizationId: workflow.organizationId };
  const run: NewRun = {
    ...owner,
    workflowId: workflow._id,
    workflowVersion: liveVersion,
    versionId: versionIdOf(workflow._id, liveVersion),
    trigger: {
      source: 'webhook',
      webhookEventId: given.eventId,
      ...(dedupe ? { dedupeKey: dedupe.key } : {}),
      ...(replayOf === undefined ? {} : { replayOf }),
    },
    input: await record(deps, owner, body),
    request: await record(deps, owner, request),
  };
  const correlation = await correlationOf(deps, target, { trigger, now: incoming.receivedAt });
  return { run, dedupe, correlation };
}

async function record(deps: ApiDeps, owner: { runId: string; organizationId: string }, value: Json) {
  try {
    return await recordValue(deps.db, owner, value);
  } catch (error) {
    if (error instanceof ValueTooLargeError)
      throw new AppError('payload-too-large', error.message, { cause: error });
    throw error;
  }
}
