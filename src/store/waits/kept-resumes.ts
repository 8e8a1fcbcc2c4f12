/** Resumes that came before their wait: kept for a while, and taken by the first wait that they fit. */
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { Binary } from 'mongodb';
import type { ClientSession, Collection, Db } from 'mongodb';
import { currentTime } from '../../clock.ts';
import { fitsAsked } from '../../engine/definition/form.schema.ts';
import type { Asked } from '../../engine/definition/form.schema.ts';
import type { AnsweredBy } from '../../engine/log/facts.ts';
import type { Json } from '../../engine/json/json.ts';
import { dedupeKeysOf } from '../inbox/dedupe-keys.ts';
import type { CollectionIndexes } from '../mongo/indexes.ts';
import type { Resume } from './resume.ts';
import { webhookEventsOf } from '../inbox/webhook-events.ts';

const zip = promisify(gzip);
const unzip = promisify(gunzip);

/** A resume that waits for its wait. */
export interface KeptResumeDocument {
  _id: string;
  organizationId: string;
  /** Whom it is for: an execution id, or the correlation id of a key. */
  target: string;
  /** What the wait goes on with: JSON, compressed. */
  data: Binary;
  answeredBy?: AnsweredBy;
  /** The request that brought it, and its dedupe key: both learn which run it has resumed. */
  eventId?: string;
  dedupeId?: string;
  createdAt: Date;
  expiresAt: Date;
}

export const keptResumeIndexes: CollectionIndexes = {
  collection: 'keptResumes',
  indexes: [{ key: { target: 1, createdAt: 1, _id: 1 } }, { key: { expiresAt: 1 }, expireAfterSeconds: 0 }],
};

/** The collection of resumes that are kept. */
export function keptResumesOf(db: Db): Collection<KeptResumeDocument> {
  return db.collection<KeptResumeDocument>('keptResumes');
}

/** Keeps a resume in the caller's transaction. */
export async function keepResume(
  db: Db,
  session: ClientSession,
  given: Omit<KeptResumeDocument, 'data'> & { data: Json },
): Promise<void> {
  const data = new Binary(await zip(JSON.stringify(given.data)));
  await keptResumesOf(db).insertOne({ ...given, data }, { session });
}

/** A wait that has just been recorded. */
export interface BegunWait {
  runId: string;
  /** Its execution id, and the correlation id of its key. */
  targets: readonly string[];
  asked: Asked;
}

/**
 * Takes the oldest kept resume that a wait takes, in the caller's transaction; one that does not fit what it asks for stays
 * for another. `undefined` when there is none.
 */
export async function takeKeptResume(
  db: Db,
  session: ClientSession,
  wait: BegunWait,
): Promise<Resume | undefined> {
  const rows = keptResumesOf(db)
    .find({ target: { $in: [...wait.targets] }, expiresAt: { $gt: currentTime() } }, { session })
    .sort({ createdAt: 1, _id: 1 });
  for await (const row of rows) {
    const data = JSON.parse((await unzip(row.data.buffer)).toString('utf8')) as Json;
    if (!fitsAsked(wait.asked, data)) continue;
    await rows.close();
    await keptResumesOf(db).deleteOne({ _id: row._id }, { session });
    await noteResumed(db, session, { row, runId: wait.runId });
    return { data, eventId: row.eventId, answeredBy: row.answeredBy };
  }
  return undefined;
}

/** The request that was held shows from now on whom it has resumed; so does a duplicate's answer. */
async function noteResumed(
  db: Db,
  session: ClientSession,
  { row, runId }: { row: KeptResumeDocument; runId: string },
): Promise<void> {
  const change = { $set: { action: 'resumed' as const }, $addToSet: { runIds: runId } };
  if (row.eventId !== undefined)
    await webhookEventsOf(db).updateOne(
      { _id: row.eventId },
      { ...change, $unset: { reason: true } },
      { session },
    );
  if (row.dedupeId !== undefined)
    await dedupeKeysOf(db).updateOne({ _id: row.dedupeId }, change, { session });
}
