/** Claiming the next attempts of deliveries: everything that may keep one back, and the lease that makes it unique. */
import type { Db } from 'mongodb';
import { currentTime } from '../../clock.ts';
import {
  checkAfter,
  discarded,
  held,
  openStatuses,
  sendableStatuses,
  stateOf,
} from '../../engine/deliveries/delivery-states.ts';
import { deliveriesOf, updateOf } from './deliveries.ts';
import type { DeliveryDocument } from './deliveries.ts';
import { endpointsOf } from '../endpoints/endpoints.ts';
import type { EndpointDocument } from '../endpoints/endpoints.ts';
import type { EventDocument } from '../log/events.ts';
import { groupCalls } from '../mongo/group-calls.ts';
import type { Permit } from '../endpoints/endpoint-share.ts';
import { takeLeases } from './take-leases.ts';
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

/** Which attempt is asked for. */
export interface ClaimAsk {
  deliveryId: string;
  /** It is looked at for the first time. */
  isNew: boolean;
  /** A batch asks: only for what still travels in one, and has no attempt under way. */
  isBatch: boolean;
}

/** A timer may be this much early, in milliseconds. */
const earlyMs = 50;
/** Losses that do not use up the schedule; a delivery that loses more workers may be what kills them. */
const forgivenLosses = 5;

interface ClaimDeps {
  db: Db;
  permits: Permits;
  /** An endpoint whose held deliveries go out has room for more. */
  onRoom: (endpointId: string) => void;
}

/**
 * Creates what claims the next attempt of a delivery; claims that come together are looked up and leased together. It
 * answers `undefined` when there is nothing to send: the delivery is over, held, waits for its turn, or its endpoint is
 * gone; and throws AttemptPostponedError while it may not be sent.
 */
export function createClaims(deps: ClaimDeps): (ask: ClaimAsk) => Promise<ClaimedAttempt | undefined> {
  const { db } = deps;
  const lookUp = groupCalls((ids: readonly string[]) => readDeliveries(db, ids));
  const lease = groupCalls((asks: readonly Parameters<typeof takeLeases>[1][number][]) =>
    takeLeases(db, asks),
  );
  return async (ask) => {
    const { found, endpoint } = await lookUp(ask.deliveryId);
    if (!found || !(await maySend(deps, { found, endpoint, ask }))) return undefined;
    const permit = await takePermit(deps, {
      found,
      endpoint: endpoint as EndpointDocument,
      isNew: ask.isNew,
    });
    try {
      const taken = await lease({ found, endpoint: endpoint as EndpointDocument, permit });
      if (taken.delivery && taken.event) {
        const { delivery, event } = taken;
        return {
          delivery,
          event,
          endpoint: endpoint as EndpointDocument,
          number: delivery.attemptCount,
          permit,
        };
      }
      permit.giveBack();
      // Somebody else was faster: what they do with it is known when their lease ends.
      if (!taken.delivery && !ask.isBatch)
        throw new AttemptPostponedError('attempt_in_flight', taken.until, 'an attempt has just begun');
      if (taken.delivery) await discard(db, taken.delivery, 'retention');
      return undefined;
    } catch (error) {
      permit.giveBack();
      throw error;
    }
  };
}

interface Found {
  found: DeliveryDocument | undefined;
  endpoint: EndpointDocument | undefined;
}

async function readDeliveries(db: Db, ids: readonly string[]): Promise<Found[]> {
  const rows = await deliveriesOf(db)
    .find({ _id: { $in: [...new Set(ids)] } })
    .toArray();
  const endpointIds = [...new Set(rows.map((row) => row.endpointId))];
  const endpoints = await endpointsOf(db)
    .find({ _id: { $in: endpointIds } })
    .toArray();
  const byId = new Map(rows.map((row) => [row._id, row]));
  const endpointById = new Map(endpoints.map((endpoint) => [endpoint._id, endpoint]));
  return ids.map((id) => {
    const found = byId.get(id);
    return { found, endpoint: found && endpointById.get(found.endpointId) };
  });
}

/** Whether nothing but the endpoint's limits keeps it back; what does, is recorded. @throws AttemptPostponedError */
async function maySend(
  { db, onRoom }: ClaimDeps,
  given: { found: DeliveryDocument; endpoint: EndpointDocument | undefined; ask: ClaimAsk },
): Promise<boolean> {
  const { found, endpoint, ask } = given;
  const now = currentTime();
  if (!isClaimable(found, ask, now)) return false;
  if (!endpoint || endpoint.deletedAt) return discard(db, found, 'endpoint_deleted');
  if (endpoint.status === 'disabled' && !found.byHand) return hold(db, found);
  assertDue(found, now);
  if (!(await waitForTurn(db, found, endpoint))) return true;
  // What waits for its turn takes no room of those that are released.
  if (endpoint.releasingSince) onRoom(endpoint._id);
  return false;
}

function isClaimable(found: DeliveryDocument, { isBatch }: ClaimAsk, now: Date): boolean {
  return isBatch ? found.inBatch && stateOf(found, now) === 'due' : sendableStatuses.includes(found.status);
}

function assertDue({ leaseUntil, nextRetryAt }: DeliveryDocument, now: Date): void {
  if (leaseUntil && leaseUntil > now)
    throw new AttemptPostponedError('attempt_in_flight', leaseUntil, 'an attempt is under way');
  // An Activity that was started anew does not bring the attempt forward.
  if (nextRetryAt && nextRetryAt.getTime() > now.getTime() + earlyMs)
    throw new AttemptPostponedError('not_due', nextRetryAt, 'the next attempt is not due');
}

async function takePermit(
  { db, permits }: ClaimDeps,
  { found, endpoint, isNew }: { found: DeliveryDocument; endpoint: EndpointDocument; isNew: boolean },
): Promise<Permit> {
  const { pausedUntil } = endpoint;
  const isPaused = pausedUntil !== null && pausedUntil > currentTime() && !found.byHand;
  const answer = await permits.take(endpoint, { isNew, notBefore: isPaused ? pausedUntil.getTime() : 0 });
  if ('giveBack' in answer) return answer;
  const { comeBackAt } = answer;
  const checkAt = checkAfter(comeBackAt);
  if (found.checkAt && found.checkAt < comeBackAt)
    await deliveriesOf(db).updateOne({ _id: found._id, checkAt: { $lt: checkAt } }, { $set: { checkAt } });
  const [type, why] = isPaused
    ? (['endpoint_paused', 'the receiver has asked for quiet'] as const)
    : (['endpoint_busy', 'the endpoint has as much as its limits allow'] as const);
  throw new AttemptPostponedError(type, comeBackAt, why);
}

/** Which place of the schedule an attempt has: 1, 2, …; lost ones have none. */
export function placeInSchedule({ attemptCount, lostCount }: DeliveryDocument): number {
  return attemptCount - Math.min(lostCount, forgivenLosses);
}

async function hold(db: Db, { _id }: DeliveryDocument): Promise<false> {
  await deliveriesOf(db).updateOne(
    {
      _id,
      status: { $in: sendableStatuses },
      // An attempt under way decides itself.
      $or: [{ leaseUntil: null }, { leaseUntil: { $lte: currentTime() } }],
    },
    updateOf(held()),
  );
  return false;
}

async function discard(
  db: Db,
  { _id }: DeliveryDocument,
  reason: 'endpoint_deleted' | 'retention',
): Promise<false> {
  const change = discarded(currentTime(), reason);
  await deliveriesOf(db).updateOne({ _id, status: { $in: openStatuses } }, updateOf(change));
  return false;
}
