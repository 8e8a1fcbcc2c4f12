import { z } from 'zod';
import { catalogEntry, eventTypes } from '../../engine/log/event-catalog.ts';
import type { EventType } from '../../engine/log/event-catalog.ts';
import { matchesType } from '../../store/endpoints/endpoints.ts';
import { listActivity } from '../../store/log/activity.ts';
import type { ActivityFilter } from '../../store/log/activity.ts';
import { envelopeOf } from '../../store/log/events.ts';
import type { EventDocument } from '../../store/log/events.ts';
import { requireWorkflow } from '../workflows/routes.ts';
import { frame } from './answers.ts';
import { activityPage } from '../runs/answers.ts';
import { decodeCursor, pageQuery, presentPage, time } from '../routing/paging.ts';
import { route } from '../routing/route.ts';
import type { RouteContext } from '../routing/route.ts';
import { followActivity } from './follow-activity.ts';

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
    answers: {
      200: { is: 'Server-Sent Events; `event: reset` when the cursor is too old, or none.', schema: frame },
    },
    handler: (context) => follow(context, context.query),
  }),
  route({
    method: 'get',
    path: '/v1/workflows/{id}/runs/stream',
    scope: 'read',
    streamOf: 'workflowId',
    tag: 'Streams',
    summary: 'Follow the runs of one workflow',
    params: z.object({ id }),
    query: z.strictObject({
      types: filters.types,
      status: filters.status,
      after: z.string().max(2_000).optional(),
    }),
    produces: 'text/event-stream',
    answers: { 200: { is: 'Server-Sent Events.', schema: frame } },
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
    answers: { 200: { is: 'A page of events.', schema: activityPage } },
    handler: async ({ deps, principal, query }) => {
      const { limit, cursor, since, until } = query;
      const after = placeOf(decodeCursor(cursor) ?? []);
      const range = { since, until, after, limit: limit + 1 };
      const rows = await listActivity(deps.db, principal.organizationId, filterOf(query), range);
      return {
        body: presentPage(rows, limit, {
          present: ({ event }) => envelopeOf(event),
          key: ({ place }) => [place.recordedAt.toISOString(), place.appendId, String(place.sequence)],
        }),
      };
    },
  }),
];

async function follow(
  { deps, ctx, principal }: Pick<RouteContext<unknown, unknown, unknown>, 'deps' | 'ctx' | 'principal'>,
  query: Filters & { after?: string | undefined },
): Promise<undefined> {
  await deps.events.ready();
  const filter = filterOf(query);
  const stream = followActivity({
    ctx,
    deps,
    organizationId: principal.organizationId,
    // A browser comes back to the same address: what it says itself is the later one.
    after: ctx.get('last-event-id') || query.after,
    isWanted: (event) => isWanted(filter, event),
    readAt: (since, until) => listPath(query, since, until),
  });
  deps.keyWatch.watch(principal, stream);
  return undefined;
}

/** The place of a cursor; `undefined` for one that is none of this list. */
function placeOf([recordedAt, appendId, sequence]: readonly (string | undefined)[]) {
  if (recordedAt === undefined || appendId === undefined || sequence === undefined) return undefined;
  return { recordedAt: new Date(recordedAt), appendId, sequence: Number(sequence) };
}

const ofRuns = eventTypes.filter((type) => catalogEntry(type).about !== 'endpoint');

/** Without types: all events of runs. Those about endpoints come when they are named. */
function filterOf({ workflowId, types: wanted, status }: Filters): ActivityFilter {
  const named = (type: EventType) => wanted?.some((pattern) => matchesType(pattern, type));
  return { workflowIds: workflowId, types: wanted ? eventTypes.filter(named) : ofRuns, status };
}

function isWanted({ workflowIds, types: wanted, status }: ActivityFilter, event: EventDocument): boolean {
  if (workflowIds && !workflowIds.includes(event.workflowId)) return false;
  return wanted.includes(event.type) && (status === undefined || status === event.status);
}

/** Where the events of a stream are read between two times. */
function listPath({ workflowId = [], types: wanted, status }: Filters, since: Date, until: Date): string {
  const query = new URLSearchParams();
  for (const one of workflowId) query.append('workflowId', one);
  if (wanted) query.set('types', wanted.join(','));
  if (status !== undefined) query.set('status', status);
  query.set('since', since.toISOString());
  query.set('until', until.toISOString());
  return `/v1/activity?${query}`;
}
