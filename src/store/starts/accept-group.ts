/**
 * The door under load: requests that come close together go in one transaction, which costs hardly more round trips than
 * that of a single one.
 */
import { setImmediate as endOfTurn, setTimeout as delay } from 'node:timers/promises';
import type { ClientSession, Db, MongoClient } from 'mongodb';
import { currentTime } from '../../clock.ts';
import { acceptNewRuns } from './accept-run.ts';
import { acceptWebhook, dedupeRow, dedupeRowIdOf } from './accept-webhook.ts';
import type { AcceptedWebhook } from './accepted-webhook.ts';
import type { NewEvent, Transact, WebhookStart } from './accept-webhook.ts';
import { inTransaction, isOutage } from '../mongo/database.ts';
import { DedupeConflictError, findDedupeKeys, writeDedupeKeys } from '../inbox/dedupe-keys.ts';
import { webhookEventsOf } from '../inbox/webhook-events.ts';
import type { WebhookEventDocument } from '../inbox/webhook-events.ts';

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
/** Transactions at a time: one that is slow to commit does not hold up the next. */
const groupsUnderWay = 2;
/** Time from the begin of one shared transaction to the next, in milliseconds; one alone waits for nothing. */
const gatherMs = 8;

/** Creates the acceptor of one process. */
export function createWebhookAcceptor(given: { mongo: MongoClient; db: Db }): WebhookAcceptor {
  const queue: Waiting[] = [];
  const underWay = new Set<Promise<void>>();
  let isDraining = false;

  const acceptAlone = ({ event, start }: Waiting) => acceptWebhook(given, event, [start]);

  async function acceptGroup(group: readonly Waiting[]): Promise<void> {
    const [only] = group;
    if (group.length === 1 && only) return only.resolve(await acceptAlone(only));
    try {
      const accepted = await acceptTogether(given, group);
      // A duplicate needs an answer of its own, and nobody else is to wait for it.
      for (const waiting of group) waiting.resolve(accepted.get(waiting) ?? acceptAlone(waiting));
    } catch (error) {
      if (isOutage(error)) throw error;
      // Anything else is the fault of one of them: the others are not to suffer from it.
      for (const waiting of group) waiting.resolve(acceptAlone(waiting));
    }
  }

  async function carryOut(group: readonly Waiting[]): Promise<void> {
    await acceptGroup(group).catch((error: unknown) => {
      // MongoDB is away: who waits behind is told at once, rather than after a time-out of its own.
      const behind = isOutage(error) ? queue.splice(0) : [];
      for (const { reject } of [...group, ...behind]) reject(error);
    });
  }

  async function drain(): Promise<void> {
    isDraining = true;
    await endOfTurn();
    while (queue.length > 0) {
      while (underWay.size >= groupsUnderWay) await Promise.race(underWay);
      const group = queue.splice(0, groupSize);
      // An outage has sent away all that waited.
      if (group.length === 0) break;
      const done = carryOut(group).finally(() => underWay.delete(done));
      underWay.add(done);
      const gathered = delay(gatherMs);
      await (group.length > 1 ? gathered : Promise.race([gathered, done]));
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
    starts.length === 1 &&
    start?.correlation === undefined &&
    !start?.gather &&
    !transact &&
    event.sizeBytes <= smallBytes
  );
}

type Accepted = Map<Waiting, AcceptedWebhook>;

/** Accepts those whose keys are new; the first of a group with the same key. Most keys are new: it looks only if one is not. */
async function acceptTogether(
  { mongo, db }: { mongo: MongoClient; db: Db },
  group: readonly Waiting[],
): Promise<Accepted> {
  const firsts = firstOfEachKey(group);
  try {
    return await inTransaction(mongo, (session) => acceptFresh(db, session, firsts));
  } catch (error) {
    if (!(error instanceof DedupeConflictError)) throw error;
  }
  return inTransaction(mongo, async (session) =>
    acceptFresh(db, session, await withoutKnown(db, session, firsts)),
  );
}

async function acceptFresh(db: Db, session: ClientSession, fresh: readonly Waiting[]): Promise<Accepted> {
  if (fresh.length === 0) return new Map();
  const now = currentTime();
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

function firstOfEachKey(group: readonly Waiting[]): Waiting[] {
  const ids = group.map(({ start }) => dedupeRowIdOf(start));
  return group.filter((_, index) => ids[index] === undefined || ids.indexOf(ids[index]) === index);
}

async function withoutKnown(
  db: Db,
  session: ClientSession,
  group: readonly Waiting[],
): Promise<readonly Waiting[]> {
  const ids = group.flatMap(({ start }) => dedupeRowIdOf(start) ?? []);
  const known = await findDedupeKeys(db, ids, session);
  return group.filter(({ start }) => !known.has(dedupeRowIdOf(start) ?? ''));
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
