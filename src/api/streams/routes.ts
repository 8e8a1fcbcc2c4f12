import type { z } from 'zod';
import { catalogEntry } from '../../engine/event-catalog.ts';
import { AppError } from '../../errors/app-error.ts';
import { readRunLog } from '../../store/events.ts';
import type { EventDocument } from '../../store/events.ts';
import { executionsOf } from '../../store/executions.ts';
import { requireRun } from '../runs/require-run.ts';
import { presentExecution } from '../runs/present.ts';
import { runParams, streamQuery } from '../runs/schema.ts';
import { route } from '../route.ts';
import type { RouteContext } from '../route.ts';
import { followLog } from './follow-log.ts';
import { keepChecked } from './keep-checked.ts';
import { openStream } from './sse.ts';

type Context = RouteContext<{ id: string }, z.output<typeof streamQuery>, undefined>;

const isRunEnd = (event: EventDocument): boolean =>
  event.type.startsWith('run.') && catalogEntry(event.type).final === true;

/** The streams of one run and of one execution, and the execution itself. */
export const streamRoutes = [
  route({
    method: 'get',
    path: '/v1/runs/{id}/stream',
    scope: 'read',
    tag: 'Streams',
    summary: 'Follow the run: every event from the first, or after `Last-Event-ID`',
    params: runParams,
    query: streamQuery,
    produces: 'text/event-stream',
    answers: { 200: 'Server-Sent Events; ends with `event: end` after the run’s last event.' },
    handler: async (context) => {
      const run = await requireRun(context.deps, context.principal.organizationId, context.params.id);
      return follow(context, { runId: run._id, isLast: isRunEnd });
    },
  }),
  route({
    method: 'get',
    path: '/v1/executions/{id}',
    scope: 'read',
    tag: 'Runs',
    summary: 'Read an execution with its attempts',
    params: runParams,
    answers: { 200: 'The execution.' },
    handler: async ({ deps, principal, params }) => {
      const execution = await requireExecution(deps, principal.organizationId, params.id);
      const events = await readRunLog(deps.db, execution.runId, { executionId: execution._id });
      return { body: { ...presentExecution(execution), attempts: attemptsOf(events) } };
    },
  }),
  route({
    method: 'get',
    path: '/v1/executions/{id}/stream',
    scope: 'read',
    tag: 'Streams',
    summary: 'Follow one execution: its attempts, log lines, progress and outcome',
    params: runParams,
    query: streamQuery,
    produces: 'text/event-stream',
    answers: { 200: 'Server-Sent Events; ends with `event: end` after the outcome.' },
    handler: async (context) => {
      const execution = await requireExecution(
        context.deps,
        context.principal.organizationId,
        context.params.id,
      );
      const isLast = (event: EventDocument) => catalogEntry(event.type).final === true;
      return follow(context, { runId: execution.runId, executionId: execution._id, isLast });
    },
  }),
];

async function follow(
  { deps, ctx, principal, query }: Context,
  log: { runId: string; executionId?: string; isLast: (event: EventDocument) => boolean },
): Promise<undefined> {
  const after = query.after ?? readLastEventId(ctx.get('last-event-id'));
  const { runId, executionId, isLast } = log;
  const only = executionId === undefined ? {} : { executionId };
  const stream = openStream(ctx, deps.closing);
  keepChecked(deps, stream, principal.keyId);
  await followLog({
    stream,
    hub: deps.events,
    runId,
    after,
    isLast,
    includes: (event) => executionId === undefined || event.executionId === executionId,
    read: (from, limit) => readRunLog(deps.db, runId, { after: from, limit, ...only }),
  });
  return undefined;
}

/** An execution's attempts, as its events tell. */
function attemptsOf(events: readonly EventDocument[]): object[] {
  const attempts: Record<string, unknown>[] = [];
  for (const event of events) {
    const { data, timestamp } = JSON.parse(event.body) as {
      timestamp: string;
      data: Record<string, unknown>;
    };
    const { attempt: number, status, error = null, nextAttemptAt = null, durationMs } = data;
    if (event.type === 'node.started')
      attempts.push({ number, startedAt: timestamp, finishedAt: null, status });
    else if (number !== undefined) {
      const last = attempts.find((one) => one['number'] === number);
      if (last) Object.assign(last, { finishedAt: timestamp, status, error, nextAttemptAt, durationMs });
    }
  }
  return attempts;
}

async function requireExecution(deps: Context['deps'], organizationId: string, id: string) {
  const execution = await executionsOf(deps.db).findOne({ _id: id, organizationId });
  if (!execution) throw new AppError('not-found', 'No such execution.');
  return execution;
}

function readLastEventId(text: string): number {
  if (text === '') return 0;
  const sequence = Number(text);
  if (Number.isSafeInteger(sequence) && sequence >= 0) return sequence;
  const detail = `last-event-id: expected a sequence; came ${text}`;
  throw new AppError('invalid-request', detail, { errors: [{ pointer: '/last-event-id', detail }] });
}
