/** Where runs stand that wait for their turn. */
import type { Db, Filter } from 'mongodb';
import type { QueuePlace } from '../../engine/log/queue-place.schema.ts';
import { lanesOf, slotsTaken } from './lanes.ts';
import type { WantedLane } from './lanes.ts';
import { turn, waitingOf } from './waiting.ts';
import type { WaitingRun } from './waiting.ts';

/** The place of a run that waits. */
export async function placeOf(db: Db, run: WaitingRun): Promise<QueuePlace> {
  const [place] = await placesOf(db, [run]);
  if (!place) throw new Error(`no place was found for ${run._id}`);
  return place;
}

/** Returns the places of those of some runs that wait, by run id. */
export async function findQueuePlaces(
  db: Db,
  runIds: readonly string[],
): Promise<Map<string, QueuePlace & { since: Date }>> {
  if (runIds.length === 0) return new Map();
  const runs = await waitingOf(db)
    .find({ _id: { $in: [...runIds] } })
    .toArray();
  const places = await placesOf(db, runs);
  return new Map(
    places.map((place, index) => {
      const { _id, since } = runs[index] as WaitingRun;
      return [_id, { ...place, since }];
    }),
  );
}

async function placesOf(db: Db, runs: readonly WaitingRun[]): Promise<QueuePlace[]> {
  const [before, underWay] = await Promise.all([countBefore(db, runs), countUnderWay(db, runs)]);
  return runs.map((run) => {
    const want = blocking(run);
    const position = (before.get(run._id) ?? 0) + 1;
    return {
      reason: run.reason,
      lane: want?.id ?? null,
      key: want?.key ?? null,
      position,
      ahead: position - 1 + (underWay.get(want?.id ?? '') ?? 0),
    };
  });
}

/** The lane that has no room for a run; none when it is paused. */
function blocking({ wants, blockedBy }: WaitingRun): WantedLane | undefined {
  return wants.find(({ id }) => id === blockedBy);
}

/** Runs that have a slot, by the lane of those that wait for one. */
async function countUnderWay(db: Db, runs: readonly WaitingRun[]): Promise<Map<string, number>> {
  const wants = runs.map(blocking).filter((want) => want?.kind === 'concurrency');
  const ids = [...new Set(wants.map((want) => want?.id ?? ''))];
  if (ids.length === 0) return new Map();
  const lanes = await lanesOf(db)
    .find({ _id: { $in: ids } })
    .toArray();
  return new Map(lanes.map((lane) => [lane._id, slotsTaken(lane)]));
}

/**
 * Counts the runs that wait before each. Of those in one queue with one priority only the first is counted for, and the
 * others from there on: a page of a list has runs that came one after the other, and a queue may be long.
 */
async function countBefore(db: Db, runs: readonly WaitingRun[]): Promise<Map<string, number>> {
  const groups = new Map<string, WaitingRun[]>();
  for (const run of runs) {
    const name = `${blocking(run)?.id ?? run.workflowId} ${run.priority}`;
    groups.set(name, [...(groups.get(name) ?? []), run]);
  }
  const counted = await Promise.all([...groups.values()].map((group) => countGroup(db, group)));
  return new Map(counted.flat());
}

async function countGroup(db: Db, group: readonly WaitingRun[]): Promise<[runId: string, before: number][]> {
  const sorted = [...group].sort(byTime);
  const [first] = sorted;
  const last = sorted.at(-1);
  if (!first || !last) return [];
  const want = blocking(first);
  const { workflowId, priority } = first;
  const queue: Filter<WaitingRun> = want ? { 'wants.id': want.id } : { workflowId };
  const [before, ids] = await Promise.all([
    waitingOf(db).countDocuments({ ...queue, $or: earlierThan(first) }),
    group.length === 1 ? [first._id] : idsFrom(db, { ...queue, priority }, [first, last]),
  ]);
  const later = new Map(ids.map((runId, index) => [runId, index]));
  // One that is not there any more has had its turn.
  return group.map(({ _id }) => [_id, before + (later.get(_id) ?? 0)]);
}

function byTime(a: WaitingRun, b: WaitingRun): number {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  return a._id < b._id ? -1 : 1;
}

/** Ids of the runs of one priority from one to another, in the order of their turns. */
async function idsFrom(
  db: Db,
  queue: Filter<WaitingRun>,
  [first, last]: [WaitingRun, WaitingRun],
): Promise<string[]> {
  const rows = await waitingOf(db)
    .find({ ...queue, at: { $gte: first.at, $lte: last.at } }, { projection: { _id: 1, at: 1 } })
    .sort(turn)
    .toArray();
  return rows.map(({ _id }) => _id).slice(rows.findIndex(({ _id }) => _id === first._id));
}

function earlierThan({ priority, at, _id }: WaitingRun): Filter<WaitingRun>[] {
  return [
    { priority: { $lt: priority } },
    { priority, at: { $lt: at } },
    { priority, at, _id: { $lt: _id } },
  ];
}
