/** The store as `deliverHook` sees it: claims, attempts and outcomes of deliveries. */
import type { Db } from 'mongodb';
import { liveKeys } from './endpoint-keys.ts';
import { attemptsOf, deliveriesOf } from './deliveries.ts';
import type { DeliveryAttemptDocument, DeliveryDocument } from './deliveries.ts';
import { endpointsOf } from './endpoints.ts';
import type { EndpointDocument } from './endpoints.ts';
import { eventsOf } from './events.ts';
import type { EventDocument } from './events.ts';
import { deriveId } from './ids.ts';
import type { Sealer } from './seal.ts';

/** An attempt that nobody else may make. */
export interface ClaimedAttempt {
  delivery: DeliveryDocument;
  endpoint: EndpointDocument;
  event: EventDocument;
  /** Number of this attempt: 1, 2, … */
  number: number;
  /** Live signing secrets and Ed25519 keys, newest first. */
  secrets: string[];
  privateKeys: string[];
}

/** How an attempt left its delivery. */
export type DeliveryChange =
  { status: 'success' } | { status: 'retrying'; nextRetryAt: Date } | { status: 'failure'; reason?: string };

/** What `deliverHook` needs of the store. */
export interface HookStore {
  /**
   * Claims the next attempt by a conditional update. Answers `undefined` when there is nothing to send: the delivery
   * is over or held, or its endpoint is gone.
   * @throws AttemptInFlightError while another attempt's lease is live
   */
  claim(deliveryId: string): Promise<ClaimedAttempt | undefined>;
  /** Records the attempt, then what it means for the delivery. Idempotent. */
  finish(
    claimed: ClaimedAttempt,
    attempt: Omit<DeliveryAttemptDocument, '_id' | 'deliveryId' | 'runId' | 'number'>,
    change: DeliveryChange,
  ): Promise<void>;
}

/** Another attempt of the delivery is under way, or was lost a moment ago. */
export class AttemptInFlightError extends Error {
  readonly until: Date;

  constructor(until: Date) {
    super(`an attempt is under way until ${until.toISOString()}`);
    this.name = 'AttemptInFlightError';
    this.until = until;
  }
}

/** Beyond the attempt's own deadline, in milliseconds: the time to record it. */
const leaseReserveMs = 15_000;

/** Creates the hooks' store of one worker process. */
export function createHookStore(db: Db, sealer: Sealer): HookStore {
  return {
    async claim(deliveryId) {
      const found = await deliveriesOf(db).findOne({ _id: deliveryId });
      if (!found) return undefined;
      const endpoint = await endpointsOf(db).findOne({ _id: found.endpointId });
      if (!endpoint || endpoint.deletedAt) {
        await discard(db, deliveryId, 'endpoint_deleted');
        return undefined;
      }
      const delivery = await takeLease(db, found, endpoint);
      if (!delivery) return undefined;
      const event = await eventsOf(db).findOne({ _id: delivery.eventId });
      if (!event) throw new Error(`event ${delivery.eventId} of delivery ${deliveryId} is missing`);
      return {
        delivery,
        endpoint,
        event,
        number: delivery.attemptCount,
        ...liveKeys(endpoint, sealer, new Date()),
      };
    },
    async finish(claimed, attempt, change) {
      const { delivery, number } = claimed;
      const row = { ...attempt, deliveryId: delivery._id, runId: delivery.runId, number };
      const id = deriveId('req', delivery._id, String(number));
      await attemptsOf(db).updateOne({ _id: id }, { $setOnInsert: row }, { upsert: true });
      if (change.status === 'failure' && change.reason === 'gone') await disableGone(db, delivery.endpointId);
      const isOver = change.status !== 'retrying';
      const set = {
        ...change,
        leaseUntil: null,
        nextRetryAt: change.status === 'retrying' ? change.nextRetryAt : null,
        finishedAt: isOver ? new Date() : null,
      };
      await deliveriesOf(db).updateOne(
        { _id: delivery._id, attemptCount: number, status: { $in: ['pending', 'retrying'] } },
        { $set: set },
      );
    },
  };
}

async function takeLease(
  db: Db,
  found: DeliveryDocument,
  endpoint: EndpointDocument,
): Promise<DeliveryDocument | null> {
  if (endpoint.status === 'disabled') {
    await deliveriesOf(db).updateOne(
      { _id: found._id, status: { $in: ['pending', 'retrying'] } },
      { $set: { status: 'held', leaseUntil: null } },
    );
    return null;
  }
  const now = new Date();
  if (!['pending', 'retrying'].includes(found.status)) return null;
  if (found.leaseUntil && found.leaseUntil > now) throw new AttemptInFlightError(found.leaseUntil);
  const leaseUntil = new Date(now.getTime() + endpoint.timeoutMs + leaseReserveMs);
  const claimed = await deliveriesOf(db).findOneAndUpdate(
    { _id: found._id, attemptCount: found.attemptCount, status: found.status, leaseUntil: found.leaseUntil },
    { $inc: { attemptCount: 1 }, $set: { leaseUntil } },
    { returnDocument: 'after' },
  );
  // Somebody else was faster: what they do with it is known when their lease ends.
  if (!claimed) throw new AttemptInFlightError(leaseUntil);
  return claimed;
}

/** `410` says that nobody will be there again: the endpoint's events are held from now on. */
async function disableGone(db: Db, endpointId: string): Promise<void> {
  const set = {
    status: 'disabled' as const,
    disabledReason: 'the receiver answered 410',
    updatedAt: new Date(),
  };
  await endpointsOf(db).updateOne({ _id: endpointId, status: 'active' }, { $set: set });
}

async function discard(db: Db, deliveryId: string, reason: string): Promise<void> {
  await deliveriesOf(db).updateOne(
    { _id: deliveryId, status: { $in: ['pending', 'retrying', 'held'] } },
    { $set: { status: 'discarded', reason, finishedAt: new Date(), leaseUntil: null } },
  );
}
