/**
 * Lanes: what runs with the same key of the same limit share. A lane's holders are the runs themselves, never a number that
 * could drift: taking a slot twice takes one, giving it back twice gives one back.
 */
import type { Collection, Db } from 'mongodb';
import { canonicalJson } from '../../engine/json/canonical-json.ts';
import type { Json } from '../../engine/json/json.ts';
import type { OnFull, OnRate } from '../../engine/flow/flow-settings.ts';
import type { CollectionIndexes } from '../mongo/indexes.ts';
import { deriveId } from '../mongo/ids.ts';

/** Whose lane it is, and which. */
export interface LanePlace {
  organizationId: string;
  /** A workflow id, or a scope that workflows share. */
  owner: string;
  kind: 'concurrency' | 'rate';
  /** Which of the workflow's concurrency settings; `null` for a scope and a rate. */
  index: number | null;
  /** Text of the key; `null`: the lane of runs without one. */
  key: string | null;
}

/** A lane that a run needs, with the limit by which it is judged. */
export interface WantedLane extends LanePlace {
  id: string;
  limit: number;
  /** The window of a rate, in milliseconds. */
  perMs?: number;
  onFull: OnFull | OnRate;
}

/** A run that has a slot. */
export interface Holder {
  runId: string;
  /** The run whose slot it is: its own, or that of an ancestor that waits for it. */
  slot: string;
  at: Date;
}

/** A start that counts against a rate. */
export interface RateStart {
  runId: string;
  at: Date;
}

/** A lane, from its first run on until nothing has used it for an hour. */
export interface LaneDocument extends LanePlace {
  _id: string;
  holders: Holder[];
  starts: RateStart[];
  /** The limit of the run that was judged last. */
  limit: number;
  perMs?: number;
  /** Takes the place of every limit. */
  override?: number;
  /** Set while runs may wait: who comes queues behind them. */
  hasWaiting?: boolean;
  /** Counts what may have made runs wait. */
  version: number;
  /** When its holders were last compared with the log; at first, when it was made. */
  judgedAt?: Date;
  /** Since when nothing has needed it. */
  idleAt?: Date;
}

/** How long an idle lane is kept, in seconds. */
const keptSeconds = 60 * 60;

export const laneIndexes: CollectionIndexes = {
  collection: 'flowLanes',
  indexes: [
    { key: { organizationId: 1, owner: 1, _id: 1 } },
    { key: { 'holders.runId': 1 } },
    { key: { judgedAt: 1 } },
    { key: { idleAt: 1 }, expireAfterSeconds: keptSeconds },
  ],
};

/** The collection of lanes. */
export function lanesOf(db: Db): Collection<LaneDocument> {
  return db.collection<LaneDocument>('flowLanes');
}

/** Finds a lane by its id. */
export function findLane(db: Db, id: string): Promise<LaneDocument | null> {
  return lanesOf(db).findOne({ _id: id });
}

/** Longest key that is kept as it is, in characters; a longer one is cut, and its lane is that of all of it. */
const shownKeyLength = 256;

/** The text of a key's value: the number 7 and the text "7" are one key. `null` when there is none. */
export function keyTextOf(value: Json | undefined): string | null {
  if (value === undefined || value === null) return null;
  return typeof value === 'string' ? value : canonicalJson(value);
}

/** The lane of a key, with its id. */
export function lanePlace(place: Omit<LanePlace, 'key'>, keyText: string | null): LanePlace & { id: string } {
  const { organizationId, owner, kind, index } = place;
  const parts = [organizationId, owner, kind, index === null ? '' : String(index)];
  const id = deriveId('lane', ...parts, ...(keyText === null ? [] : [keyText]));
  return { id, ...place, key: keyText === null ? null : cut(keyText) };
}

function cut(text: string): string {
  return text.length <= shownKeyLength ? text : `${text.slice(0, shownKeyLength - 1)}…`;
}

/** How many slots of a lane are taken: runs that share one count once. */
export function slotsTaken({ holders }: Pick<LaneDocument, 'holders'>): number {
  return new Set(holders.map(({ slot }) => slot)).size;
}
