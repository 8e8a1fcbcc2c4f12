import { z } from 'zod';
import type { Context } from 'koa';
import { AppError } from '../../errors/app-error.ts';
import type { Json } from '../../engine/json.ts';
import { acceptWebhook } from '../../store/accept-webhook.ts';
import { createId } from '../../store/ids.ts';
import { recordValue, ValueTooLargeError } from '../../store/payloads.ts';
import { packBody } from '../../store/webhook-events.ts';
import { findWebhookBySecret } from '../../store/webhooks.ts';
import type { WebhookDocument } from '../../store/webhooks.ts';
import { versionIdOf } from '../../store/workflow-versions.ts';
import { findWorkflow } from '../../store/workflows.ts';
import type { WorkflowDocument } from '../../store/workflows.ts';
import type { ApiDeps } from '../deps.ts';
import { readBytes } from '../middleware/read-body.ts';
import { route } from '../route.ts';
import { decodeBody } from './decode-body.ts';
import { redactHeaders } from './redact-headers.ts';

/** Largest body that is taken, in bytes. */
const bodyLimitBytes = 1024 * 1024;

/** The door of the house. */
export const webhookRoutes = [
  route({
    method: 'all',
    path: '/v1/webhooks/{secret}',
    scope: 'public',
    tag: 'Incoming',
    summary: 'Start a run by webhook',
    params: z.object({ secret: z.string() }),
    answers: { 202: '`{action, runIds, eventId, duplicate}`; `Location` is the run.' },
    handler: async ({ deps, ctx, params }) => {
      const { webhook, workflow, liveVersion } = await findLive(deps, params.secret);
      if (!webhook.methods.includes(ctx.method)) {
        throw new AppError(
          'method-not-allowed',
          `Expected ${webhook.methods.join(', ')}; came ${ctx.method}.`,
        );
      }
      const bytes = await readBytes(ctx, bodyLimitBytes);
      const body = decodeBody(bytes, ctx.get('content-type'));
      const { runId, eventId } = await accept(deps, ctx, { workflow, liveVersion, bytes, body });
      return {
        status: 202,
        body: { action: 'triggered', runIds: [runId], eventId, duplicate: false },
        headers: { location: `/v1/runs/${runId}` },
      };
    },
  }),
];

/** Unknown secret, paused and unpublished workflow: all alike. */
async function findLive(
  deps: ApiDeps,
  secret: string,
): Promise<{ webhook: WebhookDocument; workflow: WorkflowDocument; liveVersion: number }> {
  const webhook = await findWebhookBySecret(deps.db, secret);
  const workflow = await findWorkflow(deps.db, webhook?.organizationId ?? '', webhook?._id ?? '');
  if (!webhook || workflow?.status !== 'active' || workflow.liveVersion === null) {
    throw new AppError('not-found', 'No such webhook.');
  }
  return { webhook, workflow, liveVersion: workflow.liveVersion };
}

async function accept(
  deps: ApiDeps,
  ctx: Context,
  given: { workflow: WorkflowDocument; liveVersion: number; bytes: Buffer; body: Json },
): Promise<{ runId: string; eventId: string }> {
  const { workflow, liveVersion, bytes, body } = given;
  const owner = { runId: createId('run'), organizationId: workflow.organizationId };
  const eventId = createId('whe');
  const receivedAt = new Date();
  const headers = redactHeaders(ctx.req.headers);
  const request = {
    headers,
    query: { ...ctx.query } as Json,
    method: ctx.method,
    receivedAt: receivedAt.toISOString(),
  };
  const deliveries = await acceptWebhook(
    deps,
    {
      _id: eventId,
      organizationId: workflow.organizationId,
      workflowId: workflow._id,
      status: 'accepted',
      method: ctx.method,
      headers,
      query: ctx.querystring,
      contentType: ctx.get('content-type') || null,
      sizeBytes: bytes.length,
      body: await packBody(bytes),
      runIds: [owner.runId],
      receivedAt,
    },
    {
      ...owner,
      workflowId: workflow._id,
      workflowVersion: liveVersion,
      versionId: versionIdOf(workflow._id, liveVersion),
      trigger: { source: 'webhook', webhookEventId: eventId },
      input: await recordBody(deps, owner, body),
      request: await recordValue(deps.db, owner, request),
    },
  );
  deps.relay.startSoon(owner.runId);
  deps.relay.deliverSoon(deliveries);
  return { runId: owner.runId, eventId };
}

async function recordBody(deps: ApiDeps, owner: { runId: string; organizationId: string }, body: Json) {
  try {
    return await recordValue(deps.db, owner, body);
  } catch (error) {
    if (error instanceof ValueTooLargeError)
      throw new AppError('payload-too-large', error.message, { cause: error });
    throw error;
  }
}
