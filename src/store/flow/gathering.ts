/** Requests that are gathered into one run: the last of several, or all of them. */
import type { ClientSession, Collection, Db } from 'mongodb';
import { currentMs } from '../../clock.ts';
import type { RecordedValue } from '../../engine/log/facts.ts';
import { copyValue } from '../log/payloads.ts';
import type { CollectionIndexes } from '../mongo/indexes.ts';
import { createId, deriveId } from '../mongo/ids.ts';
import { isDuplicateKey, repeatTransaction } from '../mongo/repeat-transaction.ts';

/** How a request is gathered, and with which others. */
export type GatherRule = { keyText: string | null } & (
  | { kind: 'debounce'; waitMs: number; maxWaitMs?: number | undefined }
  | { kind: 'batch'; waitMs: number; maxItems: number }
);

/** A run that is still to begin. */
export interface GatheringRun {
  /** The run id. */
  _id: string;
  /** Workflow, kind and key. */
  groupId: string;
  kind: GatherRule['kind'];
  organizationId: string;
  workflowId: string;
  /** Requests so far. */
  count: number;
  /** Size of what they brought. */
  bytes: number;
  firstAt: Date;
  dueAt: Date;
  /** Set while it takes more requests: of a group there is one such run. */
  isOpen?: true;
}

/** What one request brought to a run. */
export interface GatheredItem {
  /** Run and number; of a debounced run the last one takes the place of the one before. */
  _id: string;
  runId: string;
  number: number;
  input: RecordedValue;
  request?: RecordedValue;
}

export const gatheringIndexes: CollectionIndexes = {
  collection: 'flowGathering',
  indexes: [
    { key: { groupId: 1 }, unique: true, partialFilterExpression: { isOpen: true } },
    { key: { dueAt: 1 } },
  ],
};
export const gatheredItemIndexes: CollectionIndexes = {
  collection: 'flowItems',
  indexes: [{ key: { runId: 1, number: 1 } }],
};

/** The collection of runs that are still to begin. */
function gatheringOf(db: Db): Collection<GatheringRun> {
  return db.collection<GatheringRun>('flowGathering');
}

/** The collection of what they begin with. */
export function itemsOf(db: Db): Collection<GatheredItem> {
  return db.collection<GatheredItem>('flowItems');
}

/** A batch with so much in it takes no more: a run's input has at most 10 MiB. */
const fullBytes = 8 * 1024 * 1024;

interface Gathered {
  runId: string;
  organizationId: string;
  workflowId: string;
  input: RecordedValue;
  request?: RecordedValue;
}

/** Adds what a request brings to the run of its group, in the caller's transaction. Returns the run that will begin. */
export async function gather(
  db: Db,
  session: ClientSession,
  { run, rule }: { run: Gathered; rule: GatherRule },
): Promise<GatheringRun> {
  const { organizationId, workflowId } = run;
  const groupId = deriveId('lane', organizationId, workflowId, rule.kind, ...keyParts(rule));
  const bytes = bytesOf(run.input);
  const gathering = await join(db, session, { groupId, organizationId, workflowId, bytes, rule });
  const { _id: runId, count } = gathering;
  const number = rule.kind === 'batch' ? count : 1;
  const owner = { runId, organizationId };
  const input = await copyValue(db, run.runId, owner, run.input);
  const request = run.request && (await copyValue(db, run.runId, owner, run.request));
  const item = { runId, number, input, ...(request ? { request } : {}) };
  await itemsOf(db).replaceOne({ _id: `${runId}#${number}` }, item, { upsert: true, session });
  return gathering;
}

function keyParts({ keyText }: GatherRule): string[] {
  return keyText === null ? [] : [keyText];
}

function bytesOf(value: RecordedValue): number {
  return 'ref' in value ? value.bytes : Buffer.byteLength(value.json);
}

async function join(
  db: Db,
  session: ClientSession,
  given: Pick<GatheringRun, 'groupId' | 'organizationId' | 'workflowId' | 'bytes'> & { rule: GatherRule },
): Promise<GatheringRun> {
  const { groupId, organizationId, workflowId, bytes, rule } = given;
  const now = currentMs();
  const created = { _id: createId('run'), kind: rule.kind, organizationId, workflowId };
  const joined = await gatheringOf(db)
    .findOneAndUpdate(
      { groupId, isOpen: true },
      {
        $inc: { count: 1, bytes },
        $setOnInsert: { ...created, firstAt: new Date(now), dueAt: new Date(now + rule.waitMs) },
      },
      { session, upsert: true, returnDocument: 'after' },
    )
    .catch((error: unknown) => {
      throw isDuplicateKey(error) ? repeatTransaction(error) : error;
    });
  if (!joined) throw new Error('an upsert has answered nothing');
  const dueAt = new Date(dueMs(joined, rule, now));
  const isFull = rule.kind === 'batch' && (joined.count >= rule.maxItems || joined.bytes >= fullBytes);
  const moved = { $set: { dueAt }, ...(isFull ? { $unset: { isOpen: true as const } } : {}) };
  if (isFull || dueAt.getTime() !== joined.dueAt.getTime())
    await gatheringOf(db).updateOne({ _id: joined._id }, moved, { session });
  return { ...joined, dueAt };
}

function dueMs({ firstAt, dueAt, count, bytes }: GatheringRun, rule: GatherRule, now: number): number {
  if (rule.kind === 'batch') return count >= rule.maxItems || bytes >= fullBytes ? now : dueAt.getTime();
  return Math.min(now + rule.waitMs, firstAt.getTime() + (rule.maxWaitMs ?? Number.MAX_SAFE_INTEGER));
}

/** Takes a run out of those that are still to begin, if it is due, with what was gathered for it. */
export async function takeDue(
  db: Db,
  session: ClientSession,
  runId: string,
): Promise<{ gathering: GatheringRun; items: GatheredItem[] } | null> {
  const gathering = await gatheringOf(db).findOneAndDelete(
    { _id: runId, dueAt: { $lte: new Date(currentMs()) } },
    { session },
  );
  if (!gathering) return null;
  const items = await itemsOf(db).find({ runId }, { session }).sort({ number: 1 }).toArray();
  await itemsOf(db).deleteMany({ runId }, { session });
  return { gathering, items };
}

/** When a run is due that is still to begin; `undefined` when it has begun. */
export async function dueAtOf(db: Db, runId: string): Promise<Date | undefined> {
  return (await gatheringOf(db).findOne({ _id: runId }, { projection: { dueAt: 1 } }))?.dueAt;
}

/** Ids of the runs that are due, at most `limit`. */
export async function dueRuns(db: Db, limit: number): Promise<string[]> {
  const rows = await gatheringOf(db)
    .find({ dueAt: { $lte: new Date(currentMs()) } }, { projection: { _id: 1 } })
    .limit(limit)
    .toArray();
  return rows.map(({ _id }) => _id);
}
