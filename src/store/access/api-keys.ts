import { createHash, randomBytes } from 'node:crypto';
import type { ClientSession, Collection, Db } from 'mongodb';
import { currentTime } from '../../clock.ts';
import type { CollectionIndexes } from '../mongo/indexes.ts';
import { lastUsedStepMs } from './last-used.ts';
import { createId } from '../mongo/ids.ts';
import { organizationsOf } from './organizations.ts';
import { behind } from '../mongo/newest-first.ts';
import type { NewestFirst } from '../mongo/newest-first.ts';

/** What a key may do; each scope includes the ones before it. `operator` also makes organizations. */
export const scopes = ['read', 'run', 'write', 'admin', 'operator'] as const;
export type Scope = (typeof scopes)[number];

/** A key; only the hash of its text is kept. */
export interface ApiKeyDocument {
  _id: string;
  organizationId: string;
  name: string;
  /** SHA-256 of the key's text, hex. */
  hash: string;
  scopes: Scope[];
  expiresAt: Date | null;
  revokedAt: Date | null;
  lastUsedAt: Date | null;
  createdAt: Date;
}

export const apiKeyIndexes: CollectionIndexes = {
  collection: 'apiKeys',
  indexes: [{ key: { hash: 1 }, unique: true }, { key: { organizationId: 1, createdAt: -1, _id: -1 } }],
};

/** The collection of keys. */
function apiKeysOf(db: Db): Collection<ApiKeyDocument> {
  return db.collection<ApiKeyDocument>('apiKeys');
}

/** The hash under which a key's or secret's text is kept. */
export function hashSecret(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/**
 * Stores a key and answers its text, which is not kept. `text`: a text that is given rather than made; `session`: the
 * transaction that it is part of.
 */
export async function createApiKey(
  db: Db,
  key: { organizationId: string; name: string; scopes: Scope[]; expiresAt?: Date | null },
  options: { text?: string | undefined; session?: ClientSession } = {},
): Promise<{ key: ApiKeyDocument; text: string }> {
  const { text = `hl_${randomBytes(32).toString('base64url')}`, session } = options;
  const row: ApiKeyDocument = {
    _id: createId('key'),
    ...key,
    expiresAt: key.expiresAt ?? null,
    hash: hashSecret(text),
    revokedAt: null,
    lastUsedAt: null,
    createdAt: currentTime(),
  };
  await apiKeysOf(db).insertOne(row, session ? { session } : {});
  return { key: row, text };
}

/** Whether there is a key with this text, also a revoked or expired one. */
export async function isKnownKey(db: Db, text: string): Promise<boolean> {
  return (await apiKeysOf(db).findOne({ hash: hashSecret(text) }, { projection: { _id: 1 } })) !== null;
}

/** Finds the live key of a text: not revoked, not expired; notes its use at most once a minute. */
export async function findLiveKey(db: Db, text: string): Promise<ApiKeyDocument | null> {
  const now = currentTime();
  const key = await apiKeysOf(db).findOne({ hash: hashSecret(text), revokedAt: null });
  if (!key || (key.expiresAt && key.expiresAt <= now)) return null;
  if (!key.lastUsedAt || now.getTime() - key.lastUsedAt.getTime() > lastUsedStepMs) {
    await apiKeysOf(db).updateOne({ _id: key._id }, { $set: { lastUsedAt: now } });
  }
  return key;
}

/** Which of these keys are still neither revoked nor expired. */
export async function liveKeysOf(db: Db, keyIds: readonly string[]): Promise<Set<string>> {
  const rows = await apiKeysOf(db)
    .find({ _id: { $in: [...keyIds] }, revokedAt: null }, { projection: { expiresAt: 1 } })
    .toArray();
  const now = currentTime();
  return new Set(rows.filter((key) => !key.expiresAt || key.expiresAt > now).map((key) => key._id));
}

/** Lists an organization's keys, newest first, revoked ones too. */
export async function listApiKeys(
  db: Db,
  organizationId: string,
  page: NewestFirst,
): Promise<ApiKeyDocument[]> {
  return apiKeysOf(db)
    .find({ organizationId, ...behind(page) })
    .sort({ createdAt: -1, _id: -1 })
    .limit(page.limit)
    .toArray();
}

/** The organization's key; `null` when there is none. */
export async function findApiKey(
  db: Db,
  { id, organizationId }: { id: string; organizationId: string },
): Promise<ApiKeyDocument | null> {
  return apiKeysOf(db).findOne({ _id: id, organizationId });
}

/**
 * Revokes a key from the next request on; a key that is revoked stays as it is. Returns `false`, and revokes nothing, when
 * no other live key without an end could make keys, also when several are revoked at once.
 */
export async function revokeApiKey(
  db: Db,
  session: ClientSession,
  key: Pick<ApiKeyDocument, '_id' | 'organizationId'>,
): Promise<boolean> {
  const { _id, organizationId } = key;
  // Whoever revokes writes this row: of two at once one begins again, and sees what the other has left.
  await organizationsOf(db).updateOne({ _id: organizationId }, { $inc: { revocations: 1 } }, { session });
  if (!(await hasAdminKey(db, session, { organizationId, besides: _id }))) return false;
  const set = { $set: { revokedAt: currentTime() } };
  await apiKeysOf(db).updateOne({ _id, revokedAt: null }, set, { session });
  return true;
}

async function hasAdminKey(
  db: Db,
  session: ClientSession,
  { organizationId, besides }: { organizationId: string; besides: string },
): Promise<boolean> {
  const filter = {
    _id: { $ne: besides },
    organizationId,
    scopes: { $in: ['admin', 'operator'] satisfies Scope[] },
    revokedAt: null,
    expiresAt: null,
  };
  return (await apiKeysOf(db).findOne(filter, { session })) !== null;
}
