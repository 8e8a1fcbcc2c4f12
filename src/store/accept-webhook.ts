import { setTimeout as delay } from 'node:timers/promises';
import type { ClientSession, Db, MongoClient } from 'mongodb';
import { AppError } from '../errors/app-error.ts';
import { acceptRun } from './accept-run.ts';
import type { NewRun } from './accept-run.ts';
import { appendCapMs, inTransaction } from './database.ts';
import { DedupeConflictError, dedupeIdOf, findDedupeKeys, writeDedupeKeys } from './dedupe-keys.ts';
import type { DedupeKey, DedupeKeyDocument } from './dedupe-keys.ts';
import type { DeliveryDocument } from './deliveries.ts';
import { payloadsOf } from './payloads.ts';
import { webhookEventsOf } from './webhook-events.ts';
import type { WebhookEventDocument } from './webhook-events.ts';

/** A run that a request asks for, with the key that tells whether it was asked for before. */
export interface WebhookStart {
  run: NewRun;
  dedupe?: DedupeKey | undefined;
}

/** What became of a request. */
export interface AcceptedWebhook {
  /** Whether none of its runs is new. */
  isDuplicate: boolean;
  /** In the order of the starts; of a duplicate the first request's. */
  runIds: string[];
  /** The runs that this request began. */
  startedRunIds: string[];
  deliveries: DeliveryDocument[];
}

type NewEvent = Omit<WebhookEventDocument, 'status' | 'runIds'>;

interface Accepting {
  db: Db;
  event: NewEvent;
  starts: readonly WebhookStart[];
}

/**
 * Writes the inbox row, the dedupe keys and the runs with their `run.queued` in one transaction. Of requests with one
 * key at the same time one starts a run and the others learn its id.
 * @throws AppError idempotency-key-reused when a strict key came before with another body
 */
export async function acceptWebhook(
  given: { mongo: MongoClient; db: Db },
  event: NewEvent,
  starts: readonly WebhookStart[],
): Promise<AcceptedWebhook> {
  const accepting = { db: given.db, event, starts };
  let started: string[] = [];
  try {
    const accepted = await untilDecided(() =>
      inTransaction(given.mongo, (session) => acceptOnce(accepting, session)),
    );
    started = accepted.startedRunIds;
    return accepted;
  } finally {
    await dropUnusedPayloads(accepting, started);
  }
}

/** Asks again while another request with the same key is under way: it may yet fail. */
async function untilDecided<Result>(attempt: () => Promise<Result>): Promise<Result> {
  const deadline = Date.now() + appendCapMs;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof DedupeConflictError)) throw error;
      if (Date.now() > deadline) {
        throw new AppError('request-in-progress', 'A request with the same key is still under way.', {
          cause: error,
        });
      }
    }
    await delay(5 + Math.random() * 20);
  }
}

async function acceptOnce(accepting: Accepting, session: ClientSession): Promise<AcceptedWebhook> {
  const { db, event, starts } = accepting;
  const now = new Date();
  const idOf = ({ run, dedupe }: WebhookStart) =>
    dedupe === undefined ? undefined : dedupeIdOf(run.workflowId, dedupe.key);
  const ids = starts.flatMap((start) => idOf(start) ?? []);
  const known = await findDedupeKeys(db, ids, session);
  const expired = new Map([...known].filter(([, row]) => row.expiresAt <= now));
  const first = (start: WebhookStart) => {
    const id = idOf(start);
    return id === undefined || expired.has(id) ? undefined : known.get(id);
  };
  for (const start of starts) assertSameBody(start, first(start));
  const fresh = starts.filter((start) => first(start) === undefined);
  const rows = fresh.flatMap(({ run, dedupe }) => (dedupe ? [dedupeRow(run, dedupe, { event, now })] : []));
  if (rows.length > 0) await writeDedupeKeys(db, session, { rows, expired });
  const isDuplicate = fresh.length === 0 && starts.length > 0;
  const runIds = starts.map((start) => first(start)?.runId ?? start.run.runId);
  const row: WebhookEventDocument = { ...event, status: isDuplicate ? 'duplicate' : 'accepted', runIds };
  await webhookEventsOf(db).insertOne(row, { session });
  const deliveries: DeliveryDocument[] = [];
  for (const { run } of fresh) deliveries.push(...(await acceptRun(db, session, run)).deliveries);
  return { isDuplicate, runIds, startedRunIds: fresh.map(({ run }) => run.runId), deliveries };
}

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
    runId: run.runId,
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
  if (unused.length === 0) return;
  await payloadsOf(db).deleteMany({ runId: { $in: unused.map(({ runId }) => runId) } });
}

function isLarge(value: NewRun['request']): boolean {
  return value !== undefined && 'ref' in value;
}
