/** Requests that are listed and start nothing: filtered, held while their workflow is paused, samples. */
import type { ClientSession, Db } from 'mongodb';
import type { AcceptedWebhook, SkipReason } from '../starts/accepted-webhook.ts';
import { insertWebhookEvent, webhookEventsOf } from './webhook-events.ts';
import type { WebhookEventDocument } from './webhook-events.ts';

/** Lists a request that starts nothing, in the caller's transaction if there is one. Returns what its sender learns. */
export async function listSkipped(
  db: Db,
  row: Omit<WebhookEventDocument, 'action' | 'runIds'> & { reason: SkipReason },
  session?: ClientSession,
): Promise<AcceptedWebhook> {
  const listed: WebhookEventDocument = { ...row, action: 'skipped', runIds: [] };
  await insertWebhookEvent(db, listed, session);
  return {
    action: 'skipped',
    reason: row.reason,
    runIds: [],
    startedRunIds: [],
    resumedRunIds: [],
    eventId: row._id,
  };
}

/** Counts, reads or changes the requests of a workflow that are held. */
const heldOf = (workflowId: string) => ({ workflowId, status: 'held' as const });

/** Returns held requests that came until a time, oldest first, at most `limit`. */
export async function listHeld(
  db: Db,
  workflowId: string,
  { until, limit }: { until: Date; limit: number },
): Promise<WebhookEventDocument[]> {
  return webhookEventsOf(db)
    .find({ ...heldOf(workflowId), receivedAt: { $lte: until } })
    .sort({ receivedAt: 1, _id: 1 })
    .limit(limit)
    .toArray();
}

/** Takes a request out of those that are held, in the caller's transaction. Returns `false` when it was not held. */
export async function takeHeld(db: Db, session: ClientSession | undefined, id: string): Promise<boolean> {
  const { matchedCount } = await webhookEventsOf(db).updateOne(
    { _id: id, status: 'held' },
    { $set: { status: 'released' } },
    session ? { session } : {},
  );
  return matchedCount === 1;
}

/** Discards all requests of a workflow that are held, in the caller's transaction. */
export async function discardHeld(db: Db, session: ClientSession, workflowId: string): Promise<void> {
  await webhookEventsOf(db).updateMany(heldOf(workflowId), { $set: { status: 'discarded' } }, { session });
}
