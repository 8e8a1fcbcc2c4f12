/** Disabling an endpoint and enabling it again. */
import type { ClientSession, Db, MongoClient } from 'mongodb';
import { currentTime } from '../../clock.ts';
import { afterEnabling } from '../../engine/deliveries/endpoint-health.ts';
import { inTransaction } from '../mongo/database.ts';
import type { DeliveryDocument } from '../deliveries/deliveries.ts';
import { recordEndpointEvent } from '../deliveries/endpoint-events.ts';
import { endpointsOf } from './endpoints.ts';
import type { DisabledReason, EndpointDocument } from './endpoints.ts';
import { sweepDueAt } from './sweep-endpoints.ts';

/**
 * Disables an active endpoint in the caller's transaction: its events are held from now on. Tells the others by
 * `endpoint.disabled`, once; one that is disabled already stays as it is.
 */
export async function disableInSession(
  db: Db,
  session: ClientSession,
  endpoint: EndpointDocument,
  given: { reason: DisabledReason; isSilent?: boolean },
): Promise<DeliveryDocument[]> {
  const { reason, isSilent = false } = given;
  const now = currentTime();
  const changed = await endpointsOf(db).updateOne(
    { _id: endpoint._id, status: 'active', deletedAt: null },
    {
      $set: {
        status: 'disabled',
        disabledReason: reason,
        releasingSince: null,
        sweepDueAt: sweepDueAt(),
        updatedAt: now,
      },
    },
    { session },
  );
  if (changed.modifiedCount === 0 || isSilent) return [];
  return recordEndpointEvent(db, session, endpoint, {
    type: 'endpoint.disabled',
    key: now.toISOString(),
    data: { reason },
  });
}

type Owner = Pick<EndpointDocument, '_id' | 'organizationId'>;

/** Disables an endpoint by hand. Returns it as it is now, with the deliveries of the event; `undefined`: it is gone. */
export async function disableEndpoint(
  { mongo, db }: { mongo: MongoClient; db: Db },
  { _id, organizationId }: Owner,
): Promise<{ endpoint: EndpointDocument; deliveries: DeliveryDocument[] } | undefined> {
  return inTransaction(mongo, async (session) => {
    const filter = { _id, organizationId, deletedAt: null };
    const before = await endpointsOf(db).findOne(filter, { session });
    if (!before) return undefined;
    const deliveries = await disableInSession(db, session, before, { reason: 'by_hand' });
    const endpoint = await endpointsOf(db).findOne(filter, { session });
    return endpoint ? { endpoint, deliveries } : undefined;
  });
}

/** Enables an endpoint: what is held goes out from now on, in order. Returns it as it is now; `null`: it is gone. */
export async function enableEndpoint(
  { mongo, db }: { mongo: MongoClient; db: Db },
  { _id, organizationId }: Owner,
): Promise<EndpointDocument | null> {
  return inTransaction(mongo, async (session) => {
    const filter = { _id, organizationId, deletedAt: null };
    const before = await endpointsOf(db).findOne(filter, { session });
    if (!before) return null;
    const now = currentTime();
    const set = {
      status: 'active' as const,
      disabledReason: null,
      releasingSince: now,
      pausedUntil: null,
      sweepDueAt: sweepDueAt(),
      updatedAt: now,
      ...(before.status === 'disabled' ? { health: afterEnabling(before.health, now) } : {}),
    };
    return endpointsOf(db).findOneAndUpdate(filter, { $set: set }, { session, returnDocument: 'after' });
  });
}
