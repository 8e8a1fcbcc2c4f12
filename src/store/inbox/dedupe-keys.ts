import { createHash } from 'node:crypto';
import type { ClientSession, Collection, Db } from 'mongodb';
import type { WebhookAction } from '../starts/accepted-webhook.ts';
import type { CollectionIndexes } from '../mongo/indexes.ts';

/** A request of a webhook that is not to start a second run. */
export interface DedupeKeyDocument {
  /** Webhook and SHA-256 of the key: unique, so that of two starts at once one fails. */
  _id: string;
  organizationId: string;
  workflowId: string;
  key: string;
  /** SHA-256 of the body, hex. */
  fingerprint: string;
  /** What the first request did, and the runs that it started or resumed. */
  action: WebhookAction;
  runIds: string[];
  eventId: string;
  createdAt: Date;
  /** From then on the key counts as new. */
  expiresAt: Date;
}

/** A key of a request that is coming in. */
export interface DedupeKey {
  key: string;
  fingerprint: string;
  /** Whether the same key with another body is refused rather than taken for a duplicate. */
  isStrict: boolean;
  windowSeconds: number;
}

const day = 24 * 60 * 60;

export const dedupeKeyIndexes: CollectionIndexes = {
  collection: 'dedupeKeys',
  // Expired rows are taken over by new requests; the day only keeps the sweep away from rows that still decide.
  indexes: [{ key: { expiresAt: 1 }, expireAfterSeconds: day }],
};

/** The collection of dedupe keys. */
export function dedupeKeysOf(db: Db): Collection<DedupeKeyDocument> {
  return db.collection<DedupeKeyDocument>('dedupeKeys');
}

/** The id of a webhook's key. */
export function dedupeIdOf(workflowId: string, key: string): string {
  return `${workflowId}:${createHash('sha256').update(key).digest('hex')}`;
}

/** A key that another request is writing or has just written. */
export class DedupeConflictError extends Error {
  constructor(cause?: unknown) {
    super('another request holds the dedupe key', cause === undefined ? undefined : { cause });
    this.name = 'DedupeConflictError';
  }
}

/** Reads the rows of keys, also expired ones, by id. */
export async function findDedupeKeys(
  db: Db,
  ids: readonly string[],
  session?: ClientSession,
): Promise<Map<string, DedupeKeyDocument>> {
  if (ids.length === 0) return new Map();
  const rows = await dedupeKeysOf(db)
    .find({ _id: { $in: [...ids] } }, session ? { session } : {})
    .toArray();
  return new Map(rows.map((row) => [row._id, row]));
}

/**
 * Writes rows in the caller's transaction; `expired` are the ones to take over.
 * @throws DedupeConflictError when another request was first
 */
export async function writeDedupeKeys(
  db: Db,
  session: ClientSession,
  given: { rows: readonly DedupeKeyDocument[]; expired: ReadonlyMap<string, DedupeKeyDocument> },
): Promise<void> {
  const fresh = given.rows.filter((row) => !given.expired.has(row._id));
  try {
    if (fresh.length > 0) await dedupeKeysOf(db).insertMany(fresh, { session });
    for (const row of given.rows) {
      const old = given.expired.get(row._id);
      if (!old) continue;
      const taken = await dedupeKeysOf(db).replaceOne({ _id: row._id, expiresAt: old.expiresAt }, row, {
        session,
      });
      if (taken.matchedCount !== 1) throw new DedupeConflictError();
    }
  } catch (error) {
    throw isConflict(error) ? new DedupeConflictError(error) : error;
  }
}

/** Notes in the caller's transaction that the first request did something other than to start its run. */
export async function changeDedupeKey(
  db: Db,
  session: ClientSession,
  given: { id: string } & Pick<DedupeKeyDocument, 'action' | 'runIds'>,
): Promise<void> {
  const { id, action, runIds } = given;
  await dedupeKeysOf(db).updateOne({ _id: id }, { $set: { action, runIds } }, { session });
}

/** Source: MongoDB error codes WriteConflict and DuplicateKey. */
const conflicts = [112, 11000];

function isConflict(error: unknown): boolean {
  return conflicts.includes((error as { code?: number }).code ?? 0);
}
