import { createHash } from 'node:crypto';
import type { ClientSession, Collection, Db } from 'mongodb';
import { currentTime } from '../../clock.ts';
import { AbandonedError } from '../mongo/abandoned-error.ts';
import type { CollectionIndexes } from '../mongo/indexes.ts';
import { isDuplicateKey } from '../mongo/repeat-transaction.ts';

/** A request that created something, with its answer: written in the transaction that created it. */
export interface IdempotencyKeyDocument {
  /** Organization and SHA-256 of the key. */
  _id: string;
  organizationId: string;
  /** SHA-256 of what was asked for, hex. */
  fingerprint: string;
  /** The answer, sealed: it may hold a secret that is shown once. */
  answer: string;
  createdAt: Date;
  /** From then on the key counts as new. */
  expiresAt: Date;
}

/** How long an answer is kept, in milliseconds. Source: the contract, hard cases 23. */
const keptMs = 24 * 60 * 60 * 1_000;

export const idempotencyKeyIndexes: CollectionIndexes = {
  collection: 'idempotencyKeys',
  indexes: [{ key: { expiresAt: 1 }, expireAfterSeconds: 0 }],
};

/** The collection of keys. */
export function idempotencyKeysOf(db: Db): Collection<IdempotencyKeyDocument> {
  return db.collection<IdempotencyKeyDocument>('idempotencyKeys');
}

/** The id of an organization's key. */
export function idempotencyIdOf(organizationId: string, key: string): string {
  return `${organizationId}:${createHash('sha256').update(key).digest('hex')}`;
}

/** A key that another request holds, or has just used. */
export class KeyInUseError extends AbandonedError {
  constructor(cause: unknown) {
    super('another request has the Idempotency-Key', { cause });
  }
}

/** Finds the request that used a key, while its answer is kept. */
export async function findKeptAnswer(db: Db, id: string): Promise<IdempotencyKeyDocument | null> {
  return idempotencyKeysOf(db).findOne({ _id: id, expiresAt: { $gt: currentTime() } });
}

/** A key that is being used. */
export type KeyClaim = Pick<IdempotencyKeyDocument, '_id' | 'organizationId' | 'fingerprint'>;

/**
 * Takes a key in the caller's transaction, an expired one too; of two at once one gets it.
 * @throws KeyInUseError
 */
export async function claimKey(db: Db, session: ClientSession, claim: KeyClaim): Promise<void> {
  const { _id, ...rest } = claim;
  const now = currentTime();
  const row = { ...rest, answer: '', createdAt: now, expiresAt: new Date(now.getTime() + keptMs) };
  try {
    // A row that lives does not fit the filter: the upsert then meets its id.
    await idempotencyKeysOf(db).replaceOne({ _id, expiresAt: { $lte: now } }, row, { session, upsert: true });
  } catch (error) {
    throw isDuplicateKey(error) || isWriteConflict(error) ? new KeyInUseError(error) : error;
  }
}

/** Keeps the answer of a claimed key in the same transaction. */
export async function keepAnswer(db: Db, session: ClientSession, id: string, answer: string): Promise<void> {
  await idempotencyKeysOf(db).updateOne({ _id: id }, { $set: { answer } }, { session });
}

/** Source: MongoDB error code WriteConflict. */
function isWriteConflict(error: unknown): boolean {
  return (error as { code?: number }).code === 112;
}
