/** Runs that wait for their turn: one row each, from when it is found that they may not start until they start or end. */
import type { Collection, Db, Filter } from 'mongodb';
import { currentTime } from '../../clock.ts';
import type { WaitReason } from '../../engine/log/queue-place.schema.ts';
import type { CollectionIndexes } from '../mongo/indexes.ts';
import { lanesOf } from './lanes.ts';
import type { LaneDocument, WantedLane } from './lanes.ts';

/** A run that waits. */
export interface WaitingRun {
  /** The run id. */
  _id: string;
  organizationId: string;
  workflowId: string;
  /** The live version by whose settings it is judged. */
  versionId: string;
  priority: number;
  /** When the run was accepted, ISO 8601. */
  at: string;
  wants: WantedLane[];
  /** Runs that wait for it. */
  ancestors: string[];
  reason: WaitReason;
  /** The lane that had no room; `null` when it is paused. */
  blockedBy: string | null;
  since: Date;
}

export const waitingIndexes: CollectionIndexes = {
  collection: 'flowWaiting',
  indexes: [
    { key: { 'wants.id': 1, priority: 1, at: 1, _id: 1 } },
    { key: { workflowId: 1, priority: 1, at: 1, _id: 1 } },
    { key: { since: 1 } },
  ],
};

/** The collection of runs that wait. */
export function waitingOf(db: Db): Collection<WaitingRun> {
  return db.collection<WaitingRun>('flowWaiting');
}

/** Whose turn it is first. */
export const turn = { priority: 1, at: 1, _id: 1 } as const;

/**
 * Lets a run wait. The lane that has no room is told first, so that nobody who comes later goes before it. Idempotent: a
 * run that waits already is judged anew and keeps its place.
 */
export async function enqueue(db: Db, { since, ...run }: WaitingRun): Promise<void> {
  if (run.blockedBy !== null) await beginLook(db, run.blockedBy);
  const { _id, ...judged } = run;
  await waitingOf(db).updateOne({ _id }, { $set: judged, $setOnInsert: { since } }, { upsert: true });
}

/** Changes by what a run that waits is judged, or why it waits. */
export async function updateWaiting(
  db: Db,
  runId: string,
  set: Partial<Pick<WaitingRun, 'reason' | 'blockedBy' | 'versionId' | 'priority' | 'wants' | 'ancestors'>>,
): Promise<void> {
  await waitingOf(db).updateOne({ _id: runId }, { $set: set });
}

/** Takes a run out of those that wait. Returns it, or `null` when it did not. */
export function dequeue(db: Db, runId: string): Promise<WaitingRun | null> {
  return waitingOf(db).findOneAndDelete({ _id: runId });
}

/** A lane that has no room for runs with a limit up to this one. */
export interface FullLane {
  id: string;
  upTo: number;
}

/** Who is not asked now. */
export interface NotNow {
  lanes: readonly FullLane[];
  workflowIds: readonly string[];
}

/**
 * Returns those who are next in a lane, of those that may start as far as it is known.
 * @param queue a lane's id, or that of a workflow for its runs that need none
 */
export function nextInQueue(
  db: Db,
  queue: string,
  { lanes, workflowIds }: NotNow,
  limit: number,
): Promise<WaitingRun[]> {
  const full = lanes.map(({ id, upTo }) => ({ wants: { $elemMatch: { id, limit: { $lte: upTo } } } }));
  const filter: Filter<WaitingRun> = {
    ...(isWorkflowId(queue) ? { workflowId: queue, wants: { $size: 0 } } : { 'wants.id': queue }),
    ...(full.length > 0 ? { $nor: full } : {}),
    ...(workflowIds.length > 0 ? { workflowId: { $nin: [...workflowIds] } } : {}),
  };
  return waitingOf(db).find(filter).sort(turn).limit(limit).toArray();
}

/** Tells a lane that somebody may wait for it: until it is known that nobody does, who comes waits too. */
export function beginLook(db: Db, laneId: string): Promise<LaneDocument | null> {
  return lanesOf(db).findOneAndUpdate(
    { _id: laneId },
    { $set: { hasWaiting: true }, $inc: { version: 1 } },
    { returnDocument: 'after' },
  );
}

/** Notes that nobody waits for a lane. Returns `false` when somebody may have come meanwhile. */
export async function endLook(db: Db, { _id, version }: LaneDocument): Promise<boolean> {
  const { matchedCount } = await lanesOf(db).updateOne({ _id, version }, { $set: { hasWaiting: false } });
  return matchedCount === 1;
}

function isWorkflowId(queue: string): boolean {
  return queue.startsWith('wf_');
}

/** The queues in which runs wait: of a workflow, of a scope, or all. */
export async function queuesOf(
  db: Db,
  of: { workflowId: string } | { organizationId: string; 'wants.owner': string } | object = {},
): Promise<string[]> {
  const [lanes, workflows] = await Promise.all([
    waitingOf(db).distinct('wants.id', of),
    waitingOf(db).distinct('workflowId', { ...of, wants: { $size: 0 } }),
  ]);
  return [...lanes, ...workflows];
}

/** Runs of a workflow that wait in a lane, newest first. */
export function waitingInLane(db: Db, laneId: string, workflowId: string): Promise<WaitingRun[]> {
  return waitingOf(db).find({ 'wants.id': laneId, workflowId }).sort({ at: -1, _id: -1 }).toArray();
}

/** Counts runs that wait, and tells since when the longest has. */
export async function countWaiting(db: Db): Promise<{ waiting: number; oldestSeconds: number }> {
  const [waiting, oldest] = await Promise.all([
    waitingOf(db).estimatedDocumentCount(),
    waitingOf(db).find().sort({ since: 1 }).limit(1).next(),
  ]);
  const ms = oldest ? currentTime().getTime() - oldest.since.getTime() : 0;
  return { waiting, oldestSeconds: Math.max(0, ms / 1_000) };
}
