import { ActivityExecutionAlreadyStartedError } from '@temporalio/client';
import type { Client } from '@temporalio/client';
import type { Db } from 'mongodb';
import { deliveriesOf } from '../../store/deliveries/deliveries.ts';
import type { DeliveryDocument } from '../../store/deliveries/deliveries.ts';
import { callDeadlineMs } from '../runs/start-run.ts';

/** Activity Type of a hook delivery. */
export const deliverHookType = 'deliverHook';

/**
 * Starts a delivery as one standalone Activity. Its id is the delivery id, so starting it twice cannot deliver twice
 * side by side. Idempotent.
 * @throws ServiceError when Temporal does not answer; the relay tries again
 */
export async function startDelivery(
  given: { client: Client; db: Db; taskQueue: string },
  delivery: Pick<DeliveryDocument, '_id' | 'endpointId' | 'eventType' | 'runId' | 'sequence' | 'starts'>,
): Promise<void> {
  const { client, db, taskQueue } = given;
  const start = () =>
    client.activity.start(deliverHookType, {
      id: delivery._id,
      taskQueue,
      args: [{ deliveryId: delivery._id }],
      summary: summaryOf(delivery),
      // The record decides what is sent, not Temporal: a closed Activity may be started again for a retry.
      idReusePolicy: 'ALLOW_DUPLICATE',
      idConflictPolicy: 'USE_EXISTING',
      startToCloseTimeout: '2m',
      heartbeatTimeout: '20s',
      retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m' },
      priority: { fairnessKey: delivery.endpointId },
    });
  // Started before: the Activity that waits, or is just ending, makes room for one that looks at the record now.
  if (delivery.starts > 1) await endWaiting(client, delivery._id);
  await client.withDeadline(Date.now() + callDeadlineMs, start).catch(ignoreStarted);
  // Not when another start was asked for meanwhile.
  const asked = { _id: delivery._id, starts: delivery.starts };
  await deliveriesOf(db).updateOne(asked, { $set: { startAt: null } });
}

function summaryOf({ eventType, runId, sequence, endpointId }: Parameters<typeof startDelivery>[1]): string {
  const place = sequence > 0 ? ` (${runId}, event ${sequence})` : '';
  return `${eventType}${place} to ${endpointId}`;
}

async function endWaiting(client: Client, id: string): Promise<void> {
  const end = () => client.activity.getHandle(id).terminate('brought forward');
  // Gone or closed already: there is nothing to end.
  await client.withDeadline(Date.now() + callDeadlineMs, end).catch(() => undefined);
}

function ignoreStarted(error: unknown): void {
  if (!(error instanceof ActivityExecutionAlreadyStartedError)) throw error;
}
