/** Leave to send, for one worker process: permits and moments that MongoDB leases to it in blocks. */
import type { Db } from 'mongodb';
import { leaseMs } from '../../engine/deliveries/endpoint-limits.ts';
import type { Logger } from '../../log.ts';
import { EndpointShare } from '../endpoints/endpoint-share.ts';
import type { Permit, PermitAsk } from '../endpoints/endpoint-share.ts';
import type { EndpointDocument } from '../endpoints/endpoints.ts';
import { createId } from '../mongo/ids.ts';

/** The permits of one process. */
export interface Permits {
  /** Returns a permit, or when to ask again. */
  take(
    endpoint: Pick<EndpointDocument, '_id' | 'rateLimitPerSecond' | 'maxInFlight'>,
    ask: PermitAsk,
  ): Promise<Permit | { comeBackAt: Date }>;
  /** Stops renewing; what is held comes back by its lease. */
  stop(): void;
}

const renewEveryMs = leaseMs / 3;

/** Creates the permits of a process with so many `slots`, of which no endpoint has more than its share. */
export function createPermits(given: { db: Db; slots: number; log: Logger }): Permits {
  const processId = createId('wkr');
  const slots = { total: given.slots, inUse: 0 };
  const shares = new Map<string, EndpointShare>();
  const timer = setInterval(() => {
    for (const [id, share] of shares) {
      if (share.isIdle) shares.delete(id);
      else void share.renew();
    }
  }, renewEveryMs).unref();
  return {
    take(endpoint, ask) {
      const { _id: endpointId, rateLimitPerSecond: ratePerSecond, maxInFlight } = endpoint;
      const share = shares.get(endpointId) ?? new EndpointShare({ ...given, slots, endpointId, processId });
      shares.set(endpointId, share);
      share.limits = { ratePerSecond, maxInFlight };
      return share.take(ask);
    },
    stop: () => clearInterval(timer),
  };
}
