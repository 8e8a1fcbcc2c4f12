import type { Db } from 'mongodb';
import type { Logger } from '../../../log.ts';
import { createApiKey, isKnownKey } from '../../../store/access/api-keys.ts';
import { createOrganization, findFirstOrganization } from '../../../store/access/organizations.ts';
import { isDuplicateKey } from '../../../store/mongo/repeat-transaction.ts';

/** Makes the first organization and its admin key when there is none; a key that was not given is printed once. */
export async function ensureFirstOrganization(
  db: Db,
  bootstrapKey: string | undefined,
  log: Logger,
): Promise<void> {
  if (bootstrapKey !== undefined && (await isKnownKey(db, bootstrapKey))) return;
  const organizationId = await firstOrganization(db, bootstrapKey !== undefined);
  if (organizationId === undefined) return;
  const key = { organizationId, name: 'first key', scopes: ['operator' as const] };
  // Two processes may start at once: the unique hash lets one of them make the given key.
  const created = await createApiKey(db, key, { text: bootstrapKey }).catch(ignoreDuplicate);
  if (created && bootstrapKey === undefined) process.stdout.write(`API key (shown once): ${created.text}\n`);
  log.info({ organizationId }, 'the first organization is there');
}

/** The id for a key that is to be made; `undefined` when an organization exists and no key was given. */
async function firstOrganization(db: Db, isKeyGiven: boolean): Promise<string | undefined> {
  const first = await findFirstOrganization(db);
  if (first) return isKeyGiven ? first._id : undefined;
  return (await createOrganization(db, 'first organization'))._id;
}

function ignoreDuplicate(error: unknown): undefined {
  if (!isDuplicateKey(error)) throw error;
  return undefined;
}
