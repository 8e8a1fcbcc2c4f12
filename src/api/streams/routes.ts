import type { z } from 'zod';
import { catalogEntry, isFinalNodeStatus, isFinalRunStatus } from '../../engine/log/event-catalog.ts';
import { AppError } from '../../errors/app-error.ts';
import { readRunLog } from '../../store/log/appends.ts';
import type { EventDocument } from '../../store/log/events.ts';
import { findExecution } from '../../store/log/read-runs.ts';
import { frame } from './answers.ts';
import { wholeExecution } from '../runs/answers.ts';
import { requireRun } from '../runs/require-run.ts';
import { presentExecution } from '../runs/present.ts';
import { runParams, streamQuery } from '../runs/schema.ts';
import { route } from '../routing/route.ts';
import type { RouteContext } from '../routing/route.ts';
import { followLog } from './follow-log.ts';
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
    streamOf: 'runId',
    tag: 'Streams',
    summary: 'Follow the run: every event from the first, or after `Last-Event-ID`',
    params: runParams,
    query: streamQuery,
    produces: 'text/event-stream',
    answers: {
      200: { is: 'Server-Sent Events; ends with `event: end` after the run’s last event.', schema: frame },
    },
    handler: async (context) => {
      const run = await requireRun(context.deps, context.principal.organizationId, context.params.id);
      const isOver = async () => {
        const { status } = await requireRun(context.deps, run.organizationId, run._id);
        return isFinalRunStatus(status);
      };
      return follow(context, { runId: run._id, isLast: isRunEnd, isOver });
    },
  }),
  route({
    method: 'get',
    path: '/v1/executions/{id}',
    scope: 'read',
    tag: 'Runs',
    summary: 'Read an execution with its attempts',
    params: runParams,
    answers: { 200: { is: 'The execution.', schema: wholeExecution } },
    handler: async ({ deps, principal, params }) => {
      const execution = await requireExecution(deps, principal.organizationId, params.id);
      const events = await readRunLog(deps.db, execution.runId, {
        after: execution.firstSequence - 1,
        executionId: execution._id,
      });
      return { body: { ...presentExecution(execution), attempts: attemptsOf(events) } };
    },
  }),
  route({
    method: 'get',
    path: '/v1/executions/{id}/stream',
    scope: 'read',
    streamOf: 'executionId',
    tag: 'Streams',
    summary: 'Follow one execution: its attempts, log lines, progress and outcome',
    params: runParams,
    query: streamQuery,
    produces: 'text/event-stream',
    answers: { 200: { is: 'Server-Sent Events; ends with `event: end` after the outcome.', schema: frame } },
    handler: async (context) => {
      const execution = await requireExecution(
        context.deps,
        context.principal.organizationId,
        context.params.id,
      );
      const { _id: executionId, runId, organizationId } = execution;
      const isLast = (event: EventDocument) => catalogEntry(event.type).final === true;
      const isOver = async () => {
        const { status } = await requireExecution(context.deps, organizationId, executionId);
        return isFinalNodeStatus(status);
      };
      return follow(context, { runId, executionId, isLast, isOver });
    },
  }),
];

interface Followed {
  runId: string;
  executionId?: string;
  isLast: (event: EventDocument) => boolean;
  isOver: () => Promise<boolean>;
}

async function follow({ deps, ctx, principal, query }: Context, followed: Followed): Promise<undefined> {
  // A browser comes back to the same address: what it says itself is the later one.
  const after = readLastEventId(ctx.get('last-event-id')) ?? query.after ?? 0;
  const { runId, executionId, isLast, isOver } = followed;
  const only = executionId === undefined ? {} : { executionId };
  await deps.events.ready();
  const stream = openStream(ctx, deps);
  deps.keyWatch.watch(principal, stream);
  followLog({
    stream,
    hub: deps.events,
    log: deps.log,
    runId,
    after,
    isLast,
    isOver,
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

/** The execution of the organization. @throws AppError not-found */
export async function requireExecution(deps: Context['deps'], organizationId: string, id: string) {
  const execution = await findExecution(deps.db, organizationId, id);
  if (!execution) throw new AppError('not-found', 'No such execution.');
  return execution;
}

function readLastEventId(text: string): number | undefined {
  if (text === '') return undefined;
  const sequence = Number(text);
  if (Number.isSafeInteger(sequence) && sequence >= 0) return sequence;
  const detail = `last-event-id: expected a sequence; came ${text}`;
  throw new AppError('invalid-request', detail, { errors: [{ pointer: '/last-event-id', detail }] });
}
