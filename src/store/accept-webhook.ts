import type { Db, MongoClient } from 'mongodb';
import { acceptRun } from './accept-run.ts';
import type { NewRun } from './accept-run.ts';
import { inTransaction } from './database.ts';
import type { DeliveryDocument } from './deliveries.ts';
import { webhookEventsOf } from './webhook-events.ts';
import type { WebhookEventDocument } from './webhook-events.ts';

/** Writes the inbox row and the run with its `run.queued` in one transaction; answers the deliveries they cause. */
export async function acceptWebhook(
  given: { mongo: MongoClient; db: Db },
  event: WebhookEventDocument,
  run: NewRun,
): Promise<DeliveryDocument[]> {
  const { mongo, db } = given;
  return inTransaction(mongo, async (session) => {
    await webhookEventsOf(db).insertOne(event, { session });
    const { deliveries } = await acceptRun(db, session, run);
    return deliveries;
  });
}
