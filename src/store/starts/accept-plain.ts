/** The door: a request that starts one run is accepted by one insert, the run's first append, which holds the request. */
import { setTimeout as delay } from 'node:timers/promises';
import type { ClientSession, Db, MongoClient } from 'mongodb';
import { currentMs, currentTime } from '../../clock.ts';
import { AppError } from '../../errors/app-error.ts';
import type { DedupeKey } from '../inbox/dedupe-keys.ts';
import { eventIdOfRun } from '../inbox/find-webhook-event.ts';
import { insertWebhookEvent } from '../inbox/webhook-events.ts';
import type { WebhookEventDocument } from '../inbox/webhook-events.ts';
import { appendIdOf, appendsOf } from '../log/appends.ts';
import type { AppendDocument, HeldKey } from '../log/appends.ts';
import { erasedForMs } from '../log/erase-appends.ts';
import { copyValue } from '../log/payloads.ts';
import type { RunLog } from '../log/run-log.ts';
import type { RunChange } from '../log/run-state.ts';
import { runsOf } from '../log/runs.ts';
import { inTransaction } from '../mongo/database.ts';
import { deriveId } from '../mongo/ids.ts';
import { appendCapMs } from '../mongo/in-time.ts';
import { insertFirstAppends, judgeNewRun } from './accept-run.ts';
import type { NewRun } from './accept-run.ts';
import type { NewEvent } from './accept-webhook.ts';
import type { AcceptedWebhook } from './accepted-webhook.ts';

/** A request that does no more than to start one run, or to repeat one. */
export interface PlainRequest {
  event: NewEvent;
  run: NewRun;
  dedupe: DedupeKey | undefined;
}

/** What accepting is made with. */
export interface AcceptingPlain {
  mongo: MongoClient;
  db: Db;
  runLog: RunLog;
}

/** The id of the run that a webhook's key starts: of two requests with one key the insert of one fails. */
export function runIdOfKey(workflowId: string, key: string, generation = 0): string {
  return deriveId('run', workflowId, key, String(generation));
}

/**
 * Accepts a request. Of requests with one key at the same time one starts a run and the others learn its id.
 * @param request.run with a key, its id is that of `runIdOfKey`
 * @throws AppError idempotency-key-reused when a strict key came before with another body
 */
export async function acceptPlain(given: AcceptingPlain, request: PlainRequest): Promise<AcceptedWebhook> {
  const { dedupe } = request;
  const deadline = currentMs() + appendCapMs;
  do {
    const first = firstAppend(request, 0);
    if ((await given.runLog.begin(first.append, first.change)) === 'inserted') return triggered(first.append);
    if (!dedupe) throw new Error(`the run ${request.run.runId} has begun before`);
    const accepted = await acceptKnown(given, { ...request, dedupe });
    if (accepted) return accepted;
    // The first append is not durable yet, is being erased, or begins its next window.
    await delay(5 + Math.random() * 20);
  } while (currentMs() < deadline);
  throw new AppError('request-in-progress', 'A request with the same key is still under way.');
}

type KeyedRequest = PlainRequest & { dedupe: DedupeKey };

/** Accepts a request whose key came before; `undefined`: what holds the key is changing. */
async function acceptKnown(
  given: AcceptingPlain,
  request: KeyedRequest,
): Promise<AcceptedWebhook | undefined> {
  const { mongo, db, runLog } = given;
  const head = await findHead(db, request.run.runId);
  if (!head?.dedupe) return undefined;
  if (isOver(head.dedupe)) {
    const accepted = await inTransaction(mongo, (session) => acceptInSession(db, session, request));
    runLog.carryOut(accepted.startedRunIds);
    return accepted;
  }
  const { runId } = head.dedupe;
  // The first request was perhaps given up, and recorded all the same.
  if (!(await runsOf(db).findOne({ _id: runId }, { projection: { _id: 1 } }))) runLog.carryOut([runId]);
  return repeat(db, request, head.dedupe);
}

/**
 * Accepts a request in the caller's transaction, as `acceptPlain`. What it causes is carried out when the run log is told
 * of the commit.
 */
export async function acceptInSession(
  db: Db,
  session: ClientSession,
  request: PlainRequest,
): Promise<AcceptedWebhook> {
  const head = await findHead(db, request.run.runId, session);
  if (!head) {
    const first = firstAppend(request, 0);
    await insertFirstAppends(db, session, [{ append: first.append, run: first.change.run }]);
    return triggered(first.append);
  }
  const { dedupe } = request;
  if (!head.dedupe || !dedupe) throw new Error(`the run ${request.run.runId} has begun before`);
  const keyed = { ...request, dedupe };
  return isOver(head.dedupe)
    ? beginAnew(db, session, { request: keyed, held: head.dedupe, isErased: head.to === 0 })
    : repeat(db, keyed, head.dedupe, session);
}

function findHead(db: Db, runId: string, session?: ClientSession) {
  const options = { projection: { dedupe: 1, to: 1 }, ...(session ? { session } : {}) };
  return appendsOf(db).findOne({ _id: appendIdOf(runId, 1) }, options);
}

/** Whether a key is held by the run that its first request has started. */
export async function isKeyHeld(db: Db, runId: string): Promise<boolean> {
  const head = await findHead(db, runId);
  return head?.dedupe !== undefined && !isOver(head.dedupe);
}

function isOver({ expiresAt }: HeldKey): boolean {
  return expiresAt <= currentTime();
}

/** Lists a request that does no more than to repeat another one. */
async function repeat(
  db: Db,
  { event, dedupe }: KeyedRequest,
  held: HeldKey,
  session?: ClientSession,
): Promise<AcceptedWebhook> {
  if (dedupe.isStrict && held.fingerprint !== dedupe.fingerprint)
    throw new AppError(
      'idempotency-key-reused',
      'The Idempotency-Key came before with another body; expected the same body or another key.',
    );
  const runIds = [held.runId];
  const skipped = { action: 'skipped', reason: 'duplicate' } as const;
  const row: WebhookEventDocument = { ...event, status: 'duplicate', ...skipped, runIds };
  await insertWebhookEvent(db, row, session);
  const nothing = { startedRunIds: [], resumedRunIds: [] };
  return { ...skipped, runIds, ...nothing, eventId: event._id, firstAction: 'triggered' };
}

/** The key's window is over: its next run begins, and the first append of the first one says so from then on. */
async function beginAnew(
  db: Db,
  session: ClientSession,
  given: { request: KeyedRequest; held: HeldKey; isErased: boolean },
): Promise<AcceptedWebhook> {
  const { request, held, isErased } = given;
  const generation = held.generation + 1;
  const first = firstAppend(await movedTo(db, request, generation), generation);
  const { dedupe, ...append } = first.append;
  if (!dedupe) throw new Error(`the first append of run ${append.runId} holds no key`);
  const until = dedupe.expiresAt.getTime() + erasedForMs;
  await appendsOf(db).updateOne(
    { _id: appendIdOf(request.run.runId, 1) },
    { $set: { dedupe, ...(isErased ? { expiresAt: new Date(until) } : {}) } },
    { session },
  );
  await insertFirstAppends(db, session, [{ append, run: first.change.run }]);
  return triggered(append);
}

/** The request for the run of another generation: a large value belongs to one run. */
async function movedTo(db: Db, request: KeyedRequest, generation: number): Promise<KeyedRequest> {
  const { run, dedupe } = request;
  const runId = runIdOfKey(run.workflowId, dedupe.key, generation);
  const owner = { runId, organizationId: run.organizationId };
  const input = await copyValue(db, run.runId, owner, run.input);
  const copied = run.request ? { request: await copyValue(db, run.runId, owner, run.request) } : {};
  return { ...request, run: { ...run, runId, input, ...copied } };
}

interface FirstAppend {
  append: AppendDocument;
  change: RunChange;
}

function firstAppend({ event, run, dedupe }: PlainRequest, generation: number): FirstAppend {
  const { runId } = run;
  const eventId = eventIdOfRun(runId);
  const judgement = judgeNewRun({ ...run, trigger: { ...run.trigger, webhookEventId: eventId } });
  const request: WebhookEventDocument = {
    ...event,
    _id: eventId,
    status: 'accepted',
    action: 'triggered',
    runIds: [runId],
  };
  const key = dedupe && {
    generation,
    runId,
    fingerprint: dedupe.fingerprint,
    eventId,
    expiresAt: new Date(judgement.recordedAt.getTime() + dedupe.windowSeconds * 1_000),
  };
  const { events, executions } = judgement;
  return {
    append: { ...judgement.toAppend(), request, ...(key ? { dedupe: key } : {}) },
    change: { runId, run: judgement.run, events, executions, request },
  };
}

function triggered({ runId, request }: AppendDocument): AcceptedWebhook {
  const runIds = [runId];
  return {
    action: 'triggered',
    runIds,
    startedRunIds: runIds,
    resumedRunIds: [],
    eventId: request?._id ?? '',
  };
}
