/** Claiming the next attempt of a delivery: everything that may keep it back, and the lease that makes it unique. */
import type { Db } from 'mongodb';
import { currentTime } from '../../clock.ts';
import { attemptsOf, checkAfter, deliveriesOf } from './deliveries.ts';
import type { DeliveryAttemptDocument, DeliveryDocument } from './deliveries.ts';
import { endpointsOf } from '../endpoints/endpoints.ts';
import type { EndpointDocument } from '../endpoints/endpoints.ts';
import { findEvent } from '../log/appends.ts';
import type { EventDocument } from '../log/events.ts';
import { deriveId } from '../mongo/ids.ts';
import type { Permit } from '../endpoints/endpoint-share.ts';
import type { Permits } from './permits.ts';
import { waitForTurn } from './run-order.ts';

/** An attempt that nobody else may make. */
export interface ClaimedAttempt {
  delivery: DeliveryDocument;
  endpoint: EndpointDocument;
  event: EventDocument;
  /** Number of this attempt: 1, 2, … */
  number: number;
  /** The endpoint's leave to send; given back when the attempt is over. */
  permit: Permit;
}

/** Nothing is sent now; the delivery is to be looked at again then. It costs no attempt. */
export class AttemptPostponedError extends Error {
  readonly until: Date;
  readonly type: 'attempt_in_flight' | 'not_due' | 'endpoint_paused' | 'endpoint_busy';

  constructor(type: AttemptPostponedError['type'], until: Date, message: string) {
    super(`${message}; again at ${until.toISOString()}`);
    this.name = 'AttemptPostponedError';
    this.type = type;
    this.until = until;
  }
}

/** Beyond the attempt's own deadline, in milliseconds: the time to record it. Source: the contract, hard cases, delivery. */
const leaseReserveMs = 15_000;
/** A timer may be this much early, in milliseconds. */
const earlyMs = 50;
/** Losses that do not use up the schedule; a delivery that loses more workers may be what kills them. */
const forgivenLosses = 5;

/**
 * Claims the next attempt by a conditional update. Returns `undefined` when there is nothing to send: the delivery is
 * over, held, waits for its turn, or its endpoint is gone.
 * @param given.isNew it is looked at for the first time
 * @throws AttemptPostponedError while it may not be sent
 */
export async function claimDelivery(
  deps: { db: Db; permits: Permits; onRoom: (endpointId: string) => void },
  given: { deliveryId: string; isNew: boolean },
): Promise<ClaimedAttempt | undefined> {
  const { db, permits, onRoom } = deps;
  const found = await deliveriesOf(db).findOne({ _id: given.deliveryId });
  if (!found || !['pending', 'retrying'].includes(found.status)) return undefined;
  const endpoint = await openEndpoint(db, found);
  if (!endpoint) return undefined;
  assertDue(found);
  if (endpoint.ordering === 'run' && (await waitForTurn(db, found))) {
    // What waits for its turn takes no room of those that are released.
    if (endpoint.releasingSince) onRoom(endpoint._id);
    return undefined;
  }
  const permit = await takePermit(db, permits, { found, endpoint, isNew: given.isNew });
  try {
    const delivery = await takeLease(db, { found, endpoint, permit });
    const event = await findEvent(db, delivery);
    if (!event) {
      permit.giveBack();
      return await discard(db, delivery, 'retention');
    }
    return { delivery, endpoint, event, number: delivery.attemptCount, permit };
  } catch (error) {
    permit.giveBack();
    throw error;
  }
}

/** The endpoint, unless it keeps the delivery back: that is then recorded. */
async function openEndpoint(db: Db, found: DeliveryDocument): Promise<EndpointDocument | undefined> {
  const endpoint = await endpointsOf(db).findOne({ _id: found.endpointId });
  if (!endpoint || endpoint.deletedAt) return discard(db, found, 'endpoint_deleted');
  return endpoint.status === 'disabled' && !found.byHand ? hold(db, found) : endpoint;
}

function assertDue({ leaseUntil, nextRetryAt }: DeliveryDocument): void {
  const now = currentTime();
  if (leaseUntil && leaseUntil > now)
    throw new AttemptPostponedError('attempt_in_flight', leaseUntil, 'an attempt is under way');
  // An Activity that was started anew does not bring the attempt forward.
  if (nextRetryAt && nextRetryAt.getTime() > now.getTime() + earlyMs)
    throw new AttemptPostponedError('not_due', nextRetryAt, 'the next attempt is not due');
}

async function takePermit(
  db: Db,
  permits: Permits,
  { found, endpoint, isNew }: { found: DeliveryDocument; endpoint: EndpointDocument; isNew: boolean },
): Promise<Permit> {
  const { pausedUntil } = endpoint;
  const isPaused = pausedUntil !== null && pausedUntil > currentTime() && !found.byHand;
  const answer = await permits.take(endpoint, { isNew, notBefore: isPaused ? pausedUntil.getTime() : 0 });
  if ('giveBack' in answer) return answer;
  const { comeBackAt } = answer;
  await deliveriesOf(db).updateOne(
    { _id: found._id, checkAt: { $lt: checkAfter(comeBackAt) } },
    { $set: { checkAt: checkAfter(comeBackAt) } },
  );
  const [type, why] = isPaused
    ? (['endpoint_paused', 'the receiver has asked for quiet'] as const)
    : (['endpoint_busy', 'the endpoint has as much as its limits allow'] as const);
  throw new AttemptPostponedError(type, comeBackAt, why);
}

async function takeLease(
  db: Db,
  { found, endpoint, permit }: { found: DeliveryDocument; endpoint: EndpointDocument; permit: Permit },
): Promise<DeliveryDocument> {
  const isLost = found.leaseUntil !== null;
  if (isLost) await recordLost(db, found);
  const leasedAt = currentTime();
  const leaseUntil = new Date(permit.sendAt.getTime() + endpoint.timeoutMs + leaseReserveMs);
  const claimed = await deliveriesOf(db).findOneAndUpdate(
    { _id: found._id, attemptCount: found.attemptCount, status: found.status, leaseUntil: found.leaseUntil },
    {
      $inc: { attemptCount: 1, lostCount: isLost ? 1 : 0 },
      $set: {
        leasedAt,
        leaseUntil,
        checkAt: checkAfter(leaseUntil),
        byHand: false,
        waitsSince: null,
        maxRetries: Math.max(endpoint.maxRetries, found.grantedRetries),
      },
    },
    { returnDocument: 'after' },
  );
  // Somebody else was faster: what they do with it is known when their lease ends.
  if (!claimed) throw new AttemptPostponedError('attempt_in_flight', leaseUntil, 'an attempt has just begun');
  return claimed;
}

/** The attempt whose worker was lost stands in the record as such. */
async function recordLost(db: Db, { _id, runId, attemptCount, leasedAt, leaseUntil }: DeliveryDocument) {
  const startedAt = leasedAt ?? currentTime();
  const row: Omit<DeliveryAttemptDocument, '_id'> = {
    deliveryId: _id,
    runId,
    number: attemptCount,
    startedAt,
    requestHeaders: {},
    responseStatus: null,
    responseHeaders: null,
    responseBody: null,
    responseBodyTruncated: false,
    durationMs: (leaseUntil ?? startedAt).getTime() - startedAt.getTime(),
    timings: {},
    remoteAddress: null,
    error: { type: 'worker_lost', message: 'the worker was lost before it recorded this attempt' },
  };
  await attemptsOf(db).updateOne(
    { _id: attemptId(_id, attemptCount) },
    { $setOnInsert: row },
    { upsert: true },
  );
}

/** Id of an attempt's record. */
export function attemptId(deliveryId: string, number: number): string {
  return deriveId('req', deliveryId, String(number));
}

/** Which place of the schedule an attempt has: 1, 2, …; lost ones have none. */
export function placeInSchedule({ attemptCount, lostCount }: DeliveryDocument): number {
  return attemptCount - Math.min(lostCount, forgivenLosses);
}

async function hold(db: Db, { _id }: DeliveryDocument): Promise<undefined> {
  const now = currentTime();
  await deliveriesOf(db).updateOne(
    {
      _id,
      status: { $in: ['pending', 'retrying'] },
      // An attempt under way decides itself.
      $or: [{ leaseUntil: null }, { leaseUntil: { $lte: now } }],
    },
    { $set: { status: 'held', nextRetryAt: null, waitsSince: null, startAt: null, checkAt: null } },
  );
}

async function discard(
  db: Db,
  { _id }: DeliveryDocument,
  reason: 'endpoint_deleted' | 'retention',
): Promise<undefined> {
  const set = {
    status: 'discarded',
    reason,
    finishedAt: currentTime(),
    startAt: null,
    checkAt: null,
  } as const;
  await deliveriesOf(db).updateOne(
    { _id, status: { $in: ['pending', 'retrying', 'held'] } },
    { $set: { ...set, nextRetryAt: null, waitsSince: null } },
  );
}
