import { AppError } from '../../../errors/app-error.ts';
import type { AcceptedWebhook } from '../../../store/starts/accepted-webhook.ts';
import { findWebhookEvent } from '../../../store/inbox/find-webhook-event.ts';
import { listWebhookEvents } from '../../../store/inbox/list-webhook-events.ts';
import type { WebhookEventDocument } from '../../../store/inbox/webhook-events.ts';
import type { ApiDeps } from '../../routing/deps.ts';
import { decodeDateCursor, presentPage } from '../../routing/paging.ts';
import { route } from '../../routing/route.ts';
import type { Answer } from '../../routing/route.ts';
import { replayed, requestPage, wholeRequest } from '../answers.ts';
import { presentAccepted } from '../routes.ts';
import { presentEvent, presentWholeEvent } from './present.ts';
import { replayEvent } from './replay.ts';
import { eventParams, listQuery, replayBody } from './schema.ts';

const tag = 'Incoming';

/** The inbox: everything that came in on a known webhook. */
export const webhookEventRoutes = [
  route({
    method: 'get',
    path: '/v1/webhook-events',
    scope: 'read',
    tag,
    summary: 'List what came in, newest first: accepted, duplicate, rejected, handshake',
    query: listQuery,
    answers: { 200: { is: 'A page of requests, without their bodies.', schema: requestPage } },
    handler: async ({ deps, principal, query }) => {
      const { limit, cursor, ...filter } = query;
      // What was accepted here a moment ago is listed.
      await deps.runLog.flush();
      const rows = await listWebhookEvents(deps.db, principal.organizationId, filter, {
        limit: limit + 1,
        after: decodeDateCursor(cursor),
      });
      const key = (row: (typeof rows)[number]) => [row.receivedAt.toISOString(), row._id];
      return { body: presentPage(rows, limit, { present: presentEvent, key }) };
    },
  }),
  route({
    method: 'get',
    path: '/v1/webhook-events/{id}',
    scope: 'read',
    tag,
    summary: 'Read a request with its headers and its body as sent; credentials are redacted',
    params: eventParams,
    answers: { 200: { is: 'The request.', schema: wholeRequest } },
    handler: async ({ deps, principal, params }) => ({
      body: await presentWholeEvent(await requireEvent(deps, principal.organizationId, params.id)),
    }),
  }),
  route({
    method: 'post',
    path: '/v1/webhook-events/{id}/replay',
    scope: 'run',
    tag,
    summary: 'Start a new run with a request that came in; a rejected one is verified again',
    params: eventParams,
    body: replayBody,
    creates: true,
    answers: {
      202: {
        is: '`{action, runIds, eventId, duplicate, replayOf}`; `Location` is the (first) run.',
        schema: replayed,
      },
    },
    handler: async ({ deps, principal, params, commit }) => {
      const event = await requireEvent(deps, principal.organizationId, params.id);
      const accepted = await replayEvent(deps, event, (work) =>
        commit(async (session) => {
          const accepted = await work(session);
          return { ...accepted, answer: answerOf(accepted, event) };
        }),
      );
      return answerOf(accepted, event);
    },
  }),
];

function answerOf(accepted: AcceptedWebhook, { _id: replayOf }: WebhookEventDocument): Answer {
  const body = { ...presentAccepted(accepted), replayOf };
  return { status: 202, body, headers: locationOf(accepted.runIds) };
}

function locationOf([runId]: readonly string[]): Record<string, string> {
  return runId === undefined ? {} : { location: `/v1/runs/${runId}` };
}

async function requireEvent(deps: ApiDeps, organizationId: string, id: string) {
  const event = await findWebhookEvent(deps.db, organizationId, id);
  if (!event) throw new AppError('not-found', 'No such request.');
  return event;
}
