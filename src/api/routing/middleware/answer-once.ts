/**
 * `Idempotency-Key`: what a request creates and its answer are written in one transaction. So a request that comes
 * again, on any process and after a `kill -9` at any time, creates nothing more and is answered the same.
 */
import { createHash } from 'node:crypto';
import type { Context } from 'koa';
import { AppError } from '../../../errors/app-error.ts';
import { inTransaction } from '../../../store/mongo/database.ts';
import {
  claimKey,
  findKeptAnswer,
  idempotencyIdOf,
  keepAnswer,
  KeyInUseError,
} from '../../../store/access/idempotency-keys.ts';
import type { KeyClaim } from '../../../store/access/idempotency-keys.ts';
import type { ApiDeps } from '../deps.ts';
import type { Answer, Commit, Principal } from '../route.ts';

/** A request on a route that creates. */
export interface CreatingRequest {
  ctx: Context;
  principal: Principal;
  /** The parsed body. */
  input: unknown;
}

/**
 * Lets `handle` create and answer; with an `Idempotency-Key` once within 24 hours. Refusals are not kept: nothing was
 * created, and the key is free.
 * @throws AppError idempotency-key-reused for another request, request-in-progress while the first is under way
 */
export async function answerOnce(
  deps: ApiDeps,
  request: CreatingRequest,
  handle: (commit: Commit) => Promise<Answer | undefined> | Answer | undefined,
): Promise<Answer | undefined> {
  const claim = claimOf(request);
  if (claim === undefined) return handle(plainCommit(deps));
  const kept = await findAnswer(deps, claim);
  if (kept) return kept;
  try {
    return await handle(keyedCommit(deps, claim));
  } catch (error) {
    if (!(error instanceof KeyInUseError)) throw error;
    const first = await findAnswer(deps, claim);
    if (first) return first;
    const detail = 'The first request with this Idempotency-Key is still running; ask again soon.';
    throw new AppError('request-in-progress', detail, { cause: error });
  }
}

function claimOf({ ctx, principal, input }: CreatingRequest): KeyClaim | undefined {
  const text = ctx.get('idempotency-key').trim();
  if (ctx.req.headers['idempotency-key'] === undefined) return undefined;
  // A key may be quoted, as a structured field is. Source: draft-ietf-httpapi-idempotency-key-header.
  const key = /^".*"$/.test(text) ? text.slice(1, -1) : text;
  if (!/^[\x20-\x7e]{1,255}$/.test(key))
    throw new AppError('invalid-request', 'Idempotency-Key: expected 1 to 255 characters of ASCII.');
  const asked = JSON.stringify([ctx.method, ctx.path, ctx.querystring, input ?? null]);
  const { organizationId } = principal;
  return {
    _id: idempotencyIdOf(organizationId, key),
    organizationId,
    fingerprint: createHash('sha256').update(asked).digest('hex'),
  };
}

async function findAnswer({ db, sealer }: ApiDeps, claim: KeyClaim): Promise<Answer | undefined> {
  const row = await findKeptAnswer(db, claim._id);
  if (!row) return undefined;
  if (row.fingerprint !== claim.fingerprint) {
    throw new AppError(
      'idempotency-key-reused',
      'The Idempotency-Key was used for another request; expected the same path and body, or another key.',
    );
  }
  const answer = JSON.parse(sealer.open(row.answer)) as Answer;
  return { ...answer, headers: { ...answer.headers, 'idempotency-replayed': 'true' } };
}

function plainCommit({ mongo }: ApiDeps): Commit {
  return (work) => inTransaction(mongo, work);
}

function keyedCommit({ mongo, db, sealer }: ApiDeps, claim: KeyClaim): Commit {
  return (work) =>
    inTransaction(mongo, async (session) => {
      // First: a duplicate learns that it is one before it meets what the first has created.
      await claimKey(db, session, claim);
      const created = await work(session);
      await keepAnswer(db, session, claim._id, sealer.seal(JSON.stringify(created.answer)));
      return created;
    });
}
