import { listOpenWaits } from '../../store/waits/open-waits.ts';
import { decodeCursor, presentPage } from '../routing/paging.ts';
import { route } from '../routing/route.ts';
import { waitPage } from './answers.ts';
import { presentWaits } from './present.ts';
import { listQuery } from './schema.ts';

/** The inbox of what waits for somebody. */
export const waitRoutes = [
  route({
    method: 'get',
    path: '/v1/waits',
    scope: 'read',
    tag: 'Runs',
    summary: 'List the waits that are open, newest first, with what each asks for',
    query: listQuery,
    answers: { 200: { is: '`{items, nextCursor}`.', schema: waitPage } },
    handler: async ({ deps, principal, query }) => {
      const { limit, cursor, ...filter } = query;
      const [startedAt = '', id = ''] = decodeCursor(cursor) ?? [];
      const after = cursor === undefined ? undefined : { startedAt, id };
      const page = { limit: limit + 1, after };
      await deps.runLog.flush();
      const rows = await listOpenWaits(deps.db, principal.organizationId, filter, page);
      const items = await presentWaits(deps.db, rows);
      const key = ({ startedAt: at, id: _id }: { startedAt: string; id: string }) => [at, _id];
      return { body: presentPage(items, limit, { present: (item) => item, key }) };
    },
  }),
];
