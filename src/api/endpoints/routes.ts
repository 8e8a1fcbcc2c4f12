import { currentTime } from '../../clock.ts';
import { AppError } from '../../errors/app-error.ts';
import { keepRedacted } from '../../outbound/egress/redact-headers.ts';
import { createSigningSecret } from '../../outbound/signing/sign-hook.ts';
import { findDelivery, listDeliveries, readAttempts } from '../../store/deliveries/deliveries.ts';
import {
  findEndpoint,
  insertEndpoint,
  listEndpoints,
  updateEndpoint,
  unsentState,
} from '../../store/endpoints/endpoints.ts';
import type { EndpointDocument } from '../../store/endpoints/endpoints.ts';
import { openHeaders } from '../../store/endpoints/endpoint-keys.ts';
import { patchEndpoint } from '../../store/endpoints/patch-endpoint.ts';
import { deleteLimits } from '../../store/endpoints/endpoint-limits.ts';
import { discardOpen, sweepDueAt } from '../../store/endpoints/sweep-endpoints.ts';
import { createId } from '../../store/mongo/ids.ts';
import { decodeDateCursor, presentPage } from '../routing/paging.ts';
import { route } from '../routing/route.ts';
import { assertTarget, assertWorkflows } from './assert-target.ts';
import { assertForm, storeForm } from './forms.ts';
import { sealHeaders, sealNewKey, sealSecret, switchKey } from './keys.ts';
import * as answers from './answers.ts';
import { presentDelivery, presentEndpoint } from './present.ts';
import { createBody, deliveriesQuery, endpointParams, endpointsQuery, patchBody } from './schema.ts';

const tag = 'Hooks';
const noEndpoint = () => new AppError('not-found', 'No such endpoint.');

/** Hook endpoints and their deliveries. */
export const hookRoutes = [
  route({
    method: 'post',
    path: '/v1/execution-webhooks',
    scope: 'write',
    tag,
    summary: 'Create an endpoint; its signing secret is in this answer only',
    body: createBody,
    creates: true,
    answers: { 201: { is: '`{endpoint, signingSecret}`.', schema: answers.endpointWithSecret } },
    handler: async ({ deps, principal, body, commit }) => {
      assertTarget(deps, body);
      assertForm(body);
      await assertWorkflows(deps, principal.organizationId, body.workflowIds);
      const { signing, signingSecret = createSigningSecret(), ...given } = body;
      const retrySchedule = body.retrySchedule ?? deps.config.HOOKLOOM_HOOK_SCHEDULE;
      const now = currentTime();
      const endpoint: EndpointDocument = {
        ...given,
        ...sealHeaders(deps, given.headers),
        filter: null,
        transform: null,
        sealedRoutingKey: null,
        ...storeForm(deps, given),
        _id: createId('ep'),
        organizationId: principal.organizationId,
        retrySchedule,
        maxRetries: body.maxRetries ?? retrySchedule.length - 1,
        status: 'active',
        disabledReason: null,
        secrets: [sealSecret(deps, signingSecret, now)],
        signingKeys: signing.ed25519 ? [sealNewKey(deps, now)] : [],
        ...unsentState,
        sweepDueAt: sweepDueAt(),
        deletedAt: null,
        createdAt: now,
        updatedAt: now,
      };
      const headers = { location: `/v1/execution-webhooks/${endpoint._id}` };
      const answer = { status: 201, body: { endpoint: presentEndpoint(endpoint), signingSecret }, headers };
      await commit(async (session) => {
        await insertEndpoint(deps.db, session, endpoint);
        return { answer };
      });
      return answer;
    },
  }),
  route({
    method: 'get',
    path: '/v1/execution-webhooks',
    scope: 'read',
    tag,
    summary: 'List endpoints, newest first',
    query: endpointsQuery,
    answers: { 200: { is: 'A page of endpoints.', schema: answers.endpointPage } },
    handler: async ({ deps, principal, query }) => {
      const { limit, cursor, failing } = query;
      const page = { limit: limit + 1, after: decodeDateCursor(cursor) };
      const filter = { failing: failing !== undefined };
      const rows = await listEndpoints(deps.db, principal.organizationId, filter, page);
      const key = (row: EndpointDocument) => [row.createdAt.toISOString(), row._id];
      return { body: presentPage(rows, limit, { present: presentEndpoint, key }) };
    },
  }),
  route({
    method: 'get',
    path: '/v1/deliveries',
    scope: 'read',
    tag,
    summary: 'List deliveries with their attempts, newest first',
    query: deliveriesQuery,
    answers: { 200: { is: 'A page of deliveries.', schema: answers.deliveryPage } },
    handler: async ({ deps, principal, query }) => {
      const { limit, cursor, ...filter } = query;
      const page = { limit: limit + 1, after: decodeDateCursor(cursor) };
      await deps.runLog.flush();
      const rows = await listDeliveries(deps.db, principal.organizationId, filter, page);
      const attempts = await readAttempts(
        deps.db,
        rows.map((row) => row._id),
      );
      const present = (row: (typeof rows)[number]) =>
        presentDelivery(
          row,
          attempts.filter((attempt) => attempt.deliveryId === row._id),
        );
      return {
        body: presentPage(rows, limit, { present, key: (row) => [row.createdAt.toISOString(), row._id] }),
      };
    },
  }),
  route({
    method: 'get',
    path: '/v1/deliveries/{id}',
    scope: 'read',
    tag,
    summary: 'Read a delivery with its attempts',
    params: endpointParams,
    answers: { 200: { is: 'The delivery.', schema: answers.delivery } },
    handler: async ({ deps, principal, params }) => {
      const delivery = await findDelivery(deps.db, principal.organizationId, params.id);
      if (!delivery) throw new AppError('not-found', 'No such delivery.');
      return { body: presentDelivery(delivery, await readAttempts(deps.db, [delivery._id])) };
    },
  }),
  route({
    method: 'get',
    path: '/v1/execution-webhooks/{id}',
    scope: 'read',
    tag,
    summary: 'Read an endpoint',
    params: endpointParams,
    answers: { 200: { is: 'The endpoint.', schema: answers.endpoint } },
    handler: async ({ deps, principal, params }) => {
      const endpoint = await findEndpoint(deps.db, principal.organizationId, params.id);
      if (!endpoint) throw noEndpoint();
      return { body: presentEndpoint(endpoint) };
    },
  }),
  route({
    method: 'patch',
    path: '/v1/execution-webhooks/{id}',
    scope: 'write',
    tag,
    summary: 'Change an endpoint',
    params: endpointParams,
    body: patchBody,
    answers: { 200: { is: 'The endpoint.', schema: answers.endpoint } },
    handler: async ({ deps, principal, params, body }) => {
      assertTarget(deps, body);
      assertForm(body);
      await assertWorkflows(deps, principal.organizationId, body.workflowIds);
      const { signing, headers, filter, transform, ...settings } = body;
      const owner = { _id: params.id, organizationId: principal.organizationId };
      const before = await findEndpoint(deps.db, owner.organizationId, owner._id);
      if (!before) throw noEndpoint();
      const kept = headers && keepRedacted(headers, openHeaders(before, deps.sealer));
      const form = storeForm(deps, { filter, transform }, before);
      const given = { ...settings, ...form, ...(kept ? sealHeaders(deps, kept) : {}) };
      const changed = await patchEndpoint(deps.db, owner, given);
      const endpoint = signing ? await switchKey(deps, owner, signing.ed25519) : changed;
      if (!endpoint) throw noEndpoint();
      return { body: presentEndpoint(endpoint) };
    },
  }),
  route({
    method: 'delete',
    path: '/v1/execution-webhooks/{id}',
    scope: 'write',
    tag,
    summary: 'Delete an endpoint; what it still had to get is discarded',
    params: endpointParams,
    answers: { 204: 'Deleted.' },
    handler: async ({ deps, principal, params }) => {
      const owner = { _id: params.id, organizationId: principal.organizationId };
      const set = { deletedAt: currentTime(), status: 'disabled', sweepDueAt: sweepDueAt() } as const;
      if (!(await updateEndpoint(deps.db, owner, set))) throw noEndpoint();
      await discardOpen(deps.db, params.id, 'endpoint_deleted');
      await deleteLimits(deps.db, params.id);
      return { status: 204 };
    },
  }),
];
