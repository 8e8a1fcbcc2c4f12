import type { Context } from 'koa';
import type { Db } from 'mongodb';
import { AppError } from '../../../errors/app-error.ts';
import { findLiveKey, liveKeysOf, scopes } from '../../../store/access/api-keys.ts';
import type { Scope } from '../../../store/access/api-keys.ts';
import type { ApiDeps } from '../deps.ts';
import type { Principal, Route } from '../route.ts';

/** Finds who calls, by `Authorization: Bearer hl_…`. @throws AppError unauthorized without a live key */
export async function authenticate(db: Db, ctx: Context): Promise<Principal> {
  const [, text] = /^Bearer (hl_[A-Za-z0-9_-]+)$/i.exec(ctx.get('authorization')) ?? [];
  const key = text === undefined ? null : await findLiveKey(db, text);
  if (!key) throw new AppError('unauthorized', 'Expected `Authorization: Bearer hl_…` with a live API key.');
  return { organizationId: key.organizationId, keyId: key._id, scopes: key.scopes };
}

/**
 * Finds who opens a stream by a stream token, in `?access_token=`; `undefined` when there is none.
 * @throws AppError unauthorized for a token of another stream, an expired one, one of a revoked key
 */
export async function authenticateStream(
  { db, streamTokens }: Pick<ApiDeps, 'db' | 'streamTokens'>,
  ctx: Context,
  { streamOf }: Route,
): Promise<Principal | undefined> {
  const { access_token: token, ...query } = ctx.query;
  if (streamOf === undefined || token === undefined || ctx.get('authorization') !== '') return undefined;
  ctx.query = query;
  const grant = streamTokens.read(String(token));
  const params = ctx['params'] as { id?: string };
  const isOfStream = grant?.subject === streamOf && grant.id === params.id;
  if (!isOfStream || !(await liveKeysOf(db, [grant.keyId])).has(grant.keyId))
    throw new AppError('unauthorized', 'Expected an access_token for this stream that has not expired.');
  const { organizationId, keyId, expiresAt } = grant;
  return { organizationId, keyId, expiresAt, scopes: ['read'] };
}

/** @throws AppError forbidden when the key's scopes do not include `scope` */
export function requireScope({ scopes: given }: Principal, scope: Scope): void {
  if (!includesScope(given, scope))
    throw new AppError('forbidden', `The key needs the scope ${scope}; it has ${given.join(', ')}.`);
}

/** Whether scopes include one: each includes the ones before it. */
export function includesScope(given: readonly Scope[], wanted: Scope): boolean {
  return given.some((scope) => scopes.indexOf(scope) >= scopes.indexOf(wanted));
}
