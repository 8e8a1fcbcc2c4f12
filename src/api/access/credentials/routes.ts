import type { z } from 'zod';
import { AppError } from '../../../errors/app-error.ts';
import {
  changeCredential,
  createCredential,
  deleteCredential,
  findCredential,
  listCredentials,
} from '../../../store/access/credentials.ts';
import type { CredentialDocument } from '../../../store/access/credentials.ts';
import type { ApiDeps } from '../../routing/deps.ts';
import { decodeDateCursor, presentPage } from '../../routing/paging.ts';
import { route } from '../../routing/route.ts';
import { credential, credentialPage } from '../answers.ts';
import { createBody, credentialParams, listQuery, patchBody, replaceBody } from './schema.ts';

const tag = 'Platform';
const scope = 'admin';

/** Stored credentials: what `$secrets` reads. No answer holds a value. */
export const credentialRoutes = [
  route({
    method: 'post',
    path: '/v1/credentials',
    scope,
    tag,
    summary: 'Store a credential; its value can be used and never read',
    body: createBody,
    creates: true,
    answers: {
      201: { is: 'The credential, without its value.', schema: credential },
      409: 'The name is taken.',
    },
    handler: async ({ deps, principal, body, commit }) => {
      const given = { organizationId: principal.organizationId, ...body };
      const { answer } = await commit(async (session) => {
        const row = await createCredential(deps, session, given);
        const headers = { location: `/v1/credentials/${row._id}` };
        return { answer: { status: 201, body: presentCredential(row), headers } };
      });
      return answer;
    },
  }),
  route({
    method: 'get',
    path: '/v1/credentials',
    scope,
    tag,
    summary: 'List credentials, newest first',
    query: listQuery,
    answers: { 200: { is: 'A page of credentials, without their values.', schema: credentialPage } },
    handler: async ({ deps, principal, query }) => {
      const { limit, cursor } = query;
      const page = { limit: limit + 1, after: decodeDateCursor(cursor) };
      const rows = await listCredentials(deps.db, principal.organizationId, page);
      const key = (row: CredentialDocument) => [row.createdAt.toISOString(), row._id];
      return { body: presentPage(rows, limit, { present: presentCredential, key }) };
    },
  }),
  route({
    method: 'get',
    path: '/v1/credentials/{id}',
    scope,
    tag,
    summary: 'Read a credential, without its value',
    params: credentialParams,
    answers: { 200: { is: 'The credential.', schema: credential } },
    handler: async ({ deps, principal, params }) => {
      const owned = { id: params.id, organizationId: principal.organizationId };
      return { body: presentCredential(required(await findCredential(deps.db, owned))) };
    },
  }),
  route({
    method: 'put',
    path: '/v1/credentials/{id}',
    scope,
    tag,
    summary: 'Replace the value of a credential; runs use it from their next attempt on',
    params: credentialParams,
    body: replaceBody,
    answers: {
      200: { is: 'The credential, without its value.', schema: credential },
      409: 'The name is taken.',
    },
    handler: ({ deps, principal, params, body }) =>
      change(deps, { id: params.id, organizationId: principal.organizationId, ...body }),
  }),
  route({
    method: 'patch',
    path: '/v1/credentials/{id}',
    scope,
    tag,
    summary: 'Change the name or the value of a credential',
    params: credentialParams,
    body: patchBody,
    answers: {
      200: { is: 'The credential, without its value.', schema: credential },
      409: 'The name is taken.',
    },
    handler: ({ deps, principal, params, body }) =>
      change(deps, { id: params.id, organizationId: principal.organizationId, ...body }),
  }),
  route({
    method: 'delete',
    path: '/v1/credentials/{id}',
    scope,
    tag,
    summary: 'Delete a credential; nodes that name it fail from then on',
    params: credentialParams,
    answers: { 204: 'Deleted.' },
    handler: async ({ deps, principal, params }) => {
      const owned = { id: params.id, organizationId: principal.organizationId };
      if (!(await deleteCredential(deps.db, owned))) throw notFound();
      return { status: 204 };
    },
  }),
];

async function change(deps: ApiDeps, given: Parameters<typeof changeCredential>[2]) {
  return { body: presentCredential(required(await changeCredential(deps.db, deps.sealer, given))) };
}

function presentCredential({
  _id,
  name,
  createdAt,
  updatedAt,
  lastUsedAt,
}: CredentialDocument): z.output<typeof credential> {
  return { id: _id, name, createdAt, updatedAt, lastUsedAt };
}

function required(row: CredentialDocument | null): CredentialDocument {
  if (!row) throw notFound();
  return row;
}

function notFound(): AppError {
  return new AppError('not-found', 'No such credential.');
}
