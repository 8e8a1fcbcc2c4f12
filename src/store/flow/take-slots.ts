/** Takes and gives back slots. Each lane is changed by one atomic update, so that its limit holds whoever takes at once. */
import type { ClientSession, Db, Document, MongoClient } from 'mongodb';
import { inTransaction } from '../mongo/database.ts';
import { isDuplicateKey, repeatTransaction } from '../mongo/repeat-transaction.ts';
import { lanesOf } from './lanes.ts';
import type { LaneDocument, WantedLane } from './lanes.ts';

/** A run that wants slots. */
export interface Taker {
  runId: string;
  /** Runs that wait for it, each for the next: in a lane where one of them has a slot, it shares that. */
  ancestors: readonly string[];
  wants: readonly WantedLane[];
}

/** What came of it: all slots, or none and the lane that had no room. */
export type Taken = { isTaken: true } | { isTaken: false; lane: LaneDocument; want: WantedLane };

type Store = { mongo: MongoClient; db: Db };

/**
 * Takes a slot in every lane, or in none. Repeated, it changes nothing.
 * @param given.isNext whether it is the run's turn: one that has just come goes behind those that wait
 */
export async function takeSlots(store: Store, taker: Taker, { isNext }: { isNext: boolean }): Promise<Taken> {
  const [only, ...others] = taker.wants;
  if (!only) return { isTaken: true };
  if (others.length === 0) return takeOne(store.db, taker, { want: only, isNext });
  return takeAll(store, taker, isNext);
}

class FullError extends Error {
  readonly full: Taken;

  constructor(full: Taken) {
    super('a lane is full');
    this.full = full;
  }
}

/** In the order of the lanes' ids, so that two runs that need the same ones do not hold each other up. */
async function takeAll({ mongo, db }: Store, taker: Taker, isNext: boolean): Promise<Taken> {
  const wants = [...taker.wants].sort((a, b) => (a.id < b.id ? -1 : 1));
  try {
    return await inTransaction(mongo, async (session) => {
      for (const want of wants) {
        const taken = await takeOne(db, taker, { want, isNext, session });
        if (!taken.isTaken) throw new FullError(taken);
      }
      return { isTaken: true };
    });
  } catch (error) {
    if (error instanceof FullError) return error.full;
    throw error;
  }
}

async function takeOne(
  db: Db,
  taker: Taker,
  { want, isNext, session }: { want: WantedLane; isNext: boolean; session?: ClientSession },
): Promise<Taken> {
  const update = [want.kind === 'rate' ? takeStart(taker, want, isNext) : takeSlot(taker, want, isNext)];
  const options = { upsert: true, returnDocument: 'after', ...(session ? { session } : {}) } as const;
  const take = () => lanesOf(db).findOneAndUpdate({ _id: want.id }, update, options);
  const lane = (await take().catch((error: unknown) => {
    if (!isDuplicateKey(error)) throw error;
    // Another run has made the lane at this moment.
    if (session) throw repeatTransaction(error);
    return take();
  })) as LaneDocument;
  const members = want.kind === 'rate' ? lane.starts : lane.holders;
  return members.some(({ runId }) => runId === taker.runId)
    ? { isTaken: true }
    : { isTaken: false, lane, want };
}

/** A member that is a list, also of a lane that is made now. */
const listOf = (name: string) => ({ $ifNull: [`$${name}`, []] });
/** Texts of runs are data, never the name of a field. */
const literal = (value: unknown) => ({ $literal: value });

function limitOf({ limit }: WantedLane) {
  return { $ifNull: ['$override', limit] };
}

function mayTake(isNext: boolean, hasRoom: Document): Document {
  return isNext ? hasRoom : { $and: [{ $ne: ['$hasWaiting', true] }, hasRoom] };
}

function shared({ id: _, onFull: _o, ...place }: WantedLane): Document {
  const { key, owner, organizationId, ...rest } = place;
  const judgedAt = { $ifNull: ['$judgedAt', '$$NOW'] };
  const names = { key: literal(key), owner: literal(owner), organizationId };
  return { ...rest, ...names, version: { $ifNull: ['$version', 0] }, judgedAt };
}

/** Kept while somebody has changed its limit. */
const idleFrom = (at: Document | string) => ({
  $cond: [{ $eq: [{ $type: '$override' }, 'missing'] }, at, '$$REMOVE'],
});
const runIdsOf = (rows: Document) => ({ $map: { input: rows, in: '$$this.runId' } });

function takeSlot({ runId, ancestors }: Taker, want: WantedLane, isNext: boolean): Document {
  const holders = listOf('holders');
  const taken = { $size: { $setUnion: [{ $map: { input: holders, in: '$$this.slot' } }] } };
  const ofAncestors = { $filter: { input: holders, cond: { $in: ['$$this.runId', [...ancestors]] } } };
  const branches = [
    { case: { $in: [runId, runIdsOf(holders)] }, then: null },
    {
      case: { $ne: [ofAncestors, []] },
      then: { $first: { $map: { input: ofAncestors, in: '$$this.slot' } } },
    },
    { case: mayTake(isNext, { $lt: [taken, limitOf(want)] }), then: runId },
  ];
  const added = { $concatArrays: [holders, [{ runId, slot: '$$slot', at: '$$NOW' }]] };
  const next = {
    $let: {
      vars: { slot: { $switch: { branches, default: null } } },
      in: { $cond: [{ $eq: ['$$slot', null] }, holders, added] },
    },
  };
  return { $set: { ...shared(want), holders: next, starts: listOf('starts'), idleAt: '$$REMOVE' } };
}

function takeStart({ runId }: Taker, want: WantedLane, isNext: boolean): Document {
  const since = { $subtract: ['$$NOW', want.perMs ?? 0] };
  const recent = { $filter: { input: listOf('starts'), cond: { $gt: ['$$this.at', since] } } };
  const isMine = { $in: [runId, runIdsOf(recent)] };
  const hasRoom = mayTake(isNext, { $lt: [{ $size: recent }, limitOf(want)] });
  const added = { $concatArrays: [recent, [{ runId, at: '$$NOW' }]] };
  const next = { $cond: [{ $and: [{ $not: isMine }, hasRoom] }, added, recent] };
  const idleAt = idleFrom({ $add: ['$$NOW', want.perMs ?? 0] });
  return { $set: { ...shared(want), holders: listOf('holders'), starts: next, idleAt } };
}

/** Gives back what a run has of its lanes. Returns the lanes in which others may wait. */
export async function giveBack(db: Db, runId: string): Promise<string[]> {
  const held = await lanesOf(db)
    .find({ 'holders.runId': runId }, { projection: { _id: 1 } })
    .toArray();
  const waiting: string[] = [];
  for (const { _id } of held) if (await giveBackOf(db, _id, [runId])) waiting.push(_id);
  return waiting;
}

/** Takes runs out of a lane's holders. Returns whether others may wait for the lane. */
export async function giveBackOf(db: Db, laneId: string, runIds: readonly string[]): Promise<boolean> {
  const others = {
    $filter: { input: listOf('holders'), cond: { $not: [{ $in: ['$$this.runId', [...runIds]] }] } },
  };
  const lane = await lanesOf(db).findOneAndUpdate(
    { _id: laneId },
    [
      { $set: { holders: others } },
      { $set: { idleAt: { $cond: [{ $eq: ['$holders', []] }, idleFrom('$$NOW'), '$$REMOVE'] } } },
    ],
    { returnDocument: 'after' },
  );
  return lane?.hasWaiting === true;
}

/** Gives a start back that came to nothing: its request was a duplicate. */
export async function giveBackStart(db: Db, laneId: string, runId: string): Promise<void> {
  await lanesOf(db).updateOne({ _id: laneId }, { $pull: { starts: { runId } } });
}
