import type { Collection, Db } from 'mongodb';
import { currentMs } from '../../clock.ts';

/** What the reconciler remembers from one pass to the next. */
export interface ReconcilerState {
  _id: 'reconciler';
  /** Close times before it have been looked at. */
  cursor: Date;
  /** Open runs that Temporal does not know: by run id, in how many passes in a row. */
  missing: Record<string, number>;
  /** Why the latest pass stopped; `null` when it did not. */
  alarm: string | null;
}

function upkeepOf(db: Db): Collection<ReconcilerState> {
  return db.collection<ReconcilerState>('upkeep');
}

/** Reads what the reconciler knows; the first pass looks an hour back. */
export async function readReconcilerState(db: Db): Promise<ReconcilerState> {
  const state = await upkeepOf(db).findOne({ _id: 'reconciler' });
  const anHourAgo = new Date(currentMs() - 60 * 60 * 1000);
  return state ?? { _id: 'reconciler', cursor: anHourAgo, missing: {}, alarm: null };
}

/** Keeps it for the next pass. */
export async function writeReconcilerState(db: Db, state: ReconcilerState): Promise<void> {
  await upkeepOf(db).replaceOne({ _id: 'reconciler' }, state, { upsert: true });
}
