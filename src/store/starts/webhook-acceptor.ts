import type { Db } from 'mongodb';
import { currentTime } from '../../clock.ts';
import { findDedupeKeys } from '../inbox/dedupe-keys.ts';
import { acceptInSession, acceptPlain, isKeyHeld } from './accept-plain.ts';
import type { AcceptingPlain } from './accept-plain.ts';
import { acceptWebhook, dedupeRowIdOf } from './accept-webhook.ts';
import type { NewEvent, Transact, WebhookStart } from './accept-webhook.ts';
import type { AcceptedWebhook } from './accepted-webhook.ts';

/** A request that is to be accepted. */
export interface WebhookRequest {
  event: NewEvent;
  starts: readonly WebhookStart[];
  /** The transaction that it must be part of. */
  transact?: Transact | undefined;
}

/** What accepts the requests of one process. */
export interface WebhookAcceptor {
  /**
   * Accepts a request: all its runs or, when it came before, none. Its effects follow.
   * @throws AppError idempotency-key-reused when a strict key came before with another body
   */
  accept(request: WebhookRequest): Promise<AcceptedWebhook>;
}

/** Creates the acceptor of one process. */
export function createWebhookAcceptor(given: AcceptingPlain): WebhookAcceptor {
  return {
    async accept({ event, starts, transact }) {
      const [start, ...others] = starts;
      const isPlain = others.length === 0 && start && !start.correlation && !start.gather && !start.isLine;
      const plain = isPlain && { event, run: start.run, dedupe: start.dedupe };
      if (plain && !transact) return acceptPlain(given, plain);
      const accepted =
        plain && transact
          ? await transact((session) => acceptInSession(given.db, session, plain))
          : await acceptWebhook({ ...given, transact }, event, starts);
      given.runLog.carryOut([...accepted.startedRunIds, ...accepted.resumedRunIds]);
      return accepted;
    },
  };
}

/** Whether a start repeats one that came before. */
export async function isKnownStart(db: Db, start: WebhookStart): Promise<boolean> {
  const id = dedupeRowIdOf(start);
  if (id === undefined) return false;
  const rows = await findDedupeKeys(db, [id]);
  const isKnown = [...rows.values()].some(({ expiresAt }) => expiresAt > currentTime());
  return isKnown || isKeyHeld(db, start.run.runId);
}
