/** The end of a node's wait for a run of its own that goes on for too long. */
import type { Db, MongoClient } from 'mongodb';
import { currentTime } from '../../clock.ts';
import type { Fact } from '../../engine/log/facts.ts';
import { appendInSession } from '../log/append-in-session.ts';
import type { Recorded } from '../log/judge-facts.ts';
import { outboxOf } from '../log/outbox.ts';
import type { OutboxRow } from '../log/outbox.ts';
import type { RunLog } from '../log/run-log.ts';
import { inTransaction } from '../mongo/database.ts';

/** `fact`: what ends the wait of the run's node; `childRunId`: the run that it waited for. */
export interface GivenUpChild {
  runId: string;
  fact: Fact;
  childRunId: string;
}

/**
 * Appends the end of the wait and asks for the child's cancel in one transaction, so that no child goes on for which
 * nobody waits. Nothing is asked for when the wait was over before.
 */
export async function giveUpChild(
  given: {
    mongo: MongoClient;
    db: Db;
    runLog: RunLog;
    onMessages: (messages: OutboxRow[]) => void;
  },
  { runId, fact, childRunId }: GivenUpChild,
): Promise<Recorded> {
  const { mongo, db } = given;
  const message: OutboxRow = {
    _id: `give-up ${childRunId}`,
    kind: 'cancel-run',
    createdAt: currentTime(),
    runId: childRunId,
    reason: `the parent run ${runId} has waited for longer than it may`,
  };
  const recorded = await inTransaction(mongo, async (session) => {
    const all = await appendInSession(db, session, { runId, facts: [fact] });
    const last = all.at(-1) as Recorded;
    if (last.isNew) await outboxOf(db).insertOne(message, { session });
    return last;
  });
  given.runLog.carryOut([runId]);
  if (recorded.isNew) given.onMessages([message]);
  return recorded;
}
