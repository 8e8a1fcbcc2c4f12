import { ActivityExecutionAlreadyStartedError } from '@temporalio/client';
import type { Client } from '@temporalio/client';
import type { Db } from 'mongodb';
import { deliveriesOf } from '../store/deliveries.ts';
import { callDeadlineMs } from './start-run.ts';

/** Activity Type of a hook delivery. */
export const deliverHookType = 'deliverHook';

/**
 * Starts a delivery as one standalone Activity. Its id is the delivery id, so starting it twice cannot deliver twice
 * side by side. Idempotent.
 * @throws ServiceError when Temporal does not answer; the relay tries again
 */
export async function startDelivery(
  given: { client: Client; db: Db; taskQueue: string },
  delivery: { _id: string; endpointId: string; eventType: string; runId: string },
): Promise<void> {
  const { client, db, taskQueue } = given;
  const start = () =>
    client.activity.start(deliverHookType, {
      id: delivery._id,
      taskQueue,
      args: [{ deliveryId: delivery._id }],
      summary: `${delivery.eventType} of ${delivery.runId} to ${delivery.endpointId}`,
      // The record decides what is sent, not Temporal: a closed Activity may be started again for a retry.
      idReusePolicy: 'ALLOW_DUPLICATE',
      idConflictPolicy: 'USE_EXISTING',
      startToCloseTimeout: '2m',
      retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m' },
      priority: { fairnessKey: delivery.endpointId },
    });
  await client.withDeadline(Date.now() + callDeadlineMs, start).catch(ignoreStarted);
  await deliveriesOf(db).updateOne({ _id: delivery._id }, { $set: { startConfirmed: true } });
}

function ignoreStarted(error: unknown): void {
  if (!(error instanceof ActivityExecutionAlreadyStartedError)) throw error;
}
