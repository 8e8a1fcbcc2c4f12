/**
 * The door under load: requests that come while one transaction is under way go together in the next one, which costs
 * hardly more round trips than a single one.
 */
import type { ClientSession, Db, MongoClient } from 'mongodb';
import { acceptNewRuns } from './accept-run.ts';
import { acceptWebhook, dedupeRow, dedupeRowIdOf } from './accept-webhook.ts';
import type { AcceptedWebhook, NewEvent, Transact, WebhookStart } from './accept-webhook.ts';
import { inTransaction, isOutage } from './database.ts';
import { findDedupeKeys, writeDedupeKeys } from './dedupe-keys.ts';
import { webhookEventsOf } from './webhook-events.ts';
import type { WebhookEventDocument } from './webhook-events.ts';

/** A request that is to be accepted. */
export interface WebhookRequest {
  event: NewEvent;
  starts: readonly WebhookStart[];
  /** The transaction that it must be part of. */
  transact?: Transact | undefined;
}

/** What accepts the requests of one process. */
export interface WebhookAcceptor {
  /** As `acceptWebhook`. */
  accept(request: WebhookRequest): Promise<AcceptedWebhook>;
}

interface Waiting {
  event: NewEvent;
  start: WebhookStart;
  resolve: (accepted: AcceptedWebhook | Promise<AcceptedWebhook>) => void;
  reject: (error: unknown) => void;
}

/** Most requests of one transaction. Their bodies are small, so that it stays far below 16 MiB. */
const groupSize = 50;
const smallBytes = 64 * 1024;

/** Creates the acceptor of one process. */
export function createWebhookAcceptor(given: { mongo: MongoClient; db: Db }): WebhookAcceptor {
  const queue: Waiting[] = [];
  let isDraining = false;

  const acceptAlone = ({ event, start }: Waiting) => acceptWebhook(given, event, [start]);

  async function acceptGroup(group: readonly Waiting[]): Promise<void> {
    const [only] = group;
    if (group.length === 1 && only) return only.resolve(await acceptAlone(only));
    try {
      const accepted = await inTransaction(given.mongo, (session) => acceptAll(given.db, session, group));
      // A duplicate needs an answer of its own, and nobody else is to wait for it.
      for (const waiting of group) waiting.resolve(accepted.get(waiting) ?? acceptAlone(waiting));
    } catch (error) {
      if (isOutage(error)) throw error;
      // Anything else is the fault of one of them: the others are not to suffer from it.
      for (const waiting of group) waiting.resolve(acceptAlone(waiting));
    }
  }

  async function drain(): Promise<void> {
    isDraining = true;
    while (queue.length > 0) {
      const group = queue.splice(0, groupSize);
      await acceptGroup(group).catch((error: unknown) => {
        // MongoDB is away: who waits behind is told at once, rather than after a time-out of its own.
        const behind = isOutage(error) ? queue.splice(0) : [];
        for (const { reject } of [...group, ...behind]) reject(error);
      });
    }
    isDraining = false;
  }

  return {
    accept({ event, starts, transact }) {
      const [start] = starts;
      if (!start || !isPlain({ event, starts, transact }))
        return acceptWebhook({ ...given, transact }, event, starts);
      return new Promise((resolve, reject) => {
        queue.push({ event, start, resolve, reject });
        if (!isDraining) void drain();
      });
    },
  };
}

/** Whether all that a request can do is to start one small run, or to repeat one. */
function isPlain({ event, starts, transact }: WebhookRequest): boolean {
  const [start] = starts;
  return (
    starts.length === 1 && start?.correlation === undefined && !transact && event.sizeBytes <= smallBytes
  );
}

/** Accepts those whose keys are new; the first of a group with the same key. */
async function acceptAll(
  db: Db,
  session: ClientSession,
  group: readonly Waiting[],
): Promise<Map<Waiting, AcceptedWebhook>> {
  const fresh = await findFresh(db, session, group);
  if (fresh.length === 0) return new Map();
  const now = new Date();
  const rows = fresh.flatMap(({ event, start: { run, dedupe } }) =>
    dedupe ? [dedupeRow(run, dedupe, { event, now })] : [],
  );
  if (rows.length > 0) await writeDedupeKeys(db, session, { rows, expired: new Map() });
  const deliveries = await acceptNewRuns(
    db,
    session,
    fresh.map(({ start }) => start.run),
  );
  await webhookEventsOf(db).insertMany(fresh.map(acceptedRow), { session });
  return new Map(
    fresh.map((waiting) => {
      const { runId } = waiting.start.run;
      const own = deliveries.filter((delivery) => delivery.runId === runId);
      return [waiting, triggered(waiting, own)];
    }),
  );
}

async function findFresh(db: Db, session: ClientSession, group: readonly Waiting[]): Promise<Waiting[]> {
  const ids = group.map(({ start }) => dedupeRowIdOf(start));
  const known = await findDedupeKeys(
    db,
    ids.filter((id) => id !== undefined),
    session,
  );
  return group.filter((_, index) => {
    const id = ids[index];
    return id === undefined || (!known.has(id) && ids.indexOf(id) === index);
  });
}

function acceptedRow({ event, start }: Waiting): WebhookEventDocument {
  return { ...event, status: 'accepted', action: 'triggered', runIds: [start.run.runId] };
}

function triggered({ event, start }: Waiting, deliveries: AcceptedWebhook['deliveries']): AcceptedWebhook {
  const runIds = [start.run.runId];
  return {
    action: 'triggered',
    runIds,
    startedRunIds: runIds,
    resumedRunIds: [],
    deliveries,
    eventId: event._id,
  };
}
