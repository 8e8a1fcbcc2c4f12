/** The steps of a replay: which events it takes, and the transaction that makes their deliveries. */
import type { ClientSession, Db, Filter, MongoClient } from 'mongodb';
import { currentMs, currentTime } from '../../clock.ts';
import { catalogEntry } from '../../engine/log/event-catalog.ts';
import { inTransaction } from '../mongo/database.ts';
import { appendCapMs } from '../mongo/in-time.ts';
import { waiting } from '../../engine/deliveries/delivery-states.ts';
import { changed, createDelivery, deliveriesOf } from './deliveries.ts';
import type { DeliveryDocument } from './deliveries.ts';
import { endpointsOf } from '../endpoints/endpoints.ts';
import type { EndpointDocument } from '../endpoints/endpoints.ts';
import { appendsOf, headsIn } from '../log/appends.ts';
import type { AppendDocument } from '../log/appends.ts';
import type { EventDocument } from '../log/events.ts';
import { deriveId } from '../mongo/ids.ts';
import { finishCancel, replaysOf } from './replays.ts';
import type { EventDeliveryStatus, ReplayDocument, ReplayFilter, ReplayPosition } from './replays.ts';

/** At most so many deliveries of one replay wait for their first attempt, and so many are made per second. */
const window = 100;
const stepEveryMs = 1_000;
/** Appends that are looked at together. */
const batchAppends = 2_000;
/** After this, no append can still write an event with a time before `until`. */
const settledAfterMs = appendCapMs + 1_000;

type Candidate = Omit<EventDocument, 'body'>;
/** An event that a replay takes, with its newest delivery to the endpoint. */
interface Matched {
  event: Candidate;
  before: DeliveryDocument | undefined;
}

/** Counts what a replay would send, by what became of the events at the endpoint. Changes nothing. */
export async function countMatches(
  db: Db,
  filter: ReplayFilter,
): Promise<{ total: number; byStatus: Partial<Record<EventDeliveryStatus, number>> }> {
  const byStatus: Partial<Record<EventDeliveryStatus, number>> = {};
  let total = 0;
  let after: ReplayPosition | null = null;
  do {
    const { matched, last }: Batch = await readBatch(db, filter, { after });
    for (const { before } of matched) {
      const status = before?.status ?? 'none';
      byStatus[status] = (byStatus[status] ?? 0) + 1;
    }
    total += matched.length;
    after = last;
  } while (after !== null);
  return { total, byStatus };
}

/** Makes one step of every replay that is due; answers the deliveries to start. Any number of processes may call it. */
export async function advanceReplays(given: { mongo: MongoClient; db: Db }): Promise<DeliveryDocument[]> {
  const { db } = given;
  const due = await replaysOf(db)
    .find({ status: { $in: ['running', 'cancelling'] }, nextAt: { $lte: currentTime() } })
    .sort({ nextAt: 1 })
    .limit(100)
    .toArray();
  const created: DeliveryDocument[] = [];
  for (const replay of due) {
    if (replay.status === 'cancelling') await finishCancel(db, replay._id);
    else created.push(...(await advance(given, replay)));
  }
  return created;
}

async function advance(
  given: { mongo: MongoClient; db: Db },
  replay: ReplayDocument,
): Promise<DeliveryDocument[]> {
  const { db, mongo } = given;
  const endpoint = await endpointsOf(db).findOne({ _id: replay.endpointId, deletedAt: null });
  if (!endpoint) {
    const set = { status: 'cancelled' as const, finishedAt: currentTime() };
    await replaysOf(db).updateOne({ _id: replay._id, step: replay.step }, { $set: set });
    return [];
  }
  const room = window - (await countUntried(db, replay._id));
  if (room <= 0) {
    await moveOn(db, replay, { nextAt: new Date(currentMs() + stepEveryMs) });
    return [];
  }
  const startedAt = currentMs();
  const page = { after: replay.position, room, own: replay._id, askedAt: replay.createdAt };
  const { matched, last } = await readBatch(db, replay, page);
  // A millisecond apart: held ones are released in the order of their events.
  const deliveries = matched.map((match, index) =>
    replayed(match, { endpoint, replay, at: new Date(startedAt + index) }),
  );
  const ordered = await letWait(db, replay._id, deliveries);
  return inTransaction(mongo, async (session) => {
    if (!(await moveOn(db, replay, nextStep(replay, last, startedAt), session))) return [];
    return insertMissing(db, ordered, session);
  });
}

/** Where a replay stands after a batch; at the end it reads once more what slow appends have written meanwhile. */
function nextStep(
  replay: ReplayDocument,
  last: ReplayPosition | null,
  startedAt: number,
): Partial<ReplayDocument> {
  if (last) return { position: last, nextAt: new Date(startedAt + stepEveryMs) };
  const settledAt = replay.until.getTime() + settledAfterMs;
  if (startedAt >= settledAt) return { status: 'done', finishedAt: currentTime() };
  const from = new Date(Math.max(replay.since.getTime(), replay.until.getTime() - settledAfterMs));
  return { position: { recordedAt: from, id: '' }, nextAt: new Date(settledAt) };
}

/** Only from the step that was read: of two processes one moves on, and a cancel stops both. */
async function moveOn(
  db: Db,
  replay: ReplayDocument,
  set: Partial<ReplayDocument>,
  session?: ClientSession,
): Promise<boolean> {
  const { _id, step } = replay;
  const moved = await replaysOf(db).updateOne(
    { _id, step, status: 'running' },
    { $set: set, $inc: { step: 1 } },
    session ? { session } : {},
  );
  return moved.matchedCount === 1;
}

/** The ids are derived: what a lost step has made is not made again. */
async function insertMissing(
  db: Db,
  deliveries: readonly DeliveryDocument[],
  session: ClientSession,
): Promise<DeliveryDocument[]> {
  const ids = deliveries.map(({ _id }) => _id);
  const there = await deliveriesOf(db)
    .find({ _id: { $in: ids } }, { projection: { _id: 1 }, session })
    .toArray();
  const known = new Set(there.map(({ _id }) => _id));
  const missing = deliveries.filter(({ _id }) => !known.has(_id));
  if (missing.length > 0) await deliveriesOf(db).insertMany(missing, { session });
  return missing;
}

/** Of each run one goes at a time: the others wait for it. */
async function letWait(
  db: Db,
  replayId: string,
  deliveries: readonly DeliveryDocument[],
): Promise<DeliveryDocument[]> {
  const runIds = [...new Set(deliveries.map(({ runId }) => runId))];
  const busy = new Set(
    await deliveriesOf(db).distinct('runId', { replayId, status: 'pending', runId: { $in: runIds } }),
  );
  return deliveries.map((delivery) => {
    const isBusy = delivery.status === 'pending' && busy.has(delivery.runId);
    busy.add(delivery.runId);
    return isBusy ? changed(delivery, waiting(currentTime())) : delivery;
  });
}

/** What waits for its first attempt; an earlier event of its run may keep it waiting for long. */
async function countUntried(db: Db, replayId: string): Promise<number> {
  return deliveriesOf(db).countDocuments({ replayId, status: 'pending', attemptCount: 0 });
}

function replayed(
  { event, before }: Matched,
  given: { endpoint: EndpointDocument; replay: ReplayDocument; at: Date },
): DeliveryDocument {
  const { endpoint, replay, at } = given;
  return {
    ...createDelivery({ ...event, recordedAt: at }, endpoint),
    _id: deriveId('dlv', event._id, endpoint._id, replay._id),
    replayOf: before ? (before.replayOf ?? before._id) : null,
    replayId: replay._id,
  };
}

interface Batch {
  matched: Matched[];
  /** The last append that was looked at; `null` when there are no more. */
  last: ReplayPosition | null;
}

/**
 * Reads the next events in the order in which they were recorded, and keeps those that the filter takes: `room`, and what
 * was recorded at the same moment as the last of them, since only whole moments can be put in the order of their events.
 * @param page.own the replay that asks: what it has made itself does not count, since its steps may be repeated
 * @param page.askedAt when it was asked for: what ended later was in no final status then
 */
async function readBatch(
  db: Db,
  filter: ReplayFilter,
  page: { after: ReplayPosition | null; room?: number; own?: string; askedAt?: Date },
): Promise<Batch> {
  const { after, room = Infinity, own, askedAt = currentTime() } = page;
  const appends = await appendsOf(db)
    .find(candidates(filter, after))
    .project<Omit<AppendDocument, 'events'>>({ events: 0, request: 0 })
    .sort({ recordedAt: 1, _id: 1 })
    .limit(batchAppends)
    .toArray();
  const isFull = appends.length === batchAppends;
  const read = isFull ? wholeMoments(appends) : appends;
  const events = read.flatMap(headsIn).filter(({ type }) => filter.types.includes(type));
  const newest = await newestDeliveries(db, { endpointId: filter.endpointId, own }, events);
  const taken = events
    .map((event): Matched => ({ event, before: newest.get(event._id) }))
    .filter((match) => isTaken(match, filter, askedAt))
    .sort(
      (a, b) =>
        Number(a.event.recordedAt) - Number(b.event.recordedAt) || a.event.sequence - b.event.sequence,
    );
  const until = taken[room - 1]?.event.recordedAt ?? new Date(8.64e15);
  const matched = taken.filter(({ event }) => event.recordedAt <= until);
  const isCut = matched.length < taken.length;
  const end = isCut
    ? read.findLast(({ recordedAt }) => recordedAt <= until)
    : isFull
      ? read.at(-1)
      : undefined;
  return { matched, last: end ? { recordedAt: end.recordedAt, id: end._id } : null };
}

type CandidateAppend = Omit<AppendDocument, 'events'>;

/** Without the last moment, which may go on in the next batch; unless there is no other. */
function wholeMoments(appends: readonly CandidateAppend[]): readonly CandidateAppend[] {
  const last = Number(appends.at(-1)?.recordedAt);
  const whole = appends.filter(({ recordedAt }) => Number(recordedAt) < last);
  return whole.length > 0 ? whole : appends;
}

function candidates(filter: ReplayFilter, after: ReplayPosition | null): Filter<AppendDocument> {
  const { organizationId, since, until, types, workflowIds } = filter;
  const rest = after
    ? {
        $or: [
          { recordedAt: { $gt: after.recordedAt } },
          { recordedAt: after.recordedAt, _id: { $gt: after.id } },
        ],
      }
    : {};
  return {
    organizationId,
    recordedAt: { $gte: since, $lt: until },
    types: { $in: types },
    ...(workflowIds.length > 0 ? { workflowId: { $in: workflowIds } } : {}),
    ...rest,
  };
}

async function newestDeliveries(
  db: Db,
  { endpointId, own }: { endpointId: string; own: string | undefined },
  events: readonly Candidate[],
): Promise<Map<string, DeliveryDocument>> {
  const eventId = { $in: events.map(({ _id }) => _id) };
  const rows = await deliveriesOf(db)
    .find({ endpointId, eventId, ...(own === undefined ? {} : { replayId: { $ne: own } }) })
    .sort({ createdAt: 1, _id: 1 })
    .toArray();
  return new Map(rows.map((row) => [row.eventId, row]));
}

/** An event about an endpoint goes again only where it has gone before: never to the endpoint that it is about. */
function isTaken({ event, before }: Matched, { statuses }: ReplayFilter, askedAt: Date): boolean {
  if (!before && catalogEntry(event.type).about === 'endpoint') return false;
  if (statuses.length === 0) return true;
  const hasEndedSince = before?.finishedAt && before.finishedAt > askedAt;
  return !hasEndedSince && statuses.includes(before?.status ?? 'none');
}
