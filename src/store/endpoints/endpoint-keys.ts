/** What signs an endpoint's hooks: secrets (HMAC) and keys (Ed25519), sealed, several while one is rotated. */
import type { ClientSession, Db } from 'mongodb';
import { AppError } from '../../errors/app-error.ts';
import { endpointsOf, findEndpoint } from './endpoints.ts';
import type { EndpointDocument, SealedKey, SealedSecret } from './endpoints.ts';
import type { Sealer } from '../access/seal.ts';

/** More would make the signature header larger than receivers take. */
const maxLive = 5;

/** What signs now, newest first. */
export function liveKeys(endpoint: EndpointDocument, sealer: Sealer, now: Date) {
  const open = (keys: readonly SealedSecret[]) =>
    keys
      .filter((key) => isLive(key, now))
      .sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime())
      .map((key) => sealer.open(key.sealed));
  return { secrets: open(endpoint.secrets), privateKeys: open(endpoint.signingKeys ?? []) };
}

/** The custom headers as they are sent. */
export function openHeaders(
  { headers, sealedHeaders = {} }: Pick<EndpointDocument, 'headers' | 'sealedHeaders'>,
  sealer: Sealer,
): Record<string, string> {
  const opened = Object.entries(sealedHeaders).map(([name, sealed]) => [name, sealer.open(sealed)]);
  return { ...headers, ...Object.fromEntries(opened) };
}

/** Whether a secret or a key signs at a time. */
export function isLive(key: Pick<SealedSecret, 'expiresAt'>, now: Date): boolean {
  return !key.expiresAt || key.expiresAt > now;
}

/** Which list is rotated, what is new in it, and how much longer the old ones sign (0: no longer). */
export type Rotation =
  | { list: 'secrets'; fresh: SealedSecret; overlapSeconds: number }
  | { list: 'signingKeys'; fresh: SealedKey; overlapSeconds: number };

/**
 * Adds what is new and ends what was there; answers the endpoint as it is then. Of two rotations at once both count.
 * @throws AppError not-found, conflict with more than five live ones
 */
export async function rotateKeys(
  db: Db,
  owner: Pick<EndpointDocument, '_id' | 'organizationId'>,
  rotation: Rotation,
  session?: ClientSession,
): Promise<EndpointDocument> {
  for (;;) {
    const endpoint = await findEndpoint(db, owner.organizationId, owner._id, session);
    if (!endpoint) throw new AppError('not-found', 'No such endpoint.');
    const before = endpoint[rotation.list];
    const set = { [rotation.list]: rotated(before ?? [], rotation), updatedAt: rotation.fresh.createdAt };
    const after = await endpointsOf(db).findOneAndUpdate(
      // Only as it was read: another rotation is not to be undone.
      { _id: endpoint._id, deletedAt: null, [rotation.list]: before ?? { $exists: false } },
      { $set: set },
      { returnDocument: 'after', ...(session ? { session } : {}) },
    );
    if (after) return after;
  }
}

function rotated(before: readonly SealedSecret[], { fresh, overlapSeconds }: Rotation): SealedSecret[] {
  const now = fresh.createdAt;
  const end = new Date(now.getTime() + overlapSeconds * 1_000);
  const old = before
    .map((key) => ({ ...key, expiresAt: key.expiresAt && key.expiresAt < end ? key.expiresAt : end }))
    .filter((key) => isLive(key, now));
  if (old.length >= maxLive)
    throw new AppError(
      'conflict',
      `${old.length} older ones still sign; wait until one has ended, or rotate with overlapSeconds 0.`,
    );
  return [...old, fresh];
}
