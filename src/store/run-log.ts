import type { Db, MongoClient } from 'mongodb';
import { AppError } from '../errors/app-error.ts';
import type { Fact } from '../engine/facts.ts';
import { appendInSession, RunNotFoundError } from './append-transaction.ts';
import type { AppendOutcome, Recorded } from './append-transaction.ts';
import { appendCapMs, inTransaction, isOutage } from './database.ts';
import type { DeliveryDocument } from './deliveries.ts';
import type { OutboxRow } from './outbox.ts';

/** The recorder's door to the store. */
export interface RunLog {
  /**
   * Appends facts to a run's log and answers, fact by fact, what is recorded now. Appends to one run that come while
   * a transaction is under way go together in the next one, in the order in which they came.
   * Idempotent: repeating an append changes nothing.
   * @throws AppError store-unavailable when MongoDB is away for longer than five seconds
   * @throws RunNotFoundError when the run is not recorded
   */
  append(runId: string, facts: readonly Fact[]): Promise<Recorded[]>;
}

interface Waiting {
  facts: readonly Fact[];
  bytes: number;
  resolve: (recorded: Recorded[]) => void;
  reject: (error: unknown) => void;
}

// Source of the bounds: one transaction of 100 events takes 6.5 ms; oplog entries stay far below 16 MiB.
const groupFacts = 500;
const groupBytes = 4 * 1024 * 1024;

/** Creates the run log of one process. What hears of deliveries, messages and resumed runs after their commit must not throw. */
export function createRunLog(given: {
  client: MongoClient;
  db: Db;
  onDeliveries?: (deliveries: DeliveryDocument[]) => void;
  onMessages?: (messages: OutboxRow[]) => void;
  onResumed?: (runId: string) => void;
}): RunLog {
  const { client, db, onDeliveries = () => {}, onMessages = () => {}, onResumed = () => {} } = given;
  const queues = new Map<string, Waiting[]>();

  async function commit(runId: string, facts: readonly Fact[]): Promise<AppendOutcome> {
    const outcome = await commitInTime(() =>
      inTransaction(client, (session) => appendInSession(db, session, runId, facts)),
    );
    if (outcome.deliveries.length > 0) onDeliveries(outcome.deliveries);
    if (outcome.messages.length > 0) onMessages(outcome.messages);
    if (outcome.isResumed) onResumed(runId);
    return outcome;
  }

  async function commitGroup(runId: string, group: Waiting[]): Promise<void> {
    try {
      const { recorded } = await commit(
        runId,
        group.flatMap((waiting) => waiting.facts),
      );
      let from = 0;
      for (const waiting of group) waiting.resolve(recorded.slice(from, (from += waiting.facts.length)));
    } catch (error) {
      const [only] = group;
      if (group.length === 1 && only) only.reject(error);
      // One bad member must not take its neighbours with it.
      else for (const waiting of group) await commitGroup(runId, [waiting]);
    }
  }

  async function drain(runId: string, queue: Waiting[]): Promise<void> {
    while (queue.length > 0) await commitGroup(runId, takeGroup(queue));
    queues.delete(runId);
  }

  return {
    append(runId, facts) {
      if (facts.length === 0) return Promise.resolve([]);
      return new Promise((resolve, reject) => {
        const waiting = { facts, bytes: sizeOf(facts), resolve, reject };
        const queue = queues.get(runId);
        if (queue) return void queue.push(waiting);
        const started = [waiting];
        queues.set(runId, started);
        void drain(runId, started);
      });
    },
  };
}

function takeGroup(queue: Waiting[]): Waiting[] {
  let facts = 0;
  let bytes = 0;
  const end = queue.findIndex((waiting) => {
    facts += waiting.facts.length;
    bytes += waiting.bytes;
    return facts > groupFacts || bytes > groupBytes;
  });
  // The first member goes even when it alone is past a bound.
  return queue.splice(0, end === -1 ? queue.length : Math.max(1, end));
}

function sizeOf(facts: readonly Fact[]): number {
  return facts.reduce((sum, fact) => sum + JSON.stringify(fact).length, 0);
}

/** Translates an outage at the border of the store. */
async function commitInTime<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof RunNotFoundError || cause instanceof AppError || !isOutage(cause)) throw cause;
    throw new AppError('store-unavailable', `MongoDB did not take the append within ${appendCapMs} ms`, {
      cause,
    });
  }
}
