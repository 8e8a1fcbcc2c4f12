import { setTimeout as delay } from 'node:timers/promises';
import type { ClientSession, Db, MongoClient } from 'mongodb';
import { currentMs, currentTime } from '../../clock.ts';
import { AppError } from '../../errors/app-error.ts';
import { acceptNewRuns } from './accept-run.ts';
import type { NewRun } from './accept-run.ts';
import { correlate } from '../waits/correlate-request.ts';
import type { Correlation } from '../waits/correlate-request.ts';
import { gather } from '../flow/gathering.ts';
import type { GatherRule } from '../flow/gathering.ts';
import { inTransaction } from '../mongo/database.ts';
import { appendCapMs } from '../mongo/in-time.ts';
import {
  changeDedupeKey,
  DedupeConflictError,
  dedupeIdOf,
  findDedupeKeys,
  writeDedupeKeys,
} from '../inbox/dedupe-keys.ts';
import type { DedupeKey, DedupeKeyDocument } from '../inbox/dedupe-keys.ts';
import { AbandonedError } from '../mongo/abandoned-error.ts';
import { deletePayloads } from '../log/payloads.ts';
import type { AcceptedWebhook, Part, WebhookAction } from './accepted-webhook.ts';
import { insertWebhookEvent } from '../inbox/webhook-events.ts';
import type { WebhookEventDocument } from '../inbox/webhook-events.ts';

/** A run that a request asks for, with the key that tells whether it was asked for before. */
export interface WebhookStart {
  run: NewRun;
  dedupe?: DedupeKey | undefined;
  /** The waits that it resumes rather than to start a run. */
  correlation?: Correlation | undefined;
  /** It starts no run of its own, but one together with others. */
  gather?: GatherRule | undefined;
  /** Whether it is one of the lines of a request. */
  isLine: boolean;
}

/** The inbox row of a request, before it is known what becomes of it. */
export type NewEvent = Omit<WebhookEventDocument, 'status' | 'action' | 'runIds'>;

interface Accepting {
  db: Db;
  event: NewEvent;
  starts: readonly WebhookStart[];
}

/**
 * Accepts what does more than to start one run: writes the inbox row, the dedupe keys and the runs with their `run.queued`
 * in one transaction. Of requests with one
 * key at the same time one starts a run and the others learn its id.
 * @throws AppError idempotency-key-reused when a strict key came before with another body
 */
export async function acceptWebhook(
  given: { mongo: MongoClient; db: Db; transact?: Transact | undefined },
  event: NewEvent,
  starts: readonly WebhookStart[],
): Promise<AcceptedWebhook> {
  const accepting = { db: given.db, event, starts };
  const transact: Transact = given.transact ?? ((work) => inTransaction(given.mongo, work));
  try {
    const accepted = await untilDecided((isFirst) =>
      transact((session) => acceptOnce(accepting, session, isFirst)),
    );
    await dropUnusedPayloads(accepting, accepted.startedRunIds);
    return accepted;
  } catch (error) {
    // After any other error the transaction may have been committed, and its runs need their values.
    if (error instanceof AppError || error instanceof AbandonedError) await dropUnusedPayloads(accepting, []);
    throw error;
  }
}

/** The transaction in which a request is accepted; default: one of its own. */
export type Transact = (
  work: (session: ClientSession) => Promise<AcceptedWebhook>,
) => Promise<AcceptedWebhook>;

/** Asks again while another request with the same key is under way: it may yet fail. */
async function untilDecided<Result>(attempt: (isFirst: boolean) => Promise<Result>): Promise<Result> {
  const deadline = currentMs() + appendCapMs;
  for (let isFirst = true; ; isFirst = false) {
    try {
      return await attempt(isFirst);
    } catch (error) {
      if (!(error instanceof DedupeConflictError)) throw error;
      if (currentMs() > deadline) {
        throw new AppError('request-in-progress', 'A request with the same key is still under way.', {
          cause: error,
        });
      }
    }
    await delay(5 + Math.random() * 20);
  }
}

/** Most keys are new: the first attempt writes them without looking, and one that is known fails it. */
async function acceptOnce(
  accepting: Accepting,
  session: ClientSession,
  isFirst: boolean,
): Promise<AcceptedWebhook> {
  const { db, event, starts } = accepting;
  const now = currentTime();
  const ids = isFirst ? [] : starts.flatMap((start) => dedupeRowIdOf(start) ?? []);
  const known = await findDedupeKeys(db, ids, session);
  const expired = new Map([...known].filter(([, row]) => row.expiresAt <= now));
  const first = (start: WebhookStart) => {
    const id = dedupeRowIdOf(start);
    return id === undefined || expired.has(id) ? undefined : known.get(id);
  };
  for (const start of starts) assertSameBody(start, first(start));
  const fresh = starts.filter((start) => first(start) === undefined);
  const rows = fresh.flatMap(({ run, dedupe }) => (dedupe ? [dedupeRow(run, dedupe, { event, now })] : []));
  if (rows.length > 0) await writeDedupeKeys(db, session, { rows, expired });
  const parts: Part[] = [];
  for (const [index, start] of starts.entries()) {
    const before = first(start);
    parts.push(before ? repeated(before) : await carryOut(accepting, session, { start, index }));
  }
  const accepted = combine(parts);
  const { action, reason, runIds } = accepted;
  const status = reason === 'duplicate' ? 'duplicate' : 'accepted';
  const row: WebhookEventDocument = { ...event, status, action, ...(reason ? { reason } : {}), runIds };
  await insertWebhookEvent(db, row, session);
  return { ...accepted, eventId: event._id };
}

/** The id of the dedupe row of a start. */
export function dedupeRowIdOf({ run, dedupe }: WebhookStart): string | undefined {
  return dedupe === undefined ? undefined : dedupeIdOf(run.workflowId, dedupe.key);
}

function repeated({ runIds, action }: DedupeKeyDocument): Part {
  const nothing = { startedRunIds: [], resumedRunIds: [] };
  return { action: 'skipped', reason: 'duplicate', runIds, ...nothing, firstAction: action };
}

async function carryOut(
  { db, event }: Accepting,
  session: ClientSession,
  { start, index }: { start: WebhookStart; index: number },
): Promise<Part> {
  const { run, correlation } = start;
  const { workflowId, organizationId, runId } = run;
  const dedupeId = dedupeRowIdOf(start);
  const request = { workflowId, organizationId, eventId: event._id, index, dedupeId };
  const correlated = correlation && (await correlate(db, session, { correlation, request }));
  if (!correlated && start.gather) return gatherStart(db, session, { ...start, gather: start.gather });
  if (!correlated) {
    await acceptNewRuns(db, session, [run]);
    return { action: 'triggered', runIds: [runId], startedRunIds: [runId], resumedRunIds: [] };
  }
  const { action } = correlated;
  const runIds = correlated.action === 'resumed' ? correlated.runIds : [];
  if (dedupeId !== undefined) await changeDedupeKey(db, session, { id: dedupeId, action, runIds });
  return {
    action,
    ...(correlated.action === 'skipped' ? { reason: correlated.reason } : {}),
    runIds,
    startedRunIds: [],
    resumedRunIds: runIds,
  };
}

async function gatherStart(
  db: Db,
  session: ClientSession,
  start: WebhookStart & { gather: GatherRule },
): Promise<Part> {
  const { run, gather: rule } = start;
  const { _id: runId, dueAt } = await gather(db, session, { run, rule });
  const action = rule.kind === 'batch' ? 'batched' : 'debounced';
  const id = dedupeRowIdOf(start);
  if (id !== undefined) await changeDedupeKey(db, session, { id, action, runIds: [runId] });
  const nothing = { startedRunIds: [], resumedRunIds: [] };
  return { action, runIds: [runId], ...nothing, gathered: [{ runId, dueAt }] };
}

/** The strongest action of the parts is the request's: one line of many that starts a run makes it `triggered`. */
function combine(parts: readonly Part[]): Part {
  const order: WebhookAction[] = ['triggered', 'resumed', 'debounced', 'batched', 'skipped'];
  const action = order.find((one) => parts.some((part) => part.action === one)) ?? 'skipped';
  const [first] = parts;
  const reason = action === 'skipped' ? first?.reason : undefined;
  return {
    action,
    ...(reason ? { reason } : {}),
    runIds: parts.flatMap((part) => part.runIds),
    startedRunIds: parts.flatMap((part) => part.startedRunIds),
    resumedRunIds: parts.flatMap((part) => part.resumedRunIds),
    gathered: parts.flatMap((part) => part.gathered ?? []),
    ...(first?.firstAction ? { firstAction: first.firstAction } : {}),
  };
}

/** The dedupe row of a start that is the first with its key. */
function dedupeRow(
  run: NewRun,
  dedupe: DedupeKey,
  { event, now }: { event: NewEvent; now: Date },
): DedupeKeyDocument {
  return {
    _id: dedupeIdOf(run.workflowId, dedupe.key),
    organizationId: run.organizationId,
    workflowId: run.workflowId,
    key: dedupe.key,
    fingerprint: dedupe.fingerprint,
    action: 'triggered',
    runIds: [run.runId],
    eventId: event._id,
    createdAt: now,
    expiresAt: new Date(now.getTime() + dedupe.windowSeconds * 1_000),
  };
}

function assertSameBody({ dedupe }: WebhookStart, first: DedupeKeyDocument | undefined): void {
  if (!first || !dedupe?.isStrict || first.fingerprint === dedupe.fingerprint) return;
  throw new AppError(
    'idempotency-key-reused',
    'The Idempotency-Key came before with another body; expected the same body or another key.',
  );
}

/** Large values are stored before the transaction; those of runs that did not begin are of no use. */
async function dropUnusedPayloads({ db, starts }: Accepting, started: readonly string[]): Promise<void> {
  const unused = starts
    .map(({ run }) => run)
    .filter(({ runId, input, request }) => !started.includes(runId) && (isLarge(input) || isLarge(request)));
  await deletePayloads(
    db,
    unused.map(({ runId }) => runId),
  );
}

function isLarge(value: NewRun['request']): boolean {
  return value !== undefined && 'ref' in value;
}
