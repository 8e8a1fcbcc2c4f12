import type { z } from 'zod';
import { AppError } from '../../../errors/app-error.ts';
import { createApiKey, findApiKey, listApiKeys, revokeApiKey } from '../../../store/access/api-keys.ts';
import type { ApiKeyDocument } from '../../../store/access/api-keys.ts';
import { inTransaction } from '../../../store/mongo/database.ts';
import type { ApiDeps } from '../../routing/deps.ts';
import { includesScope } from '../../routing/middleware/authenticate.ts';
import { decodeDateCursor, presentPage } from '../../routing/paging.ts';
import { route } from '../../routing/route.ts';
import type { Principal } from '../../routing/route.ts';
import { apiKey, apiKeyPage, newApiKey } from '../answers.ts';
import { createBody, keyParams, listQuery } from './schema.ts';

const tag = 'Platform';
const scope = 'admin';

/** The organization's API keys. The text of a key is in the answer that made it, and never again. */
export const apiKeyRoutes = [
  route({
    method: 'post',
    path: '/v1/api-keys',
    scope,
    tag,
    summary: 'Make an API key; `apiKey` is in this answer only',
    body: createBody,
    creates: true,
    answers: { 201: { is: 'The key, with its text as `apiKey`.', schema: newApiKey } },
    handler: async ({ deps, principal, body, commit }) => {
      const beyond = body.scopes.find((wanted) => !includesScope(principal.scopes, wanted));
      if (beyond)
        throw new AppError('forbidden', `A key with the scope ${beyond} is made by a key that has it.`);
      const given = { organizationId: principal.organizationId, ...body };
      const { answer } = await commit(async (session) => {
        const { key, text } = await createApiKey(deps.db, given, { session });
        const headers = { location: `/v1/api-keys/${key._id}` };
        return { answer: { status: 201, body: { ...presentKey(key), apiKey: text }, headers } };
      });
      return answer;
    },
  }),
  route({
    method: 'get',
    path: '/v1/api-keys',
    scope,
    tag,
    summary: 'List API keys, newest first, revoked ones too',
    query: listQuery,
    answers: { 200: { is: 'A page of keys, without their texts.', schema: apiKeyPage } },
    handler: async ({ deps, principal, query }) => {
      const { limit, cursor } = query;
      const page = { limit: limit + 1, after: decodeDateCursor(cursor) };
      const rows = await listApiKeys(deps.db, principal.organizationId, page);
      const key = (row: ApiKeyDocument) => [row.createdAt.toISOString(), row._id];
      return { body: presentPage(rows, limit, { present: presentKey, key }) };
    },
  }),
  route({
    method: 'get',
    path: '/v1/api-keys/{id}',
    scope,
    tag,
    summary: 'Read an API key, without its text',
    params: keyParams,
    answers: { 200: { is: 'The key.', schema: apiKey } },
    handler: async ({ deps, principal, params }) => ({
      body: presentKey(await requireKey(deps, principal, params.id)),
    }),
  }),
  route({
    method: 'delete',
    path: '/v1/api-keys/{id}',
    scope,
    tag,
    summary: 'Revoke an API key; its open streams end within a minute',
    params: keyParams,
    answers: { 204: 'Revoked.', 409: 'It is the last that may make keys.' },
    handler: async ({ deps, principal, params }) => {
      const key = await requireKey(deps, principal, params.id);
      if (key.revokedAt) return { status: 204 };
      const isRevoked = await inTransaction(deps.mongo, (session) => revokeApiKey(deps.db, session, key));
      if (isRevoked) return { status: 204 };
      const detail = 'Without it no lasting key has the scope admin; make another first.';
      throw new AppError('conflict', detail);
    },
  }),
];

async function requireKey(deps: ApiDeps, principal: Principal, id: string): Promise<ApiKeyDocument> {
  const key = await findApiKey(deps.db, { id, organizationId: principal.organizationId });
  if (!key) throw new AppError('not-found', 'No such API key.');
  return key;
}

function presentKey({
  _id,
  name,
  scopes,
  expiresAt,
  revokedAt,
  lastUsedAt,
  createdAt,
}: ApiKeyDocument): z.output<typeof apiKey> {
  return { id: _id, name, scopes, expiresAt, revokedAt, lastUsedAt, createdAt };
}
