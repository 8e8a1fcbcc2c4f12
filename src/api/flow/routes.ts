import { concurrencyOf } from '../../engine/flow/flow-settings.ts';
import type { Json } from '../../engine/json/json.ts';
import { AppError } from '../../errors/app-error.ts';
import { keyTextOf, lanePlace } from '../../store/flow/lanes.ts';
import type { LanePlace } from '../../store/flow/lanes.ts';
import { findLane, listLanes } from '../../store/flow/list-lanes.ts';
import type { LaneState } from '../../store/flow/list-lanes.ts';
import { overrideLimit, pausedOwners, setPaused } from '../../store/flow/owners.ts';
import { isScope } from '../../store/workflows/workflows.ts';
import type { ApiDeps } from '../routing/deps.ts';
import { decodeCursor, presentPage } from '../routing/paging.ts';
import { route } from '../routing/route.ts';
import { requireVersion } from '../workflows/require-version.ts';
import { requireWorkflow } from '../workflows/routes.ts';
import { emptyBody } from '../workflows/schema.ts';
import * as answers from './answers.ts';
import { presentLane } from './present.ts';
import { limitsBody, listQuery, ownerParams } from './schema.ts';

const tag = 'Flow control';

/** Lanes of flow control. */
export const flowRoutes = [
  route({
    method: 'get',
    path: '/v1/flow',
    scope: 'read',
    tag,
    summary: 'List lanes: what runs in them, what waits, and what was overridden',
    query: listQuery,
    answers: { 200: { is: 'A page of lanes, by owner.', schema: answers.lanePage } },
    handler: async ({ deps, principal, query }) => {
      const { organizationId } = principal;
      const [owner, id] = decodeCursor(query.cursor) ?? [];
      const after = owner !== undefined && id !== undefined ? { owner, id } : undefined;
      const of = { organizationId, owner: query.owner };
      const rows = await listLanes(deps.db, of, { limit: query.limit + 1, after });
      const paused = await pausedOwners(deps.db, organizationId);
      const present = (row: LaneState) => presentLane(row, paused);
      const page = presentPage(rows, query.limit, { present, key: (row) => [row.owner, row._id] });
      return { body: { ...page, paused: [...paused].sort() } };
    },
  }),
  route({
    method: 'post',
    path: '/v1/flow/{owner}/pause',
    scope: 'write',
    tag,
    summary: 'Start no run of a workflow, or of a scope, until it is resumed: they wait',
    params: ownerParams,
    body: emptyBody,
    answers: { 200: { is: 'The workflow or scope.', schema: answers.owner } },
    handler: async ({ deps, principal, params }) => {
      await requireOwner(deps, { ...principal, ...params });
      return changePaused(deps, { ...principal, ...params }, true);
    },
  }),
  route({
    method: 'post',
    path: '/v1/flow/{owner}/resume',
    scope: 'write',
    tag,
    summary: 'Let the runs of a workflow, or of a scope, start again',
    params: ownerParams,
    body: emptyBody,
    answers: { 200: { is: 'The workflow or scope.', schema: answers.owner } },
    handler: async ({ deps, principal, params }) => {
      const paused = await pausedOwners(deps.db, principal.organizationId);
      if (!paused.has(params.owner)) await requireOwner(deps, { ...principal, ...params });
      return changePaused(deps, { ...principal, ...params }, false);
    },
  }),
  route({
    method: 'patch',
    path: '/v1/flow/{owner}/limits',
    scope: 'write',
    tag,
    summary: 'Override the limit of a lane, or take the override away',
    params: ownerParams,
    body: limitsBody,
    answers: { 200: { is: 'The lane.', schema: answers.lane } },
    handler: async ({ deps, principal, params, body }) => {
      const { organizationId } = principal;
      const place = await placeOf(deps, { organizationId, ...params }, { ...body, key: body.key as Json });
      await overrideLimit(deps.db, place, body.limit);
      deps.relay.flow.laneChanged(place.id);
      const paused = await pausedOwners(deps.db, organizationId);
      return { body: presentLane(await findLane(deps.db, place), paused) };
    },
  }),
];

interface Owned {
  organizationId: string;
  owner: string;
}

async function changePaused(deps: ApiDeps, { organizationId, owner }: Owned, isPaused: boolean) {
  await setPaused(deps.db, { organizationId, owner }, isPaused);
  deps.relay.flow.ownerChanged(organizationId, owner);
  return { body: { owner, isPaused } };
}

/**
 * Returns the concurrency settings of a workflow; of a scope none.
 * @throws AppError not-found, conflict when the live version has no flow control
 */
async function requireOwner(deps: ApiDeps, { organizationId, owner }: Owned) {
  if (!owner.startsWith('wf_')) {
    if (await isScope(deps.db, organizationId, owner)) return [];
    throw new AppError('not-found', 'No live workflow has this scope.');
  }
  const workflow = await requireWorkflow(deps, organizationId, owner);
  const version = workflow.liveVersion === null ? null : await requireVersion(deps, workflow, 'live');
  const flow = version?.definition.settings.flow;
  if (flow) return concurrencyOf(flow);
  const detail = 'The live version of the workflow has no settings.flow; publish one that has: {} is enough.';
  throw new AppError('conflict', detail);
}

/** Returns the lane that is meant. @throws AppError as `requireOwner`; invalid-request for one that cannot be */
async function placeOf(
  deps: ApiDeps,
  owned: Owned,
  { key, index }: { key: Json | undefined; index?: number | undefined },
): Promise<LanePlace & { id: string }> {
  const { organizationId, owner } = owned;
  const settings = await requireOwner(deps, owned);
  const keyText = keyTextOf(key);
  if (!owner.startsWith('wf_')) {
    if (index !== undefined) throw refusal('/index', 'index: expected none for a scope');
    return lanePlace({ organizationId, owner, kind: 'concurrency', index: null }, keyText);
  }
  if (index === undefined && settings.length > 1)
    throw refusal('/index', `index: expected which of the ${settings.length} limits; it is missing`);
  const at = index ?? 0;
  const meant = settings[at];
  if (!meant) throw refusal('/index', `index: expected one of ${settings.length} limits; came ${at}`);
  if (meant.scope !== undefined)
    throw refusal('/index', `index: this limit belongs to the scope ${meant.scope}; change it there`);
  if (meant.key === undefined && keyText !== null)
    throw refusal('/key', 'key: expected none; this limit has no key');
  return lanePlace({ organizationId, owner, kind: 'concurrency', index: at }, keyText);
}

function refusal(pointer: string, detail: string): AppError {
  return new AppError('invalid-request', detail, { errors: [{ pointer, detail }] });
}
