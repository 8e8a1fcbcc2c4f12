/** Changes of an endpoint's settings, with what they mean for deliveries that are under way. */
import type { Db } from 'mongodb';
import { currentTime } from '../../clock.ts';
import { sendableStatuses, startedAlone, startedInBatch } from '../../engine/deliveries/delivery-states.ts';
import { deliveriesOf, updateOf } from '../deliveries/deliveries.ts';
import { findEndpoint, updateEndpoint } from './endpoints.ts';
import type { EndpointDocument } from './endpoints.ts';
import { startWaiting } from '../deliveries/run-order.ts';
import { sweepDueAt } from './sweep-endpoints.ts';

type Owner = Pick<EndpointDocument, '_id' | 'organizationId'>;
/** The settings that people give. */
export type EndpointSettings = Pick<
  EndpointDocument,
  | 'name'
  | 'description'
  | 'url'
  | 'subscribedEventTypes'
  | 'workflowIds'
  | 'maxRetries'
  | 'retrySchedule'
  | 'timeoutMs'
  | 'rateLimitPerSecond'
  | 'maxInFlight'
  | 'ordering'
  | 'headers'
  | 'sealedHeaders'
  | 'payload'
  | 'filter'
  | 'transform'
  | 'sealedRoutingKey'
>;

/**
 * Changes settings; each holds from the next attempt on, of deliveries under way too. Returns the endpoint as it is now,
 * `null` when it is gone. A new schedule without `maxRetries` sets `maxRetries` to its length, as at creation; a new URL
 * ends a pause that the old receiver has asked for.
 */
export async function patchEndpoint(
  db: Db,
  owner: Owner,
  given: { [Name in keyof EndpointSettings]?: EndpointSettings[Name] | undefined },
): Promise<EndpointDocument | null> {
  const before = await findEndpoint(db, owner.organizationId, owner._id);
  if (!before) return null;
  const { retrySchedule, maxRetries = retrySchedule && retrySchedule.length - 1 } = given;
  const isElsewhere = given.url !== undefined && given.url !== before.url;
  const entries = Object.entries({ ...given, maxRetries }).filter(([, value]) => value !== undefined);
  const endpoint = await updateEndpoint(db, owner, {
    ...(Object.fromEntries(entries) as Partial<EndpointSettings>),
    ...(isElsewhere ? { pausedUntil: null } : {}),
    sweepDueAt: sweepDueAt(),
  });
  if (given.ordering === 'none' && before.ordering === 'run') await startWaiting(db, owner._id);
  if (isElsewhere && before.pausedUntil) await startDue(db, owner._id);
  return endpoint;
}

/** Starts again what is due at an endpoint: its Activities may sleep until a pause is over that has ended early. */
export async function startDue(db: Db, endpointId: string): Promise<void> {
  const now = currentTime();
  const due = {
    endpointId,
    status: { $in: sendableStatuses },
    waitsSince: null,
    leaseUntil: null,
    $or: [{ nextRetryAt: null }, { nextRetryAt: { $lte: now } }],
  };
  await deliveriesOf(db).updateMany({ ...due, inBatch: false }, updateOf(startedAlone(now)));
  await deliveriesOf(db).updateMany({ ...due, inBatch: true }, updateOf(startedInBatch(now)));
}
