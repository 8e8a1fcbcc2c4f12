import { z } from 'zod';
import { createApiKey } from '../../../store/access/api-keys.ts';
import { createOrganization } from '../../../store/access/organizations.ts';
import { newOrganization } from '../answers.ts';
import { route } from '../../routing/route.ts';

/** What only an operator may do: make organizations. */
export const organizationRoutes = [
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
