import { currentTime } from '../../clock.ts';
import { AppError } from '../../errors/app-error.ts';
import { createSigningSecret } from '../../outbound/signing/sign-hook.ts';
import { rotateKeys } from '../../store/endpoints/endpoint-keys.ts';
import { findEndpoint } from '../../store/endpoints/endpoints.ts';
import { route } from '../routing/route.ts';
import { assertTarget } from './assert-target.ts';
import { sealNewKey, sealSecret } from './keys.ts';
import { endpointWithKeys, endpointWithSecret } from './answers.ts';
import { presentEndpoint } from './present.ts';
import { endpointParams, rotateKeyBody, rotateSecretBody } from './schema.ts';

const tag = 'Hooks';

/** Rotation of what signs an endpoint's hooks. */
export const hookKeyRoutes = [
  route({
    method: 'post',
    path: '/v1/execution-webhooks/{id}/rotate-secret',
    scope: 'write',
    tag,
    summary: 'Make a new signing secret; the old ones sign beside it for `overlapSeconds`, with 0 no longer',
    params: endpointParams,
    body: rotateSecretBody,
    creates: true,
    answers: {
      200: {
        is: '`{endpoint, signingSecret}`; the secret is in this answer only.',
        schema: endpointWithSecret,
      },
    },
    handler: async ({ deps, principal, params, body, commit }) => {
      assertTarget(deps, body);
      const { signingSecret = createSigningSecret(), overlapSeconds } = body;
      const owner = { _id: params.id, organizationId: principal.organizationId };
      const fresh = sealSecret(deps, signingSecret, currentTime());
      const { answer } = await commit(async (session) => {
        const rotation = { list: 'secrets' as const, fresh, overlapSeconds };
        const endpoint = await rotateKeys(deps.db, owner, rotation, session);
        return { answer: { body: { endpoint: presentEndpoint(endpoint), signingSecret } } };
      });
      return answer;
    },
  }),
  route({
    method: 'post',
    path: '/v1/execution-webhooks/{id}/rotate-key',
    scope: 'write',
    tag,
    summary: 'Make a new Ed25519 key; the old ones sign beside it for `overlapSeconds`, with 0 no longer',
    params: endpointParams,
    body: rotateKeyBody,
    creates: true,
    answers: { 200: { is: '`{endpoint}` with its public keys.', schema: endpointWithKeys } },
    handler: async ({ deps, principal, params, body, commit }) => {
      const owner = { _id: params.id, organizationId: principal.organizationId };
      const before = await findEndpoint(deps.db, owner.organizationId, owner._id);
      if (!before) throw new AppError('not-found', 'No such endpoint.');
      if (!before.signingKeys?.length)
        throw new AppError(
          'conflict',
          'The endpoint has no key; switch it on with signing: {"ed25519": true}.',
        );
      const fresh = sealNewKey(deps, currentTime());
      const { overlapSeconds } = body;
      const { answer } = await commit(async (session) => {
        const rotation = { list: 'signingKeys' as const, fresh, overlapSeconds };
        const endpoint = await rotateKeys(deps.db, owner, rotation, session);
        return { answer: { body: { endpoint: presentEndpoint(endpoint) } } };
      });
      return answer;
    },
  }),
];
