/** What operators have told the lanes of a workflow, or of a scope that workflows share. */
import type { Collection, Db } from 'mongodb';
import { currentTime } from '../../clock.ts';
import type { CollectionIndexes } from '../mongo/indexes.ts';
import { deriveId } from '../mongo/ids.ts';
import { lanesOf } from './lanes.ts';
import type { LanePlace } from './lanes.ts';

/** A workflow or a scope whose runs do not start now. */
export interface PausedOwner {
  _id: string;
  organizationId: string;
  owner: string;
  pausedAt: Date;
}

export const pausedOwnerIndexes: CollectionIndexes = {
  collection: 'flowPauses',
  indexes: [{ key: { organizationId: 1, owner: 1 } }],
};

function pausesOf(db: Db): Collection<PausedOwner> {
  return db.collection<PausedOwner>('flowPauses');
}

/** Pauses a workflow or a scope, or lets it go on. Idempotent. */
export async function setPaused(
  db: Db,
  { organizationId, owner }: Pick<PausedOwner, 'organizationId' | 'owner'>,
  isPaused: boolean,
): Promise<void> {
  const _id = deriveId('lane', organizationId, owner);
  if (!isPaused) return void (await pausesOf(db).deleteOne({ _id }));
  const row = { organizationId, owner, pausedAt: currentTime() };
  await pausesOf(db).updateOne({ _id }, { $setOnInsert: row }, { upsert: true });
}

/** Returns those of an organization that are paused. */
export async function pausedOwners(db: Db, organizationId: string): Promise<Set<string>> {
  const rows = await pausesOf(db).find({ organizationId }).toArray();
  return new Set(rows.map(({ owner }) => owner));
}

/** Sets the limit of a lane, or takes it away with `null`. */
export async function overrideLimit(
  db: Db,
  { id: _id, ...place }: LanePlace & { id: string },
  limit: number | null,
): Promise<void> {
  const created = { ...place, holders: [], starts: [], version: 0, judgedAt: currentTime() };
  if (limit === null) {
    const idle = { $cond: [{ $eq: ['$holders', []] }, '$$NOW', '$$REMOVE'] };
    await lanesOf(db).updateOne({ _id }, [{ $set: { override: '$$REMOVE', idleAt: idle } }]);
  } else {
    await lanesOf(db).updateOne(
      { _id },
      { $set: { override: limit }, $unset: { idleAt: true }, $setOnInsert: { ...created, limit } },
      { upsert: true },
    );
  }
}
