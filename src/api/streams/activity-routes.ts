import { z } from 'zod';
import { eventTypes } from '../../engine/event-catalog.ts';
import { matchesType } from '../../store/endpoints.ts';
import { envelopeOf, listActivity } from '../../store/events.ts';
import type { EventDocument } from '../../store/events.ts';
import { requireWorkflow } from '../workflows/routes.ts';
import { decodeCursor, pageQuery, presentPage } from '../paging.ts';
import { route } from '../route.ts';
import type { RouteContext } from '../route.ts';
import { followActivity } from './follow-activity.ts';
import { keepChecked } from './keep-checked.ts';
import { openStream } from './sse.ts';

const id = z.string().max(64);
const listed = z.union([id, z.array(id).max(50)]).transform((given) => [given].flat());
const types = z
  .string()
  .max(1_000)
  .transform((text) => text.split(',').map((part) => part.trim()))
  .refine(
    (list) => list.every((one) => one === '*' || eventTypes.some((type) => matchesType(one, type))),
    'expected event types or globs such as node.*',
  );
const filters = {
  workflowId: listed.optional(),
  types: types.optional(),
  status: z.string().max(32).optional(),
};
const streamQuery = z.strictObject({ ...filters, after: z.string().max(2_000).optional() });
const time = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
const listQuery = z.strictObject({
  ...pageQuery,
  ...filters,
  since: time.optional(),
  until: time.optional(),
});

interface Filters {
  workflowId?: string[] | undefined;
  types?: string[] | undefined;
  status?: string | undefined;
}

/** What happens in an organization, live and afterwards. */
export const activityRoutes = [
  route({
    method: 'get',
    path: '/v1/activity/stream',
    scope: 'read',
    tag: 'Streams',
    summary: 'Follow all runs from now on, or after `Last-Event-ID`',
    query: streamQuery,
    produces: 'text/event-stream',
    answers: { 200: 'Server-Sent Events; `event: reset` when the cursor is too old.' },
    handler: (context) => follow(context, context.query),
  }),
  route({
    method: 'get',
    path: '/v1/workflows/{id}/runs/stream',
    scope: 'read',
    tag: 'Streams',
    summary: 'Follow the runs of one workflow',
    params: z.object({ id }),
    query: z.strictObject({
      types: filters.types,
      status: filters.status,
      after: z.string().max(2_000).optional(),
    }),
    produces: 'text/event-stream',
    answers: { 200: 'Server-Sent Events.' },
    handler: async (context) => {
      const workflow = await requireWorkflow(
        context.deps,
        context.principal.organizationId,
        context.params.id,
      );
      return follow(context, { ...context.query, workflowId: [workflow._id] });
    },
  }),
  route({
    method: 'get',
    path: '/v1/activity',
    scope: 'read',
    tag: 'Streams',
    summary: 'Read what happened, oldest first; fills the gap of a stream that was reset',
    query: listQuery,
    answers: { 200: 'A page of events.' },
    handler: async ({ deps, principal, query }) => {
      const { limit, cursor, since, until } = query;
      const [recordedAt, eventId] = decodeCursor(cursor) ?? [];
      const after =
        recordedAt !== undefined && eventId !== undefined
          ? { recordedAt: new Date(recordedAt), id: eventId }
          : undefined;
      const rows = await listActivity(deps.db, principal.organizationId, {
        since,
        until,
        after,
        limit: limit + 1,
      });
      const page = presentPage(rows, limit, {
        present: (row) => row,
        key: (row) => [row.recordedAt.toISOString(), row._id],
      });
      return {
        body: {
          items: page.items.filter((row) => isWanted(query, row)).map(envelopeOf),
          nextCursor: page.nextCursor,
        },
      };
    },
  }),
];

async function follow(
  { deps, ctx, principal }: Pick<RouteContext<unknown, unknown, unknown>, 'deps' | 'ctx' | 'principal'>,
  query: Filters & { after?: string | undefined },
): Promise<undefined> {
  const { organizationId } = principal;
  const after = query.after ?? (ctx.get('last-event-id') || undefined);
  const stream = openStream(ctx, deps.closing);
  keepChecked(deps, stream, principal.keyId);
  await followActivity({ stream, deps, organizationId, after, isWanted: (event) => isWanted(query, event) });
  return undefined;
}

function isWanted({ workflowId, types: wanted, status }: Filters, event: EventDocument): boolean {
  if (workflowId && !workflowId.includes(event.workflowId)) return false;
  if (wanted && !wanted.some((pattern) => matchesType(pattern, event.type))) return false;
  return status === undefined || status === event.status;
}
