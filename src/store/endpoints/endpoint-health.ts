/** Health of endpoints as attempts change it and as time does, with the events that tell of it. */
import type { ClientSession, Db, MongoClient } from 'mongodb';
import {
  afterFailure,
  afterSuccess,
  disableAfterMs,
  disablesAt,
  dueOf,
  warnings,
} from '../../engine/deliveries/endpoint-health.ts';
import { currentTime } from '../../clock.ts';
import type { EndpointHealth, HealthChange } from '../../engine/deliveries/endpoint-health.ts';
import { inTransaction } from '../mongo/database.ts';
import type { DeliveryDocument } from '../deliveries/deliveries.ts';
import { disableInSession } from './disable-endpoint.ts';
import { recordEndpointEvent } from '../deliveries/endpoint-events.ts';
import { endpointsOf } from './endpoints.ts';
import type { EndpointDocument } from './endpoints.ts';

/** Writes what an attempt says of its endpoint, when that changes anything. Returns the deliveries of what is told. */
export async function noteAttempt(
  db: Db,
  session: ClientSession,
  endpoint: EndpointDocument,
  attempt: { at: Date; error: string | null },
): Promise<DeliveryDocument[]> {
  const { at, error } = attempt;
  const change =
    error === null ? afterSuccess(endpoint.health, at) : afterFailure(endpoint.health, { at, error });
  if (!change) return [];
  await endpointsOf(db).updateOne({ _id: endpoint._id }, { $set: { health: change.health } }, { session });
  return tell(db, session, endpoint, change);
}

async function tell(
  db: Db,
  session: ClientSession,
  endpoint: EndpointDocument,
  change: HealthChange,
): Promise<DeliveryDocument[]> {
  if (change.tells === undefined) return [];
  // Both ends of one failing time are named by its beginning.
  const since = (change.health.failingSince ?? endpoint.health.failingSince)?.toISOString() ?? '';
  const data = change.tells === 'endpoint.failing' ? describeFailing(change.health) : {};
  return recordEndpointEvent(db, session, endpoint, { type: change.tells, key: since, data });
}

function describeFailing(health: EndpointHealth) {
  const end = disablesAt(health);
  return {
    failures: health.failuresInRow,
    lastError: health.lastError ?? '',
    ...(end ? { disablesAt: end.toISOString() } : {}),
  };
}

/** Endpoints that one sweep looks at. */
const batch = 100;

/**
 * Warns of failing endpoints and disables those that had no success for five days. Idempotent, and right when several
 * processes do it at once. Returns the deliveries of what is told.
 */
export async function judgeEndpoints(given: { mongo: MongoClient; db: Db }): Promise<DeliveryDocument[]> {
  const { mongo, db } = given;
  const now = currentTime();
  const firstWarning = new Date(now.getTime() - (disableAfterMs * warnings[0]) / 100);
  const failing = await endpointsOf(db)
    .find({
      'health.status': 'failing',
      'health.failingSince': { $lte: firstWarning },
      status: 'active',
      deletedAt: null,
    })
    .sort({ 'health.failingSince': 1 })
    .limit(batch)
    .toArray();
  const told: DeliveryDocument[] = [];
  for (const { _id, health } of failing) {
    if (dueOf(health, now) === undefined) continue;
    told.push(...(await inTransaction(mongo, (session) => judge(db, session, _id))));
  }
  return told;
}

async function judge(db: Db, session: ClientSession, endpointId: string): Promise<DeliveryDocument[]> {
  const endpoint = await endpointsOf(db).findOne({ _id: endpointId, deletedAt: null }, { session });
  const due = endpoint?.status === 'active' ? dueOf(endpoint.health, currentTime()) : undefined;
  if (!endpoint || due === undefined) return [];
  if (due === 'disable') return disableInSession(db, session, endpoint, { reason: 'no_success' });
  const set = { 'health.warnedPercent': due.percent };
  await endpointsOf(db).updateOne({ _id: endpointId }, { $set: set }, { session });
  const since = endpoint.health.failingSince?.toISOString() ?? '';
  return recordEndpointEvent(db, session, endpoint, {
    type: 'endpoint.failing',
    key: `${since} ${due.percent}`,
    data: { ...describeFailing(endpoint.health), ...due },
  });
}
