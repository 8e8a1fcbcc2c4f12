/** What the relay's sweep does for hooks: everything that a killed process may have left, and what time itself changes. */
import type { Client } from '@temporalio/client';
import type { Db, MongoClient } from 'mongodb';
import type { Logger } from '../../log.ts';
import type { DeliveryDocument } from '../../store/deliveries/deliveries.ts';
import { findOrdering } from '../../store/endpoints/endpoints.ts';
import { judgeEndpoints } from '../../store/endpoints/endpoint-health.ts';
import { releasingEndpoints } from '../../store/deliveries/release-held.ts';
import { startForgotten } from '../../store/deliveries/run-order.ts';
import { sweepEndpoints } from '../../store/endpoints/sweep-endpoints.ts';
import { takeUnstarted } from '../../store/deliveries/take-unstarted.ts';
import { checkDeliveries } from './check-deliveries.ts';

/** What a sweep is made with. */
export interface SweepingHooks {
  client: Client;
  mongo: MongoClient;
  db: Db;
  log: Logger;
}

/** Returns the deliveries that are to be started, and the endpoints that may have room for held ones. */
export async function sweepHooks(
  given: SweepingHooks,
): Promise<{ deliveries: DeliveryDocument[]; releasing: string[] }> {
  const { db, log } = given;
  const found = await Promise.allSettled([
    takeUnstarted(db),
    judgeEndpoints(given),
    startForgotten(db, (id) => findOrdering(db, id)),
    checkDeliveries(given),
  ]);
  const swept = await Promise.allSettled([sweepEndpoints(db)]);
  for (const one of [...found, ...swept])
    if (one.status === 'rejected') log.warn({ err: one.reason }, 'a sweep of hooks failed');
  const deliveries = found.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
  return { deliveries, releasing: await releasingEndpoints(db) };
}
