import { ActivityExecutionAlreadyStartedError } from '@temporalio/client';
import type { ActivityOptions, Client } from '@temporalio/client';
import type { Db } from 'mongodb';
import { currentMs } from '../../clock.ts';
import type { DeliveryDocument } from '../../store/deliveries/deliveries.ts';
import { noteBatched, noteStarted } from '../../store/deliveries/delivery-starts.ts';
import { deriveId } from '../../store/mongo/ids.ts';
import { callTemporal } from '../call-temporal.ts';

/** Activity Types of hook deliveries: one of its own, and many of one endpoint. */
export const hookActivityTypes = { alone: 'deliver-hook', batch: 'deliver-hooks' } as const;

/** What starts deliveries. */
export interface DeliveryStarts {
  client: Client;
  db: Db;
  taskQueue: string;
}

/** What holds of both types. The record decides what is sent, not Temporal: a killed worker's are tried again within seconds. */
const shared = {
  idReusePolicy: 'ALLOW_DUPLICATE',
  idConflictPolicy: 'USE_EXISTING',
  startToCloseTimeout: '2m',
  heartbeatTimeout: '10s',
  // Never longer: each killed worker would double the wait of what it had.
  retry: { initialInterval: '1s', backoffCoefficient: 1 },
} satisfies Partial<ActivityOptions>;

/**
 * Starts a delivery as one standalone Activity. Its id is the delivery id, so starting it twice cannot deliver twice
 * side by side. Idempotent.
 * @throws ServiceError when Temporal does not answer; the relay tries again
 */
export async function startDelivery(
  { client, db, taskQueue }: DeliveryStarts,
  delivery: DeliveryDocument,
): Promise<void> {
  const { _id, starts, endpointId, nextRetryAt } = delivery;
  const delayMs = nextRetryAt ? nextRetryAt.getTime() - currentMs() : 0;
  const start = () =>
    client.activity.start(hookActivityTypes.alone, {
      ...shared,
      id: _id,
      taskQueue,
      args: [{ deliveryId: _id }],
      summary: summaryOf(delivery),
      priority: { fairnessKey: endpointId },
      ...(delayMs > 0 ? { startDelay: delayMs } : {}),
    });
  // Started before: the Activity that waits, or is just ending, makes room for one that looks at the record now.
  if (starts > 1) await endWaiting(client, _id);
  await callTemporal(client, start).catch(ignoreStarted);
  await noteStarted(db, delivery);
}

/**
 * Starts deliveries of one endpoint as one standalone Activity; its id is of its first delivery and its beginning.
 * Idempotent. Resolves when it is started, with what resolves when it has answered, or `stopped` is aborted.
 * @throws ServiceError when Temporal does not answer; the sweep tries again
 */
export async function startBatch(
  { client, db, taskQueue }: DeliveryStarts,
  batch: { endpointId: string; deliveryIds: string[]; stopped: AbortSignal },
): Promise<{ answered: Promise<void> }> {
  const { endpointId, deliveryIds, stopped } = batch;
  const batchId = deriveId('hkb', endpointId, ...deliveryIds, String(currentMs()));
  const start = () =>
    client.activity.start(hookActivityTypes.batch, {
      ...shared,
      id: batchId,
      taskQueue,
      args: [{ endpointId, deliveryIds }],
      summary: `${deliveryIds.length} to ${endpointId}`,
      priority: { fairnessKey: endpointId },
    });
  const handle = await callTemporal(client, start);
  await noteBatched(db, batchId, deliveryIds);
  // Nobody waits past the end of the process's connection: a call on it would throw out of any promise.
  const answered = client
    .withAbortSignal(stopped, () => handle.result())
    .then(
      () => undefined,
      () => undefined,
    );
  return { answered };
}

function summaryOf({ eventType, runId, sequence, endpointId }: DeliveryDocument): string {
  const place = sequence > 0 ? ` (${runId}, event ${sequence})` : '';
  return `${eventType}${place} to ${endpointId}`;
}

async function endWaiting(client: Client, id: string): Promise<void> {
  const end = () => client.activity.getHandle(id).terminate('brought forward');
  // Gone or closed already: there is nothing to end.
  await callTemporal(client, end).catch(() => undefined);
}

function ignoreStarted(error: unknown): void {
  if (!(error instanceof ActivityExecutionAlreadyStartedError)) throw error;
}
