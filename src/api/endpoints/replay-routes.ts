import { currentTime } from '../../clock.ts';
import { AppError } from '../../errors/app-error.ts';
import {
  cancelReplay,
  countReplayed,
  createReplay,
  findReplay,
  listReplays,
  replayFilter,
} from '../../store/deliveries/replays.ts';
import type { ReplayDocument } from '../../store/deliveries/replays.ts';
import { countMatches } from '../../store/deliveries/replay-steps.ts';
import type { ApiDeps } from '../routing/deps.ts';
import { decodeDateCursor, presentPage } from '../routing/paging.ts';
import { route } from '../routing/route.ts';
import * as answers from './answers.ts';
import { presentReplay } from './present.ts';
import { requireEndpoint } from './require-endpoint.ts';
import { emptyBody, endpointParams, listQuery, replayBody } from './schema.ts';

const tag = 'Hooks';

/** Replays of many events to one endpoint. */
export const hookReplayRoutes = [
  route({
    method: 'post',
    path: '/v1/execution-webhooks/{id}/replay',
    scope: 'run',
    tag,
    summary:
      'Deliver the events of a time anew, by type and by what became of them; `dryRun` counts them first',
    params: endpointParams,
    body: replayBody,
    creates: true,
    answers: {
      200: { is: 'With `dryRun`: `{dryRun, total, byStatus}`.', schema: answers.replayPlan },
      202: { is: 'The replay; `Location` tells how far it is.', schema: answers.replay },
    },
    handler: async ({ deps, principal, params, body, commit }) => {
      const endpoint = await requireEndpoint(deps, principal.organizationId, params.id);
      const { since, until = currentTime(), types, status } = body;
      const statuses = status === undefined ? [] : [status].flat();
      const filter = replayFilter(endpoint, { since, until, types, statuses });
      if (body.dryRun) return { body: { dryRun: true, ...(await countMatches(deps.db, filter)) } };
      const { answer } = await commit(async (session) => {
        const replay = await createReplay(deps.db, session, filter);
        const headers = { location: `/v1/replays/${replay._id}` };
        return { answer: { status: 202, body: presentReplay(replay), headers } };
      });
      deps.relay.replaySoon();
      return answer;
    },
  }),
  route({
    method: 'get',
    path: '/v1/execution-webhooks/{id}/replays',
    scope: 'read',
    tag,
    summary: 'List an endpoint’s replays, newest first',
    params: endpointParams,
    query: listQuery,
    answers: { 200: { is: 'A page of replays.', schema: answers.replayPage } },
    handler: async ({ deps, principal, params, query }) => {
      const { limit, cursor } = query;
      const endpoint = await requireEndpoint(deps, principal.organizationId, params.id);
      const owner = { organizationId: principal.organizationId, endpointId: endpoint._id };
      const page = { limit: limit + 1, after: decodeDateCursor(cursor) };
      const rows = await listReplays(deps.db, owner, page);
      const counts = await countReplayed(
        deps.db,
        rows.map((row) => row._id),
      );
      const present = (row: ReplayDocument) => presentReplay(row, counts.get(row._id));
      return {
        body: presentPage(rows, limit, { present, key: (row) => [row.createdAt.toISOString(), row._id] }),
      };
    },
  }),
  route({
    method: 'get',
    path: '/v1/replays/{id}',
    scope: 'read',
    tag,
    summary: 'Read a replay: how many deliveries it has made, and what became of them',
    params: endpointParams,
    answers: { 200: { is: 'The replay.', schema: answers.replay } },
    handler: async ({ deps, principal, params }) => {
      const replay = await requireReplay(deps, principal.organizationId, params.id);
      return { body: await presentNow(deps, replay) };
    },
  }),
  route({
    method: 'post',
    path: '/v1/replays/{id}/cancel',
    scope: 'run',
    tag,
    summary: 'End a replay; what it has not sent yet is discarded',
    params: endpointParams,
    body: emptyBody,
    answers: {
      202: { is: 'The replay, `cancelling` while an attempt is under way.', schema: answers.replay },
    },
    handler: async ({ deps, principal, params }) => {
      const replay = await requireReplay(deps, principal.organizationId, params.id);
      const ended = await cancelReplay(deps.db, replay);
      if (!ended) throw new AppError('conflict', 'The replay is over; nothing of it is left to send.');
      return { status: 202, body: await presentNow(deps, ended) };
    },
  }),
];

async function requireReplay(deps: ApiDeps, organizationId: string, id: string): Promise<ReplayDocument> {
  const replay = await findReplay(deps.db, organizationId, id);
  if (!replay) throw new AppError('not-found', 'No such replay.');
  return replay;
}

async function presentNow(deps: ApiDeps, replay: ReplayDocument) {
  const counts = await countReplayed(deps.db, [replay._id]);
  return presentReplay(replay, counts.get(replay._id));
}
