/** First attempts of one endpoint: a standalone Activity that many deliveries share. */
import { activityInfo, heartbeat } from '@temporalio/activity';
import { unlessLate } from '../../deadline.ts';
import { attemptDelivery } from './attempt-delivery.ts';
import type { AttemptDependencies } from './attempt-delivery.ts';
import { comeBackAt, heartbeatEveryMs, postponedUntil } from './come-back-later.ts';

/** How long a batch waits for an attempt, in milliseconds: one that hangs goes on without it. */
const batchWaitMs = 300;

/** The Activity, and the attempts that go on after it has answered. */
export interface DeliverHooks {
  deliverHooks: (call: { endpointId: string; deliveryIds: string[] }) => Promise<string>;
  /** Resolves when no attempt is under way any more. */
  drained(): Promise<void>;
}

/**
 * Creates the Activity. It makes the first attempts of its deliveries side by side, as far as the endpoint's limits allow,
 * and answers for those that end soon. The others go on in the process under their leases: whatever becomes of them, and of
 * those that fail, is carried by an Activity of their own. What may not be sent yet has the batch come back.
 */
export function createDeliverHooks(deps: AttemptDependencies): DeliverHooks {
  const underWay = new Set<Promise<void>>();

  /** Returns until when the delivery is put off; `undefined`: the batch has done its part. */
  async function carry(deliveryId: string, isNew: boolean): Promise<Date | undefined> {
    const claimed = await deps.store.claim({ deliveryId, isNew, isBatch: true }).catch((error: unknown) => {
      const until = postponedUntil(error);
      if (!until) throw error;
      return until;
    });
    if (!claimed || claimed instanceof Date) return claimed;
    const attempt = attemptDelivery(deps, claimed, false)
      .then(() => undefined)
      .catch((error: unknown) => deps.log.error({ err: error, deliveryId }, 'an attempt is lost'))
      .finally(() => underWay.delete(attempt));
    underWay.add(attempt);
    await unlessLate(batchWaitMs, attempt, () => undefined);
    return undefined;
  }

  return {
    async deliverHooks({ deliveryIds }) {
      const beating = setInterval(() => heartbeat(), heartbeatEveryMs);
      try {
        const isNew = activityInfo().attempt === 1;
        const carried = await Promise.allSettled(deliveryIds.map((id) => carry(id, isNew)));
        for (const one of carried) if (one.status === 'rejected') throw one.reason;
        const putOff = carried.flatMap((one) => (one.status === 'fulfilled' ? (one.value ?? []) : []));
        const [until] = putOff.sort((a, b) => a.getTime() - b.getTime());
        if (!until) return `${deliveryIds.length} deliveries`;
        const message = `${putOff.length} of ${deliveryIds.length} deliveries wait for the endpoint's limits`;
        throw comeBackAt(until, { type: 'endpoint_busy', message });
      } finally {
        clearInterval(beating);
      }
    },
    async drained() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}
