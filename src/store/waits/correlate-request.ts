/** What a request with a correlation key does: it resumes the waits of its key, or what its trigger says otherwise. */
import type { ClientSession, Db } from 'mongodb';
import { currentTime } from '../../clock.ts';
import { fitsAsked } from '../../engine/definition/form.schema.ts';
import type { Asked } from '../../engine/definition/form.schema.ts';
import type { Json } from '../../engine/json/json.ts';
import { AppError } from '../../errors/app-error.ts';
import { appendInSession } from '../log/append-in-session.ts';
import { correlationIdOf, useCorrelations } from './correlations.ts';
import { findCorrelatedWaits } from '../log/executions.ts';
import type { ExecutionDocument } from '../log/executions.ts';
import { findExecutions } from '../log/read-runs.ts';
import { keepResume } from './kept-resumes.ts';
import { loadValue } from '../log/payloads.ts';
import { resumeFact } from './resume-fact.ts';

/** A request's key, and what it does when no wait has it. */
export interface Correlation {
  key: string;
  otherwise: 'start' | 'hold' | 'skip';
  /** What the waits go on with. */
  data: Json;
}

/** Who asks. */
export interface CorrelatedRequest {
  workflowId: string;
  organizationId: string;
  eventId: string;
  /** Place in the request; 0 unless it is NDJSON. */
  index: number;
  dedupeId?: string | undefined;
}

/** How long a request is kept for a wait that begins later, in milliseconds. Source: the contract, hard cases 16. */
const holdMs = 10 * 60 * 1_000;

/** What became of a correlated request; `undefined`: it is to start a run. */
export type Correlated =
  { action: 'resumed'; runIds: string[] } | { action: 'skipped'; reason: 'held' | 'no_wait' } | undefined;

/**
 * Resumes all waits of a key in the caller's transaction. A wait that begins or ends at the same time makes the
 * transaction begin again.
 * @throws AppError invalid-request when there are waits and their forms do not take the data
 */
export async function correlate(
  db: Db,
  session: ClientSession,
  given: { correlation: Correlation; request: CorrelatedRequest },
): Promise<Correlated> {
  const { correlation, request } = given;
  const id = correlationIdOf(request.workflowId, correlation.key);
  await useCorrelations(db, session, [id]);
  const waits = await stillWaiting(db, session, await findCorrelatedWaits(db, session, id));
  const fitting = await fittingWaits(db, waits, correlation.data);
  if (fitting.length > 0) return resumeAll(db, session, { ...given, waits: fitting });
  if (correlation.otherwise === 'start') return undefined;
  if (correlation.otherwise === 'skip') return { action: 'skipped', reason: 'no_wait' };
  await hold(db, session, { ...given, target: id });
  return { action: 'skipped', reason: 'held' };
}

/** Records may lag behind the log: what has ended or was resumed is none of the waits. */
async function stillWaiting(
  db: Db,
  session: ClientSession,
  waits: readonly ExecutionDocument[],
): Promise<ExecutionDocument[]> {
  const found: ExecutionDocument[] = [];
  for (const { runId, path } of waits) {
    const [execution] = await findExecutions(db, runId, [path], session);
    if (execution?.status === 'waiting') found.push(execution);
  }
  return found;
}

async function fittingWaits(
  db: Db,
  waits: readonly ExecutionDocument[],
  data: Json,
): Promise<ExecutionDocument[]> {
  const fits = await Promise.all(
    waits.map(async ({ runId, input }) => {
      return fitsAsked((await loadValue(db, runId, input)) as Asked, data);
    }),
  );
  const fitting = waits.filter((_, index) => fits[index]);
  const [first] = waits;
  if (first && fitting.length === 0)
    throw new AppError('invalid-request', `The body does not fit the form of the wait ${first.path}.`);
  return fitting;
}

async function resumeAll(
  db: Db,
  session: ClientSession,
  given: { correlation: Correlation; request: CorrelatedRequest; waits: readonly ExecutionDocument[] },
): Promise<Correlated> {
  const { correlation, request, waits } = given;
  const runIds = [...new Set(waits.map(({ runId }) => runId))];
  for (const runId of runIds) {
    const own = waits.filter((wait) => wait.runId === runId);
    const resume = { data: correlation.data, eventId: request.eventId };
    const facts = await Promise.all(own.map((wait) => resumeFact(db, wait, resume)));
    await appendInSession(db, session, { runId, facts });
  }
  return { action: 'resumed', runIds };
}

async function hold(
  db: Db,
  session: ClientSession,
  given: { correlation: Correlation; request: CorrelatedRequest; target: string },
): Promise<void> {
  const { organizationId, eventId, index, dedupeId } = given.request;
  const createdAt = currentTime();
  await keepResume(db, session, {
    _id: `${eventId}#${index}`,
    organizationId,
    target: given.target,
    data: given.correlation.data,
    eventId,
    ...(dedupeId === undefined ? {} : { dedupeId }),
    createdAt,
    expiresAt: new Date(createdAt.getTime() + holdMs),
  });
}
