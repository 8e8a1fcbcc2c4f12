/** Single rows of the inbox, also of requests whose rows do not stand there yet. */
import type { Db } from 'mongodb';
import { appendIdOf, appendsOf } from '../log/appends.ts';
import { webhookEventsOf } from './webhook-events.ts';
import type { WebhookEventDocument } from './webhook-events.ts';

/** The row of an organization, with its body; `null` when there is none. */
export async function findWebhookEvent(
  db: Db,
  organizationId: string,
  id: string,
): Promise<WebhookEventDocument | null> {
  return (
    (await webhookEventsOf(db).findOne({ _id: id, organizationId })) ??
    (await findRequest(db, organizationId, id))
  );
}

/** The row of a request that has just begun a run stands in the run's first append. */
async function findRequest(db: Db, organizationId: string, id: string): Promise<WebhookEventDocument | null> {
  const append = await appendsOf(db).findOne({ _id: appendIdOf(runIdOfEvent(id), 1), organizationId });
  return append?.request?._id === id ? append.request : null;
}

/** The id of the inbox row of the request that a run begins with. */
export function eventIdOfRun(runId: string): string {
  return `whe_${runId.slice('run_'.length)}`;
}

function runIdOfEvent(id: string): string {
  return `run_${id.slice('whe_'.length)}`;
}
