import type { Db, Filter } from 'mongodb';
import { countByStatus } from '../mongo/count-by-status.ts';
import { runIdRange } from '../log/run-id-range.ts';
import { runsOf } from '../log/runs.ts';
import { findNamedWorkflows } from '../workflows/workflows.ts';
import { webhookEventsOf } from './webhook-events.ts';
import type { WebhookEventDocument, WebhookEventHead, WebhookEventStatus } from './webhook-events.ts';

/** What a list of requests may be narrowed to. */
export interface WebhookEventFilter {
  workflowId?: string | undefined;
  status?: readonly WebhookEventStatus[] | undefined;
  reason?: string | undefined;
  since?: Date | undefined;
  until?: Date | undefined;
  /** What they are searched by. */
  search?: string | undefined;
}

/** Lists rows without their bodies, newest first; `after` is the last row of the page before. */
export async function listWebhookEvents(
  db: Db,
  organizationId: string,
  filter: WebhookEventFilter,
  page: { limit: number; after?: { createdAt: Date; id: string } | undefined },
): Promise<WebhookEventHead[]> {
  const { after } = page;
  const rest = after
    ? {
        $or: [
          { receivedAt: { $lt: after.createdAt } },
          { receivedAt: after.createdAt, _id: { $lt: after.id } },
        ],
      }
    : {};
  return webhookEventsOf(db)
    .find(
      { $and: [await webhookEventQuery(db, organizationId, filter), rest] },
      { projection: { body: 0, sealedHeaders: 0 } },
    )
    .sort({ receivedAt: -1, _id: -1 })
    .limit(page.limit)
    .toArray();
}

/** Reads rows with their bodies, oldest first, after a place. */
export async function readWebhookEvents(
  db: Db,
  organizationId: string,
  filter: WebhookEventFilter,
  page: { after: { at: Date | string; id: string } | null; limit: number },
): Promise<WebhookEventDocument[]> {
  const { after, limit } = page;
  const at = new Date(after?.at ?? 0);
  const rest = after
    ? { $or: [{ receivedAt: { $gt: at } }, { receivedAt: at, _id: { $gt: after.id } }] }
    : {};
  return webhookEventsOf(db)
    .find({ $and: [await webhookEventQuery(db, organizationId, filter), rest] })
    .sort({ receivedAt: 1, _id: 1 })
    .limit(limit)
    .toArray();
}

/** Counts rows by their status. */
export async function countWebhookEvents(
  db: Db,
  organizationId: string,
  filter: WebhookEventFilter,
): Promise<Partial<Record<WebhookEventStatus, number>>> {
  return countByStatus(webhookEventsOf(db), await webhookEventQuery(db, organizationId, filter));
}

/** Returns the query of the rows that a filter takes. */
async function webhookEventQuery(
  db: Db,
  organizationId: string,
  filter: WebhookEventFilter,
): Promise<Filter<WebhookEventDocument>> {
  const { workflowId, status, reason, since, until, search } = filter;
  return {
    organizationId,
    ...(workflowId ? { workflowId } : {}),
    ...(status ? { status: { $in: [...status] } } : {}),
    ...(reason === undefined ? {} : { reason }),
    $and: [
      since ? { receivedAt: { $gte: since } } : {},
      until ? { receivedAt: { $lt: until } } : {},
      search === undefined ? {} : await searchWebhookEvents(db, organizationId, search),
    ],
  };
}

/** Most runs by which the beginning of an id finds requests. */
const maxRuns = 1_000;

/** Returns the newest requests of a dedupe key or a correlation key. */
export async function findKeyedRequests(
  db: Db,
  organizationId: string,
  key: string,
  limit: number,
): Promise<Pick<WebhookEventDocument, '_id' | 'runIds'>[]> {
  const by = (name: 'dedupeKey' | 'correlationKey') =>
    webhookEventsOf(db)
      .find({ organizationId, [name]: key }, { projection: { runIds: 1 } })
      .sort({ receivedAt: -1 })
      .limit(limit)
      .toArray();
  return (await Promise.all([by('dedupeKey'), by('correlationKey')])).flat();
}

/**
 * Returns the query of the requests that a text finds: by their dedupe or correlation key, by the beginning of the id of a run
 * that they started, or by part of the name of their workflow.
 */
async function searchWebhookEvents(
  db: Db,
  organizationId: string,
  text: string,
): Promise<Filter<WebhookEventDocument>> {
  const [workflowIds, ...runs] = await Promise.all([
    findNamedWorkflows(db, organizationId, text),
    ...runIdRange(text, '_id').map((range) =>
      runsOf(db)
        .find({ organizationId, ...range }, { projection: { 'trigger.webhookEventId': 1 } })
        .limit(maxRuns)
        .toArray(),
    ),
  ]);
  const ids = runs.flat().map(({ trigger }) => String(trigger['webhookEventId']));
  return {
    $or: [
      { dedupeKey: text },
      { correlationKey: text },
      { _id: { $in: ids } },
      { workflowId: { $in: workflowIds } },
    ],
  };
}
