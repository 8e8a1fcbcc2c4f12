import { z } from 'zod';
import { AppError } from '../../../errors/app-error.ts';
import { findApiKey, scopes } from '../../../store/access/api-keys.ts';
import { findOrganization } from '../../../store/access/organizations.ts';
import { route } from '../../routing/route.ts';

const tag = 'Platform';

const whoami = z.object({
  keyId: z.string(),
  name: z.string().describe('Name of the key.'),
  scopes: z.array(z.enum(scopes)),
  organization: z.object({ id: z.string(), name: z.string() }),
});

/** Who calls, and how the dashboard learns its key in development. */
export const signInRoutes = [
  route({
    method: 'get',
    path: '/v1/whoami',
    scope: 'read',
    tag,
    summary: 'Read what the key of the request is and may do',
    answers: { 200: { is: 'The key, without its text.', schema: whoami } },
    handler: async ({ deps, principal }) => {
      const { organizationId, keyId } = principal;
      const [key, organization] = await Promise.all([
        findApiKey(deps.db, { id: keyId, organizationId }),
        findOrganization(deps.db, organizationId),
      ]);
      const name = organization?.name ?? '';
      return {
        body: {
          keyId,
          name: key?.name ?? '',
          scopes: principal.scopes,
          organization: { id: organizationId, name },
        },
      };
    },
  }),
  route({
    method: 'post',
    path: '/v1/sign-in',
    scope: 'public',
    tag,
    summary: 'Exchange the token of a one-time sign-in link, which `npm start` prints, for its API key',
    body: z.strictObject({ token: z.string().max(200) }),
    answers: {
      200: { is: '`{apiKey}`.', schema: z.object({ apiKey: z.string() }) },
      404: 'No such link: unknown, used or expired, all alike.',
    },
    handler: ({ deps, body }) => {
      const apiKey = deps.signInLinks.redeem(body.token);
      if (apiKey === undefined)
        throw new AppError('not-found', 'This sign-in link is unknown, used or expired: use an API key.');
      return { body: { apiKey } };
    },
  }),
];
