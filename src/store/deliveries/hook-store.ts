/** The store as `deliverHook` sees it: claims, attempts and outcomes of deliveries. */
import type { Db, MongoClient } from 'mongodb';
import { currentTime } from '../../clock.ts';
import { createClaims, placeInSchedule } from './claim-delivery.ts';
import type { ClaimAsk, ClaimedAttempt as Claimed } from './claim-delivery.ts';
import type { DeliveryDocument } from './deliveries.ts';
import { liveKeys, openHeaders } from '../endpoints/endpoint-keys.ts';
import { finishDelivery, outcomeChange } from './finish-delivery.ts';
import type { AttemptResult } from './finish-delivery.ts';
import { finishPlainly } from './finish-plainly.ts';
import { groupCalls } from '../mongo/group-calls.ts';
import type { Permits } from './permits.ts';
import type { Sealer } from '../access/seal.ts';

/** An attempt that nobody else may make. */
export interface ClaimedAttempt extends Claimed {
  /** Place of this attempt in the schedule: 1, 2, …; lost attempts have none. */
  place: number;
  /** Live signing secrets and Ed25519 keys, newest first. */
  secrets: string[];
  privateKeys: string[];
  /** PagerDuty's key, where the endpoint has one. */
  routingKey: string | undefined;
}

/** What the deliveries' Activities need of the store. What comes together is read and written together. */
export interface HookStore {
  /**
   * Claims the next attempt. Returns `undefined` when there is nothing to send: the delivery is over or held, waits for
   * its turn, or its endpoint is gone.
   * @throws AttemptPostponedError while it may not be sent; nothing is recorded of that
   */
  claim(ask: ClaimAsk): Promise<ClaimedAttempt | undefined>;
  /**
   * Records the attempt and what it means for the delivery and its endpoint. Idempotent.
   * @param isCarried an Activity of its own makes the next attempt; else one is started
   */
  finish(claimed: ClaimedAttempt, result: AttemptResult, isCarried: boolean): Promise<void>;
}

/** Creates the hooks' store of one worker process. Callbacks run after commit and must not throw. */
export function createHookStore(given: {
  mongo: MongoClient;
  db: Db;
  sealer: Sealer;
  permits: Permits;
  /** Deliveries to be started. */
  onDeliveries: (deliveries: DeliveryDocument[]) => void;
  /** An endpoint whose held deliveries go out has room for more. */
  onRoom: (endpointId: string) => void;
}): HookStore {
  const { db, sealer, onDeliveries, onRoom } = given;
  const claim = createClaims(given);
  const finish = groupCalls((finished: Parameters<typeof finishPlainly>[1]) => finishPlainly(db, finished));
  return {
    async claim(ask) {
      const claimed = await claim(ask);
      if (!claimed) return undefined;
      const keys = liveKeys(claimed.endpoint, sealer, currentTime());
      const endpoint = { ...claimed.endpoint, headers: openHeaders(claimed.endpoint, sealer) };
      const { sealedRoutingKey } = endpoint;
      const routingKey = sealedRoutingKey ? sealer.open(sealedRoutingKey) : undefined;
      return { ...claimed, endpoint, place: placeInSchedule(claimed.delivery), routingKey, ...keys };
    },
    async finish(claimed, result, isCarried) {
      const finished = { claimed, result, isCarried, change: outcomeChange(result.change, isCarried) };
      const started = (await finish(finished)) ?? (await finishDelivery(given, finished));
      if (started.length > 0) onDeliveries(started);
      if (claimed.endpoint.releasingSince) onRoom(claimed.endpoint._id);
    },
  };
}
