import { z } from 'zod';
import { createApiKey } from '../../../store/access/api-keys.ts';
import { newOrganization, ownOrganization } from '../answers.ts';
import { createOrganization, findOrganization, setOnFailure } from '../../../store/access/organizations.ts';
import type { OrganizationDocument } from '../../../store/access/organizations.ts';
import { onFailure } from '../../../engine/definition/definition.schema.ts';
import { AppError } from '../../../errors/app-error.ts';
import { findWorkflow } from '../../../store/workflows/workflows.ts';
import type { ApiDeps } from '../../routing/deps.ts';
import { route } from '../../routing/route.ts';

/** Organizations: an operator makes them, and each looks after its own. */
export const organizationRoutes = [
  ...ownOrganizationRoutes(),
  route({
    method: 'post',
    path: '/v1/organizations',
    scope: 'operator',
    tag: 'Platform',
    summary: 'Make an organization and its first key; `apiKey` is in this answer only',
    body: z.strictObject({ name: z.string().min(1).max(200) }),
    creates: true,
    answers: {
      201: { is: '`{organization, apiKey}`; the key has the scope admin.', schema: newOrganization },
    },
    handler: async ({ deps, body, commit }) => {
      const { answer } = await commit(async (session) => {
        const { _id, name, createdAt } = await createOrganization(deps.db, body.name, session);
        const key = { organizationId: _id, name: 'first key', scopes: ['admin' as const] };
        const { text } = await createApiKey(deps.db, key, { session });
        return {
          answer: { status: 201, body: { organization: { id: _id, name, createdAt }, apiKey: text } },
        };
      });
      return answer;
    },
  }),
];

function ownOrganizationRoutes() {
  return [
    route({
      method: 'get',
      path: '/v1/organization',
      scope: 'read',
      tag: 'Platform',
      summary: 'Read the organization of the key',
      answers: { 200: { is: 'The organization.', schema: ownOrganization } },
      handler: async ({ deps, principal }) => ({
        body: present(await findOrganization(deps.db, principal.organizationId)),
      }),
    }),
    route({
      method: 'patch',
      path: '/v1/organization',
      scope: 'admin',
      tag: 'Platform',
      summary: 'Say which workflow failed runs start whose own workflow names none; `null`: none',
      body: z.strictObject({ onFailure: onFailure.nullable() }),
      answers: { 200: { is: 'The organization.', schema: ownOrganization } },
      handler: async ({ deps, principal, body }) => {
        const { organizationId } = principal;
        await assertWorkflow(deps, organizationId, body.onFailure?.workflowId);
        const { workflowId, when } = body.onFailure ?? {};
        const wanted = workflowId === undefined ? null : { workflowId, ...(when ? { when } : {}) };
        return { body: present(await setOnFailure(deps.db, organizationId, wanted)) };
      },
    }),
  ];
}

/** @throws AppError invalid-request for a workflow that is not the organization's */
async function assertWorkflow({ db }: ApiDeps, organizationId: string, workflowId: string | undefined) {
  if (workflowId === undefined || (await findWorkflow(db, organizationId, workflowId))) return;
  const detail = `workflowId: expected a workflow of the organization; came "${workflowId}"`;
  throw new AppError('invalid-request', detail, { errors: [{ pointer: '/onFailure/workflowId', detail }] });
}

function present(organization: OrganizationDocument | null) {
  if (!organization) throw new AppError('not-found', 'No such organization.');
  const { _id, name, onFailure: failure = null, createdAt } = organization;
  return { id: _id, name, onFailure: failure, createdAt };
}
