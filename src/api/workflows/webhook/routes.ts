import { z } from 'zod';
import { AppError } from '../../../errors/app-error.ts';
import { currentTime } from '../../../clock.ts';
import {
  captureUntil,
  changeWebhook,
  findWebhook,
  rotateWebhookSecret,
} from '../../../store/workflows/webhooks.ts';
import type { WebhookDocument } from '../../../store/workflows/webhooks.ts';
import type { ApiDeps } from '../../routing/deps.ts';
import { route } from '../../routing/route.ts';
import { verificationTypeList, webhook as answer } from '../../incoming/answers.ts';
import { requireWorkflow } from '../routes.ts';
import { presentWebhook, webhookUrl } from './present.ts';
import { captureBody, rotateBody, webhookSettings } from './schema.ts';
import { sealSettings } from './settings.ts';
import { verificationTypes } from './verification-types.ts';

const tag = 'Incoming';
const params = z.object({ id: z.string().max(64) });

/** The webhook of a workflow: how it is judged, and its secret's life. */
export const workflowWebhookRoutes = [
  route({
    method: 'get',
    path: '/v1/verification-types',
    scope: 'read',
    tag,
    summary: 'Every way in which requests prove who sent them, with the JSON Schema of its settings',
    answers: { 200: { is: 'The types.', schema: verificationTypeList } },
    handler: () => ({ body: { items: verificationTypes() } }),
  }),
  route({
    method: 'get',
    path: '/v1/workflows/{id}/webhook',
    scope: 'read',
    tag,
    summary: 'Read a workflow’s webhook; its secrets are not shown',
    params,
    answers: { 200: { is: 'The webhook.', schema: answer } },
    handler: async ({ deps, principal, params }) => ({
      body: presentWebhook(deps, await requireWebhook(deps, principal.organizationId, params.id)),
    }),
  }),
  route({
    method: 'put',
    path: '/v1/workflows/{id}/webhook',
    scope: 'write',
    tag,
    summary: 'Change a workflow’s webhook; what is left out stays',
    params,
    body: webhookSettings,
    answers: { 200: { is: 'The webhook.', schema: answer } },
    handler: async ({ deps, principal, params, body }) => {
      const { organizationId } = principal;
      const before = await requireWebhook(deps, organizationId, params.id);
      const settings = sealSettings(deps, body, { before });
      const after = await changeWebhook(deps.db, { workflowId: params.id, organizationId, settings });
      return { body: presentWebhook(deps, found(after)) };
    },
  }),
  route({
    method: 'post',
    path: '/v1/workflows/{id}/webhook/rotate',
    scope: 'write',
    tag,
    summary: 'Make a new URL, which is in this answer only; the old one is taken for `overlapSeconds` more',
    params,
    body: rotateBody,
    creates: true,
    answers: { 200: { is: 'The webhook with its full `url`.', schema: answer } },
    handler: async ({ deps, principal, params, body, commit }) => {
      const given = { workflowId: params.id, organizationId: principal.organizationId, ...body };
      const { answer } = await commit(async (session) => {
        const rotated = found(await rotateWebhookSecret(deps.db, session, given));
        const url = webhookUrl(deps, rotated.text);
        return { answer: { body: { ...presentWebhook(deps, rotated.webhook), url } } };
      });
      return answer;
    },
  }),
  route({
    method: 'post',
    path: '/v1/workflows/{id}/webhook/capture',
    scope: 'write',
    tag,
    summary: 'List what comes to a workflow that was never published, as samples, for some time',
    params,
    body: captureBody,
    answers: {
      200: { is: 'The webhook, with `captureUntil`.', schema: answer },
      409: 'The workflow was published before.',
    },
    handler: async ({ deps, principal, params, body }) => {
      const { organizationId } = principal;
      const workflow = await requireWorkflow(deps, organizationId, params.id);
      if (workflow.status !== 'draft')
        throw new AppError(
          'conflict',
          `Expected a workflow that was never published; it is ${workflow.status}.`,
        );
      const until = new Date(currentTime().getTime() + body.seconds * 1_000);
      const owner = { workflowId: workflow._id, organizationId };
      if (!(await captureUntil(deps.db, owner, until))) found(null);
      return { body: presentWebhook(deps, await requireWebhook(deps, organizationId, workflow._id)) };
    },
  }),
];

async function requireWebhook(deps: ApiDeps, organizationId: string, id: string): Promise<WebhookDocument> {
  return found(await findWebhook(deps.db, organizationId, id));
}

function found<Value>(value: Value | null): Value {
  if (value === null) throw new AppError('not-found', 'No such workflow, or it has no webhook trigger.');
  return value;
}
