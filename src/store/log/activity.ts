/** What happened in an organization, over all of its runs. */
import type { Db, Filter } from 'mongodb';
import { currentMs } from '../../clock.ts';
import { catalogEntry } from '../../engine/log/event-catalog.ts';
import type { EventType } from '../../engine/log/event-catalog.ts';
import { appendsOf, eventsIn } from './appends.ts';
import type { AppendDocument } from './appends.ts';
import type { EventDocument } from './events.ts';

/** Events younger than this may still be overtaken by one that commits later. Source: the cap of an append. */
const settledAfterMs = 5_000;
/** Appends that are read at a time. */
const batch = 200;

/** What a list of activity is narrowed to. */
export interface ActivityFilter {
  workflowIds: readonly string[] | undefined;
  types: readonly EventType[];
  /** Compared with the status of the event. */
  status: string | undefined;
}

/** A place in the order of activity: an append, and an event in it. */
export interface ActivityPlace {
  recordedAt: Date;
  appendId: string;
  sequence: number;
}

/** An event with its place. */
export interface PlacedEvent {
  event: EventDocument;
  place: ActivityPlace;
}

interface Page {
  since?: Date | undefined;
  until?: Date | undefined;
  after?: ActivityPlace | undefined;
  limit: number;
}

/** Lists an organization's events in the order in which they were recorded, nothing younger than five seconds. */
export async function listActivity(
  db: Db,
  organizationId: string,
  filter: ActivityFilter,
  page: Page,
): Promise<PlacedEvent[]> {
  const types = typesOf(filter);
  const query = appendsWith(organizationId, { ...filter, types }, page);
  const appends = appendsOf(db).find(query, { batchSize: batch }).sort({ recordedAt: 1, _id: 1 });
  const found: PlacedEvent[] = [];
  for await (const append of appends) {
    for (const event of eventsIn(append)) {
      if (!types.includes(event.type) || isBehind(append, event, page.after)) continue;
      const place = { recordedAt: append.recordedAt, appendId: append._id, sequence: event.sequence };
      found.push({ event, place });
    }
    if (found.length >= page.limit) break;
  }
  return found.slice(0, page.limit);
}

function typesOf({ types, status }: ActivityFilter): readonly EventType[] {
  return status === undefined ? types : types.filter((type) => catalogEntry(type).status === status);
}

/** The page before ended in the middle of an append. */
function isBehind(append: AppendDocument, event: EventDocument, after: ActivityPlace | undefined): boolean {
  return after?.appendId === append._id && event.sequence <= after.sequence;
}

function appendsWith(
  organizationId: string,
  { workflowIds, types }: ActivityFilter,
  { since, until, after }: Page,
): Filter<AppendDocument> {
  const settled = new Date(currentMs() - settledAfterMs);
  const before = until && until < settled ? until : settled;
  const { recordedAt, appendId } = after ?? {};
  return {
    organizationId,
    recordedAt: { $lt: before, ...(since ? { $gte: since } : {}) },
    types: { $in: [...types] },
    ...(workflowIds ? { workflowId: { $in: [...workflowIds] } } : {}),
    ...(recordedAt && appendId !== undefined
      ? { $or: [{ recordedAt: { $gt: recordedAt } }, { recordedAt, _id: { $gte: appendId } }] }
      : {}),
  };
}
