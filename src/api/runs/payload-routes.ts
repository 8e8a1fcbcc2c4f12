import { z } from 'zod';
import { AppError } from '../../errors/app-error.ts';
import { loadValue, payloadsOf } from '../../store/log/payloads.ts';
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
      const filter = { _id: params.ref, organizationId: principal.organizationId };
      const row = await payloadsOf(deps.db).findOne(filter, { projection: { runId: 1, bytes: 1 } });
      if (!row) throw new AppError('not-found', 'No such value.');
      const value = await loadValue(deps.db, row.runId, { ref: row._id, bytes: row.bytes });
      return { body: JSON.stringify(value), headers: { 'content-type': 'application/json; charset=utf-8' } };
    },
  }),
];
