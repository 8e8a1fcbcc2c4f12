import type { Db } from 'mongodb';
import { lanesOf } from './lanes.ts';
import type { LaneDocument, LanePlace } from './lanes.ts';
import { waitingOf } from './waiting.ts';

/** A lane with what waits for it. */
export interface LaneState extends LaneDocument {
  waiting: number;
  /** When the run was accepted that was accepted first of those that wait; ISO 8601. */
  oldestAt: string | null;
}

/** Lists lanes by owner; `after` is the last lane of the page before. */
export async function listLanes(
  db: Db,
  { organizationId, owner }: { organizationId: string; owner?: string | undefined },
  { limit, after }: { limit: number; after?: { owner: string; id: string } | undefined },
): Promise<LaneState[]> {
  const rest = after
    ? { $or: [{ owner: { $gt: after.owner } }, { owner: after.owner, _id: { $gt: after.id } }] }
    : {};
  const lanes = await lanesOf(db)
    .find({ organizationId, ...(owner === undefined ? {} : { owner }), ...rest })
    .sort({ owner: 1, _id: 1 })
    .limit(limit)
    .toArray();
  return withWaiting(db, lanes);
}

/** Reads a lane, also one that nothing has needed yet. */
export async function findLane(
  db: Db,
  { id: _id, ...place }: LanePlace & { id: string },
): Promise<LaneState> {
  const empty = { _id, ...place, holders: [], starts: [], limit: 0, version: 0 };
  const [lane] = await withWaiting(db, [(await lanesOf(db).findOne({ _id })) ?? empty]);
  return lane as LaneState;
}

async function withWaiting(db: Db, lanes: readonly LaneDocument[]): Promise<LaneState[]> {
  const ids = lanes.map(({ _id }) => _id);
  const groups = await waitingOf(db)
    .aggregate<{ _id: string; count: number; oldestAt: string }>([
      { $match: { 'wants.id': { $in: ids } } },
      { $unwind: '$wants' },
      { $match: { 'wants.id': { $in: ids } } },
      { $group: { _id: '$wants.id', count: { $sum: 1 }, oldestAt: { $min: '$at' } } },
    ])
    .toArray();
  const waiting = new Map(groups.map((group) => [group._id, group]));
  return lanes.map((lane) => {
    const { count = 0, oldestAt = null } = waiting.get(lane._id) ?? {};
    return { ...lane, waiting: count, oldestAt };
  });
}
