import type { ClientSession, Collection, Db } from 'mongodb';
import { currentTime } from '../../clock.ts';
import { AppError } from '../../errors/app-error.ts';
import type { CollectionIndexes } from '../mongo/indexes.ts';
import { lastUsedStepMs } from './last-used.ts';
import { createId } from '../mongo/ids.ts';
import { isDuplicateKey } from '../mongo/repeat-transaction.ts';
import type { Sealer } from './seal.ts';
import { behind } from '../mongo/newest-first.ts';
import type { NewestFirst } from '../mongo/newest-first.ts';

/** A stored credential: a name, and a value that can be used and never read. */
export interface CredentialDocument {
  _id: string;
  organizationId: string;
  /** Unique within the organization; `$secrets.<name>`. */
  name: string;
  sealed: string;
  lastUsedAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
}

export const credentialIndexes: CollectionIndexes = {
  collection: 'credentials',
  indexes: [
    { key: { organizationId: 1, name: 1 }, unique: true },
    { key: { organizationId: 1, createdAt: -1, _id: -1 } },
  ],
};

/** The collection of credentials. */
function credentialsOf(db: Db): Collection<CredentialDocument> {
  return db.collection<CredentialDocument>('credentials');
}

interface Owned {
  id: string;
  organizationId: string;
}

/** Stores a credential in the caller's transaction. @throws AppError conflict when the name is taken */
export async function createCredential(
  { db, sealer }: { db: Db; sealer: Sealer },
  session: ClientSession,
  given: { organizationId: string; name: string; value: string },
): Promise<CredentialDocument> {
  const { organizationId, name, value } = given;
  const now = currentTime();
  const row: CredentialDocument = {
    _id: createId('cred'),
    organizationId,
    name,
    sealed: sealer.seal(value),
    lastUsedAt: null,
    createdAt: now,
    updatedAt: now,
  };
  await unlessTaken(name, () => credentialsOf(db).insertOne(row, { session }));
  return row;
}

/** Changes the name or the value; `null` when there is no such credential. @throws AppError conflict */
export async function changeCredential(
  db: Db,
  sealer: Sealer,
  given: Owned & { name?: string | undefined; value?: string | undefined },
): Promise<CredentialDocument | null> {
  const { id, organizationId, name, value } = given;
  const set = {
    updatedAt: currentTime(),
    ...(name === undefined ? {} : { name }),
    ...(value === undefined ? {} : { sealed: sealer.seal(value) }),
  };
  return unlessTaken(name ?? '', () =>
    credentialsOf(db).findOneAndUpdate(
      { _id: id, organizationId },
      { $set: set },
      { returnDocument: 'after' },
    ),
  );
}

/** The organization's credential; `null` when there is none. */
export async function findCredential(
  db: Db,
  { id, organizationId }: Owned,
): Promise<CredentialDocument | null> {
  return credentialsOf(db).findOne({ _id: id, organizationId });
}

/** Deletes a credential; answers whether there was one. */
export async function deleteCredential(db: Db, { id, organizationId }: Owned): Promise<boolean> {
  return (await credentialsOf(db).deleteOne({ _id: id, organizationId })).deletedCount === 1;
}

/** Lists credentials, newest first. */
export async function listCredentials(
  db: Db,
  organizationId: string,
  page: NewestFirst,
): Promise<CredentialDocument[]> {
  return credentialsOf(db)
    .find({ organizationId, ...behind(page) })
    .sort({ createdAt: -1, _id: -1 })
    .limit(page.limit)
    .toArray();
}

/** The names that `$secrets` knows in an organization. */
export async function credentialNames(db: Db, organizationId: string): Promise<Set<string>> {
  const rows = await credentialsOf(db)
    .find({ organizationId }, { projection: { name: 1 } })
    .toArray();
  return new Set(rows.map(({ name }) => name));
}

/** Opens credentials by name for use, which is noted at most once a minute; a name that is not known is absent. */
export async function openCredentials(
  db: Db,
  sealer: Sealer,
  given: { organizationId: string; names: readonly string[] },
): Promise<Map<string, string>> {
  const { organizationId, names } = given;
  const rows = await credentialsOf(db)
    .find({ organizationId, name: { $in: [...names] } })
    .toArray();
  const now = currentTime();
  const before = new Date(now.getTime() - lastUsedStepMs);
  const stale = rows.filter(({ lastUsedAt }) => !lastUsedAt || lastUsedAt < before).map(({ _id }) => _id);
  if (stale.length > 0)
    await credentialsOf(db).updateMany({ _id: { $in: stale } }, { $max: { lastUsedAt: now } });
  return new Map(rows.map(({ name, sealed }) => [name, sealer.open(sealed)]));
}

async function unlessTaken<Result>(name: string, write: () => Promise<Result>): Promise<Result> {
  try {
    return await write();
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    throw new AppError('conflict', `A credential with the name ${name} is there already.`, { cause: error });
  }
}
