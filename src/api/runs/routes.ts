import type { z } from 'zod';
import { AppError } from '../../errors/app-error.ts';
import { isFinalRunStatus } from '../../engine/log/event-catalog.ts';
import { findQueuePlaces } from '../../store/flow/queue-places.ts';
import { endRun } from '../../store/log/end-run.ts';
import { readRunLog } from '../../store/log/appends.ts';
import { envelopeOf } from '../../store/log/events.ts';
import { listExecutions } from '../../store/log/read-runs.ts';
import { listRuns } from '../../store/log/list-runs.ts';
import { requestRunCancel } from '../../store/log/run-record.ts';
import type { RunDocument } from '../../store/log/runs.ts';
import { eraseRun } from '../../store/upkeep/erase-run.ts';
import { findWorkflow } from '../../store/workflows/workflows.ts';
import type { ApiDeps } from '../routing/deps.ts';
import { decodeCursor, presentPage } from '../routing/paging.ts';
import { route } from '../routing/route.ts';
import { executionPage, eventPage, run, runPage, wholeRun } from './answers.ts';
import { presentExecution, presentNode, presentRun } from './present.ts';
import { requireRun } from './require-run.ts';
import { cancelBody, eventsQuery, executionsQuery, listQuery, runParams } from './schema.ts';

const tag = 'Runs';
/** Nodes outside loops: a definition has at most this many. */
const maxNodes = 1_000;

/** Runs, their log, their stream, their cancel. */
export const runRoutes = [
  route({
    method: 'get',
    path: '/v1/runs',
    scope: 'read',
    tag,
    summary: 'List runs, newest first',
    query: listQuery,
    answers: { 200: { is: 'A page of runs.', schema: runPage } },
    handler: ({ deps, principal, query }) => pageOfRuns(deps, principal.organizationId, query),
  }),
  route({
    method: 'get',
    path: '/v1/workflows/{id}/runs',
    scope: 'read',
    tag,
    summary: 'List the runs of a workflow, newest first',
    params: runParams,
    query: listQuery.omit({ workflowId: true }),
    answers: { 200: { is: 'A page of runs.', schema: runPage } },
    handler: async ({ deps, principal, params, query }) => {
      const { organizationId } = principal;
      if (!(await findWorkflow(deps.db, organizationId, params.id)))
        throw new AppError('not-found', 'No such workflow.');
      return pageOfRuns(deps, organizationId, { ...query, workflowId: params.id });
    },
  }),
  route({
    method: 'get',
    path: '/v1/runs/{id}',
    scope: 'read',
    tag,
    summary: 'Read a run with the state of its nodes outside loops',
    params: runParams,
    answers: { 200: { is: 'The run.', schema: wholeRun } },
    handler: async ({ deps, principal, params }) => {
      const run = await requireRun(deps, principal.organizationId, params.id);
      const executions = await listExecutions(deps.db, run._id, { parent: '', limit: maxNodes });
      const nodes = Object.fromEntries(
        executions.map((execution) => [execution.path, presentNode(execution)]),
      );
      return { body: { ...(await presentWithPlace(deps, run)), nodes } };
    },
  }),
  route({
    method: 'get',
    path: '/v1/runs/{id}/events',
    scope: 'read',
    tag,
    summary: 'Read the run’s log, after a sequence',
    params: runParams,
    query: eventsQuery,
    answers: {
      200: { is: 'A page of events.', schema: eventPage },
    },
    handler: async ({ deps, principal, params, query }) => {
      const run = await requireRun(deps, principal.organizationId, params.id);
      const rows = await readRunLog(deps.db, run._id, {
        after: query.cursor === undefined ? query.after : Number(query.cursor),
        limit: query.limit + 1,
      });
      const shown = rows.slice(0, query.limit);
      const last = rows.length > query.limit ? shown.at(-1) : undefined;
      return { body: { items: shown.map(envelopeOf), nextCursor: last ? String(last.sequence) : null } };
    },
  }),
  route({
    method: 'get',
    path: '/v1/runs/{id}/executions',
    scope: 'read',
    tag,
    summary: 'List the run’s executions in path order',
    params: runParams,
    query: executionsQuery,
    answers: { 200: { is: 'A page of executions.', schema: executionPage } },
    handler: async ({ deps, principal, params, query }) => {
      const run = await requireRun(deps, principal.organizationId, params.id);
      const { limit, cursor, parent, status } = query;
      const [after] = decodeCursor(cursor) ?? [];
      const rows = await listExecutions(deps.db, run._id, { parent, status, after, limit: limit + 1 });
      return { body: presentPage(rows, limit, { present: presentExecution, key: (row) => [row.path] }) };
    },
  }),
  route({
    method: 'post',
    path: '/v1/runs/{id}/cancel',
    scope: 'run',
    tag,
    summary: 'Cancel a run',
    params: runParams,
    body: cancelBody,
    answers: { 202: { is: 'The run, soon cancelled.', schema: run } },
    handler: async ({ deps, principal, params, body }) => {
      const run = await requireRun(deps, principal.organizationId, params.id);
      if (isFinalRunStatus(run.status)) throw new AppError('conflict', `The run is over: ${run.status}.`);
      await requestRunCancel(deps.db, run._id, body.reason);
      if (run.status === 'queued') await cancelQueued(deps, run, body.reason);
      deps.relay.cancelSoon(run._id);
      return {
        status: 202,
        body: await presentWithPlace(deps, await requireRun(deps, principal.organizationId, params.id)),
      };
    },
  }),
  route({
    method: 'delete',
    path: '/v1/runs/{id}',
    scope: 'write',
    tag,
    summary:
      'Erase a run that is over, with its events, values, deliveries and the request that started it; the audit log tells who did',
    params: runParams,
    answers: {
      204: 'Erased.',
      409: 'It is not over, an open run reads it, or a delivery of it is being sent.',
    },
    handler: async ({ deps, principal, params }) => {
      await eraseRun(deps.db, await requireRun(deps, principal.organizationId, params.id));
      return { status: 204 };
    },
  }),
];

async function pageOfRuns(deps: ApiDeps, organizationId: string, query: z.output<typeof listQuery>) {
  const { limit, cursor, trigger, ...filter } = query;
  const [createdAt, id] = decodeCursor(cursor) ?? [];
  const after = createdAt !== undefined && id !== undefined ? { createdAt, id } : undefined;
  const page = { limit: limit + 1, after };
  // Whoever has just begun a run here finds it in the list.
  await deps.runLog.flush();
  const rows = await listRuns(deps.db, organizationId, { ...filter, triggerSource: trigger }, page);
  const places = await placesOf(deps, rows.slice(0, limit));
  const present = (row: RunDocument) => presentRun(row, places.get(row._id));
  const shown = presentPage(rows, limit, { present, key: (row) => [row.createdAt, row._id] });
  // A record may lag behind its log.
  const items = shown.items.filter(({ status }) => filter.status?.includes(status) ?? true);
  return { body: { ...shown, items } };
}

/** The places of those that wait for their turn. */
function placesOf(deps: ApiDeps, runs: readonly RunDocument[]) {
  const queued = runs.filter(({ status }) => status === 'queued');
  return findQueuePlaces(
    deps.db,
    queued.map(({ _id }) => _id),
  );
}

async function presentWithPlace(deps: ApiDeps, run: RunDocument) {
  return presentRun(run, (await placesOf(deps, [run])).get(run._id));
}

/** A run that has not begun ends at once; when it begins meanwhile, the request row cancels it. */
async function cancelQueued(deps: ApiDeps, run: RunDocument, reason: string): Promise<void> {
  if (run.startConfirmed) return;
  await endRun(deps, run, { status: 'cancelled', reason });
}
