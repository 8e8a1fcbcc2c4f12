import { z } from 'zod';
import { AppError } from '../../errors/app-error.ts';
import { findPayload } from '../../store/log/payloads.ts';
import { anyJson } from '../routing/answer-parts.ts';
import { route } from '../routing/route.ts';

/** Values that are too large for their event. */
export const payloadRoutes = [
  route({
    method: 'get',
    path: '/v1/payloads/{ref}',
    scope: 'read',
    tag: 'Runs',
    summary: 'Read a large value: what `{"$ref": "pl_…"}` stands for',
    params: z.object({ ref: z.string().max(64) }),
    answers: { 200: { is: 'The value, as JSON.', schema: anyJson } },
    handler: async ({ deps, principal, params }) => {
      const value = await findPayload(deps.db, principal.organizationId, params.ref);
      if (value === undefined) throw new AppError('not-found', 'No such value.');
      return { body: JSON.stringify(value), headers: { 'content-type': 'application/json; charset=utf-8' } };
    },
  }),
];
