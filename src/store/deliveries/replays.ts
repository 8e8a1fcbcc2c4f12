/** Replays of many events to one endpoint: durable jobs that any process carries on. */
import type { ClientSession, Collection, Db } from 'mongodb';
import { currentTime } from '../../clock.ts';
import type { EventType } from '../../engine/log/event-catalog.ts';
import { eventTypes } from '../../engine/log/event-catalog.ts';
import { discarded, openStatuses } from '../../engine/deliveries/delivery-states.ts';
import type { DeliveryStatus } from '../../engine/deliveries/delivery-states.ts';
import { deliveriesOf, updateOf } from './deliveries.ts';
import { matchesType } from '../endpoints/endpoints.ts';
import type { EndpointDocument } from '../endpoints/endpoints.ts';
import { createId } from '../mongo/ids.ts';
import type { CollectionIndexes } from '../mongo/indexes.ts';
import { behind } from '../mongo/newest-first.ts';
import type { NewestFirst } from '../mongo/newest-first.ts';

/** States of a replay; `running` creates deliveries, `cancelling` waits for attempts under way. */
export const replayStatuses = ['running', 'done', 'cancelling', 'cancelled'] as const;
export type ReplayStatus = (typeof replayStatuses)[number];

/** What became of an event at an endpoint; `none`: it never had a delivery. */
export type EventDeliveryStatus = DeliveryStatus | 'none';

/** Which events are replayed. */
export interface ReplayFilter {
  organizationId: string;
  endpointId: string;
  /** Events recorded from `since` (inclusive) until `until` (exclusive). */
  since: Date;
  until: Date;
  types: EventType[];
  /** Empty: every workflow. */
  workflowIds: string[];
  /** Of the event's newest delivery to the endpoint; empty: any. */
  statuses: EventDeliveryStatus[];
}

/** A place in the order in which events are read. */
export interface ReplayPosition {
  recordedAt: Date;
  id: string;
}

/** A replay. */
export interface ReplayDocument extends ReplayFilter {
  _id: string;
  status: ReplayStatus;
  /** The last event that was looked at; `null` before the first. */
  position: ReplayPosition | null;
  /** Steps made; a step is written only by the process that read the one before. */
  step: number;
  /** When the next step is due. */
  nextAt: Date;
  createdAt: Date;
  finishedAt: Date | null;
}

export const replayIndexes: CollectionIndexes = {
  collection: 'replays',
  indexes: [{ key: { endpointId: 1, createdAt: -1, _id: -1 } }, { key: { status: 1, nextAt: 1 } }],
};

/** The collection of replays. */
export function replaysOf(db: Db): Collection<ReplayDocument> {
  return db.collection<ReplayDocument>('replays');
}

/** The filter of a replay: with `types` the patterns that are asked for, else what the endpoint has subscribed to. */
export function replayFilter(
  endpoint: EndpointDocument,
  asked: { since: Date; until: Date; types?: readonly string[] | undefined; statuses: EventDeliveryStatus[] },
): ReplayFilter {
  const patterns = asked.types ?? endpoint.subscribedEventTypes;
  return {
    organizationId: endpoint.organizationId,
    endpointId: endpoint._id,
    since: asked.since,
    until: asked.until,
    types: eventTypes.filter((type) => patterns.some((pattern) => matchesType(pattern, type))),
    workflowIds: endpoint.workflowIds,
    statuses: asked.statuses,
  };
}

/** Stores a replay that is due now, in the caller's transaction. */
export async function createReplay(
  db: Db,
  session: ClientSession,
  filter: ReplayFilter,
): Promise<ReplayDocument> {
  const now = currentTime();
  const replay: ReplayDocument = {
    ...filter,
    _id: createId('rpl'),
    status: 'running',
    position: null,
    step: 0,
    nextAt: now,
    createdAt: now,
    finishedAt: null,
  };
  await replaysOf(db).insertOne(replay, { session });
  return replay;
}

/** Finds a replay of an organization. */
export async function findReplay(db: Db, organizationId: string, id: string): Promise<ReplayDocument | null> {
  return replaysOf(db).findOne({ _id: id, organizationId });
}

/** Lists an endpoint's replays, newest first; `after` is the last row of the page before. */
export async function listReplays(
  db: Db,
  owner: { organizationId: string; endpointId: string },
  page: NewestFirst,
): Promise<ReplayDocument[]> {
  return replaysOf(db)
    .find({ ...owner, ...behind(page) })
    .sort({ createdAt: -1, _id: -1 })
    .limit(page.limit)
    .toArray();
}

/** How many deliveries replays have made, by their status; the records themselves are counted. */
export async function countReplayed(
  db: Db,
  replayIds: readonly string[],
): Promise<Map<string, Partial<Record<DeliveryStatus, number>>>> {
  const rows = await deliveriesOf(db)
    .aggregate<{ _id: { replayId: string; status: DeliveryStatus }; count: number }>([
      { $match: { replayId: { $in: [...replayIds] } } },
      { $group: { _id: { replayId: '$replayId', status: '$status' }, count: { $sum: 1 } } },
    ])
    .toArray();
  const counts = new Map<string, Partial<Record<DeliveryStatus, number>>>();
  for (const { _id, count } of rows)
    counts.set(_id.replayId, { ...counts.get(_id.replayId), [_id.status]: count });
  return counts;
}

/**
 * Asks a replay to end: it creates nothing more. Returns it, or `null` when it is over and nothing of it is open.
 * What is open is discarded by `finishCancel`, here and by whoever finds the replay `cancelling`.
 */
export async function cancelReplay(db: Db, replay: ReplayDocument): Promise<ReplayDocument | null> {
  if (replay.status === 'cancelled') return null;
  if (replay.status === 'done' && !(await findOpen(db, replay._id))) return null;
  await replaysOf(db).updateOne(
    { _id: replay._id, status: { $in: ['running', 'done'] } },
    { $set: { status: 'cancelling', nextAt: currentTime() }, $inc: { step: 1 } },
  );
  return (await finishCancel(db, replay._id)) ?? replaysOf(db).findOne({ _id: replay._id });
}

const lookAgainMs = 1_000;

/**
 * Discards what a cancelled replay still had to send, and ends it. An attempt under way is left to its end: then what
 * remains is discarded by the next call.
 */
export async function finishCancel(db: Db, replayId: string): Promise<ReplayDocument | null> {
  const now = currentTime();
  await deliveriesOf(db).updateMany(
    {
      replayId,
      status: { $in: openStatuses },
      $or: [{ leaseUntil: null }, { leaseUntil: { $lt: now } }],
    },
    updateOf(discarded(now, 'replay_cancelled')),
  );
  const isOver = !(await findOpen(db, replayId));
  const set = isOver
    ? { status: 'cancelled' as const, finishedAt: now }
    : { nextAt: new Date(now.getTime() + lookAgainMs) };
  return replaysOf(db).findOneAndUpdate(
    { _id: replayId, status: 'cancelling' },
    { $set: set },
    { returnDocument: 'after' },
  );
}

async function findOpen(db: Db, replayId: string): Promise<boolean> {
  const found = await deliveriesOf(db).findOne({ replayId, status: { $in: openStatuses } });
  return found !== null;
}
