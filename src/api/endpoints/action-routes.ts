import type { ClientSession } from 'mongodb';
import { AppError } from '../../errors/app-error.ts';
import {
  createTestDelivery,
  replayDelivery,
  retryDelivery,
} from '../../store/deliveries/delivery-actions.ts';
import { disableEndpoint, enableEndpoint } from '../../store/endpoints/disable-endpoint.ts';
import { findDelivery } from '../../store/deliveries/deliveries.ts';
import type { DeliveryDocument } from '../../store/deliveries/deliveries.ts';
import { findEndpoint } from '../../store/endpoints/endpoints.ts';
import type { EndpointDocument } from '../../store/endpoints/endpoints.ts';
import { discardOpen } from '../../store/endpoints/sweep-endpoints.ts';
import { startDue } from '../../store/endpoints/patch-endpoint.ts';
import type { ApiDeps } from '../routing/deps.ts';
import { route } from '../routing/route.ts';
import type { Commit } from '../routing/route.ts';
import * as answers from './answers.ts';
import { presentDelivery, presentEndpoint } from './present.ts';
import { emptyBody, enableBody, endpointParams } from './schema.ts';

const tag = 'Hooks';

/** What people do with endpoints and deliveries. */
export const hookActionRoutes = [
  route({
    method: 'post',
    path: '/v1/execution-webhooks/{id}/disable',
    scope: 'write',
    tag,
    summary: 'Disable an endpoint; its events are held',
    params: endpointParams,
    body: emptyBody,
    answers: { 200: { is: 'The endpoint.', schema: answers.endpoint } },
    handler: async ({ deps, principal, params }) => {
      const owner = { _id: params.id, organizationId: principal.organizationId };
      const disabled = await disableEndpoint(deps, owner);
      if (!disabled) throw noEndpoint();
      deps.relay.deliverSoon(disabled.deliveries);
      return { body: presentEndpoint(disabled.endpoint) };
    },
  }),
  route({
    method: 'post',
    path: '/v1/execution-webhooks/{id}/enable',
    scope: 'write',
    tag,
    summary: 'Enable an endpoint; what was held goes out in order, or is discarded',
    params: endpointParams,
    body: enableBody,
    answers: { 200: { is: 'The endpoint.', schema: answers.endpoint } },
    handler: async ({ deps, principal, params, body }) => {
      const owner = { _id: params.id, organizationId: principal.organizationId };
      const before = await requireEndpoint(deps, owner.organizationId, params.id);
      // First: killed in between, nothing of what was to be discarded goes out.
      if (body.held === 'discard') await discardOpen(deps.db, params.id, 'asked_for');
      const endpoint = await enableEndpoint(deps, owner);
      if (!endpoint) throw noEndpoint();
      if (before.pausedUntil) await startDue(deps.db, params.id);
      deps.relay.releaseSoon(params.id);
      return { body: presentEndpoint(endpoint) };
    },
  }),
  route({
    method: 'post',
    path: '/v1/execution-webhooks/{id}/test',
    scope: 'run',
    tag,
    summary: 'Send `endpoint.test`, whatever the filter',
    params: endpointParams,
    body: emptyBody,
    creates: true,
    answers: { 202: { is: 'The delivery.', schema: answers.delivery } },
    handler: async ({ deps, principal, params, commit }) => {
      const endpoint = await requireEndpoint(deps, principal.organizationId, params.id);
      if (endpoint.status === 'disabled')
        throw new AppError('conflict', 'The endpoint is disabled; enable it first.');
      return createSoon(deps, commit, (session) => createTestDelivery(deps.db, session, endpoint));
    },
  }),
  route({
    method: 'post',
    path: '/v1/deliveries/{id}/retry',
    scope: 'run',
    tag,
    summary: 'Send the same delivery again now; a pending attempt is brought forward, never doubled',
    params: endpointParams,
    body: emptyBody,
    answers: { 202: { is: 'The delivery.', schema: answers.delivery } },
    handler: async ({ deps, principal, params }) =>
      answerSoon(
        deps,
        await retryDelivery(deps.db, await requireDelivery(deps, principal.organizationId, params.id)),
      ),
  }),
  route({
    method: 'post',
    path: '/v1/deliveries/{id}/replay',
    scope: 'run',
    tag,
    summary: 'Deliver the same event anew, in any state; `webhook-id` stays the same',
    params: endpointParams,
    body: emptyBody,
    creates: true,
    answers: { 202: { is: 'The new delivery.', schema: answers.delivery } },
    handler: async ({ deps, principal, params, commit }) => {
      const delivery = await requireDelivery(deps, principal.organizationId, params.id);
      return createSoon(deps, commit, (session) => replayDelivery(deps.db, session, delivery));
    },
  }),
];

const noEndpoint = () => new AppError('not-found', 'No such endpoint.');

function answerSoon(deps: ApiDeps, delivery: DeliveryDocument) {
  deps.relay.deliverSoon([delivery]);
  return { status: 202, body: presentDelivery(delivery, []) };
}

async function createSoon(
  deps: ApiDeps,
  commit: Commit,
  create: (session: ClientSession) => Promise<DeliveryDocument>,
) {
  const { answer, delivery } = await commit(async (session) => {
    const delivery = await create(session);
    return { delivery, answer: { status: 202, body: presentDelivery(delivery, []) } };
  });
  deps.relay.deliverSoon([delivery]);
  return answer;
}

async function requireEndpoint(deps: ApiDeps, organizationId: string, id: string): Promise<EndpointDocument> {
  const endpoint = await findEndpoint(deps.db, organizationId, id);
  if (!endpoint) throw noEndpoint();
  return endpoint;
}

/** A delivery that may still be sent. */
async function requireDelivery(deps: ApiDeps, organizationId: string, id: string): Promise<DeliveryDocument> {
  const delivery = await findDelivery(deps.db, organizationId, id);
  if (!delivery) throw new AppError('not-found', 'No such delivery.');
  if (!(await findEndpoint(deps.db, organizationId, delivery.endpointId)))
    throw new AppError('conflict', 'The endpoint of the delivery is deleted.');
  return delivery;
}
