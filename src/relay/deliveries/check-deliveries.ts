/** Finds deliveries whose Activity Temporal no longer has: ended by an operator, or lost with Temporal's data. */
import { ActivityNotFoundError } from '@temporalio/client';
import type { Client } from '@temporalio/client';
import type { Db } from 'mongodb';
import { currentMs } from '../../clock.ts';
import type { Logger } from '../../log.ts';
import { checkAfter } from '../../engine/deliveries/delivery-states.ts';
import type { DeliveryDocument } from '../../store/deliveries/deliveries.ts';
import { claimCheck, findDueChecks, startAlone } from '../../store/deliveries/delivery-starts.ts';
import { callTemporal } from '../call-temporal.ts';

/** Deliveries that one pass looks at, and how many of them at a time. */
const batch = 200;
const concurrent = 20;
/** Longest between two looks at one delivery, in milliseconds. */
const longestMs = 60 * 60 * 1000;

/**
 * Asks Temporal for the Activities of deliveries that were due a minute ago and are still open; answers those that have
 * none and are to be started again. Starting one too many does no harm: the delivery's record decides what is sent.
 */
export async function checkDeliveries(given: {
  client: Client;
  db: Db;
  log: Logger;
}): Promise<DeliveryDocument[]> {
  const { client, db, log } = given;
  const due = await findDueChecks(db, batch);
  const lost: DeliveryDocument[] = [];
  for (let from = 0; from < due.length; from += concurrent) {
    const checked = due.slice(from, from + concurrent).map((delivery) => check(client, db, delivery));
    for (const found of await Promise.all(checked)) if (found) lost.push(found);
  }
  if (lost.length > 0) log.warn({ deliveries: lost.length }, 'Temporal has lost Activities of deliveries');
  return lost;
}

/** Of several processes one takes the look. */
async function check(client: Client, db: Db, delivery: DeliveryDocument): Promise<DeliveryDocument | null> {
  const { _id, createdAt, inBatch, batchId } = delivery;
  const now = currentMs();
  // The longer it waits the seldomer: behind a pause or a limit there may be very many.
  const nextMs = Math.min(longestMs, (now - createdAt.getTime()) / 2);
  if (!(await claimCheck(db, delivery, checkAfter(new Date(now + nextMs))))) return null;
  const activityId = inBatch ? batchId : _id;
  if (activityId && (await isLive(client, activityId))) return null;
  return startAlone(db, _id);
}

async function isLive(client: Client, id: string): Promise<boolean> {
  const describe = () => client.activity.getHandle(id).describe();
  try {
    const { status } = await callTemporal(client, describe);
    return status === 'RUNNING' || status === 'PAUSED';
  } catch (error) {
    if (error instanceof ActivityNotFoundError) return false;
    throw error;
  }
}
