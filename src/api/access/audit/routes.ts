import { z } from 'zod';
import { listAudit } from '../../../store/access/audit.ts';
import type { AuditDocument } from '../../../store/access/audit.ts';
import { decodeDateCursor, pageQuery, presentPage, time } from '../../routing/paging.ts';
import type { auditRow } from '../answers.ts';
import { auditPage } from '../answers.ts';
import { route } from '../../routing/route.ts';

/** Who changed what, and when. */
export const auditRoutes = [
  route({
    method: 'get',
    path: '/v1/audit',
    scope: 'admin',
    tag: 'Platform',
    summary: 'List the changes that were asked for over the API, newest first, refused ones too',
    query: z.strictObject({
      ...pageQuery,
      keyId: z.string().max(64).optional(),
      action: z.string().max(200).optional(),
      since: time.optional(),
      until: time.optional(),
    }),
    answers: { 200: { is: 'A page of changes; `status` is that of the answer.', schema: auditPage } },
    handler: async ({ deps, principal, query }) => {
      const { limit, cursor, ...filter } = query;
      const page = { limit: limit + 1, after: decodeDateCursor(cursor) };
      const rows = await listAudit(deps.db, principal.organizationId, filter, page);
      const key = (row: AuditDocument) => [row.createdAt.toISOString(), row._id];
      return { body: presentPage(rows, limit, { present, key }) };
    },
  }),
];

function present({ _id, organizationId: _, ...row }: AuditDocument): z.output<typeof auditRow> {
  return { id: _id, ...row };
}
