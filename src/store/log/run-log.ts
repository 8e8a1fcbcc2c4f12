import type { Db, MongoClient } from 'mongodb';
import { AppError } from '../../errors/app-error.ts';
import type { Fact } from '../../engine/log/facts.ts';
import type { RunProjection } from '../../engine/log/projections.ts';
import { createAppendQueue } from './append-queue.ts';
import { appendRemembering } from './append-remembering.ts';
import { RunNotFoundError } from './append-transaction.ts';
import type { AppendOutcome, Recorded } from './append-transaction.ts';
import { isOutage } from '../mongo/database.ts';
import { appendCapMs } from '../mongo/in-time.ts';
import type { DeliveryDocument } from '../deliveries/deliveries.ts';
import type { OutboxRow } from './outbox.ts';
import { RunMemory } from './run-memory.ts';

/** The recorder's door to the store. */
export interface RunLog {
  /**
   * Appends facts to a run's log and answers, fact by fact, what is recorded now. Appends to one run that come while
   * a transaction is under way go together in the next one, in the order in which they came.
   * Idempotent: repeating an append changes nothing.
   * @throws AppError store-unavailable when MongoDB is away for longer than five seconds, and at once when more waits
   * for it than one process may hold
   * @throws RunNotFoundError when the run is not recorded
   */
  append(runId: string, facts: readonly Fact[]): Promise<Recorded[]>;
}

/** Creates the run log of one process. Callbacks run after commit and must not throw. */
export function createRunLog(given: {
  client: MongoClient;
  db: Db;
  onDeliveries?: (deliveries: DeliveryDocument[]) => void;
  onMessages?: (messages: OutboxRow[]) => void;
  onResumed?: (runId: string) => void;
  onEnded?: (run: RunProjection) => void;
}): RunLog {
  const { client, db, onDeliveries = () => {}, onMessages = () => {}, onResumed = () => {} } = given;
  const { onEnded = () => {} } = given;
  const memory = new RunMemory();
  return createAppendQueue(async (runId, facts) => {
    const outcome = await commitInTime(() => appendRemembering({ client, db, memory }, runId, facts));
    if (outcome.deliveries.length > 0) onDeliveries(outcome.deliveries);
    if (outcome.messages.length > 0) onMessages(outcome.messages);
    if (outcome.isResumed) onResumed(runId);
    if (outcome.ended) onEnded(outcome.ended);
    return outcome.recorded;
  });
}

/** Translates an outage at the border of the store. */
async function commitInTime(work: () => Promise<AppendOutcome>): Promise<AppendOutcome> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof RunNotFoundError || cause instanceof AppError || !isOutage(cause)) throw cause;
    throw new AppError('store-unavailable', `MongoDB did not take the append within ${appendCapMs} ms`, {
      cause,
    });
  }
}
