/** What an append asks of other runs: written after it, carried out by the relay. */
import type { Collection, Db } from 'mongodb';
import { currentTime } from '../../clock.ts';
import { catalogEntry } from '../../engine/log/event-catalog.ts';
import type { ExecutionProjection, RunProjection } from '../../engine/log/projections.ts';
import type { EventDocument } from './events.ts';
import type { CollectionIndexes } from '../mongo/indexes.ts';

/** A message to a run. Carrying it out twice changes nothing. */
export type OutboxRow = { _id: string; createdAt: Date; runId: string } & (
  | /** To a parent: the run that its node at `path` waits for has ended. */ {
      kind: 'child-ended';
      path: string;
    }
  | /** To a child: nobody waits for it any more. */ { kind: 'cancel-run'; reason: string }
  | /** About a run that has ended: its end starts another. */ { kind: 'start-failure-run' }
);

export const outboxIndexes: CollectionIndexes = {
  collection: 'outbox',
  indexes: [{ key: { createdAt: 1 } }],
};

/** The collection of messages that are still to be carried out. */
export function outboxOf(db: Db): Collection<OutboxRow> {
  return db.collection<OutboxRow>('outbox');
}

/** Returns messages that were written before a time and are still to be carried out. */
export function findMessages(
  db: Db,
  { before, limit }: { before: Date; limit: number },
): Promise<OutboxRow[]> {
  return outboxOf(db)
    .find({ createdAt: { $lt: before } })
    .limit(limit)
    .toArray();
}

/** Deletes a message that was carried out. */
export async function deleteMessage(db: Db, id: string): Promise<void> {
  await outboxOf(db).deleteOne({ _id: id });
}

/** Returns the messages that new events cause. */
export function messagesOf(
  run: RunProjection,
  events: readonly EventDocument[],
  executions: ReadonlyMap<string, ExecutionProjection>,
): OutboxRow[] {
  return events.flatMap((event) => {
    const childRunId =
      event.type === 'node.cancelled' ? executions.get(event.path ?? '')?.childRunId : undefined;
    if (childRunId !== undefined)
      return [cancelMessage(childRunId, `the parent run ${run.runId} has ended the wait`)];
    const { about, final } = catalogEntry(event.type);
    return about === 'run' && final ? endMessages(run) : [];
  });
}

/** What the end of a run asks of others. */
function endMessages(run: RunProjection): OutboxRow[] {
  const { runId, parentRunId, trigger } = run;
  const failures = failureMessages(run);
  if (parentRunId === undefined || trigger['isAwaited'] !== true) return failures;
  const place = { runId: parentRunId, path: String(trigger['parentPath']) };
  return [
    ...failures,
    { _id: `child-ended ${runId}`, kind: 'child-ended', createdAt: currentTime(), ...place },
  ];
}

function failureMessages({ runId, failureRunId }: RunProjection): OutboxRow[] {
  if (failureRunId === undefined) return [];
  return [{ _id: `start-failure-run ${runId}`, kind: 'start-failure-run', createdAt: currentTime(), runId }];
}

function cancelMessage(runId: string, reason: string): OutboxRow {
  return { _id: `cancel-run ${runId}`, kind: 'cancel-run', createdAt: currentTime(), runId, reason };
}
