/** What people do with deliveries and endpoints: retry, replay, hold and release, test. */
import type { Db, MongoClient } from 'mongodb';
import { eventSchemaVersion } from '../engine/event-catalog.ts';
import { AppError } from '../errors/app-error.ts';
import { inTransaction } from './database.ts';
import { createDelivery, deliveriesOf } from './deliveries.ts';
import type { DeliveryDocument } from './deliveries.ts';
import type { EndpointDocument } from './endpoints.ts';
import { eventsOf } from './events.ts';
import type { EventDocument } from './events.ts';
import { createId, deriveId } from './ids.ts';

const retryable = ['failure', 'retrying', 'held'];

/**
 * Makes a delivery due now: the same delivery again, with at least one more attempt.
 * @throws AppError attempt-in-flight while an attempt is under way, conflict when there is nothing to retry
 */
export async function retryDelivery(db: Db, delivery: DeliveryDocument): Promise<DeliveryDocument> {
  const { _id, status, leaseUntil, attemptCount, maxRetries } = delivery;
  if (leaseUntil && leaseUntil > new Date())
    throw new AppError('attempt-in-flight', 'An attempt is under way; try again when it is over.');
  if (!retryable.includes(status)) {
    throw new AppError(
      'conflict',
      `The delivery is ${status}; expected ${retryable.join(', ')}. To send a success again, replay it.`,
    );
  }
  const due = await deliveriesOf(db).findOneAndUpdate(
    { _id, status, attemptCount, leaseUntil },
    {
      $set: {
        status: 'pending',
        nextRetryAt: null,
        finishedAt: null,
        startConfirmed: false,
        maxRetries: Math.max(maxRetries, attemptCount),
      },
      $unset: { reason: '' },
    },
    { returnDocument: 'after' },
  );
  if (!due) throw new AppError('attempt-in-flight', 'An attempt has just begun.');
  return due;
}

/** Makes a new delivery of the same event to the same endpoint, whatever became of the first. */
export async function replayDelivery(db: Db, delivery: DeliveryDocument): Promise<DeliveryDocument> {
  const { reason: _, ...kept } = delivery;
  const replay: DeliveryDocument = {
    ...kept,
    _id: deriveId('dlv', delivery.eventId, delivery.endpointId, createId('rpl')),
    status: 'pending',
    replayOf: delivery.replayOf ?? delivery._id,
    attemptCount: 0,
    nextRetryAt: null,
    leaseUntil: null,
    startConfirmed: false,
    createdAt: new Date(),
    finishedAt: null,
  };
  await deliveriesOf(db).insertOne(replay);
  return replay;
}

/** Makes an endpoint's held deliveries due, in the order of their events; answers them. */
export async function releaseHeld(db: Db, endpointId: string): Promise<DeliveryDocument[]> {
  const filter = { endpointId, status: 'held' as const };
  const held = await deliveriesOf(db).find(filter).sort({ createdAt: 1, sequence: 1 }).toArray();
  const ids = held.map((delivery) => delivery._id);
  await deliveriesOf(db).updateMany(
    { ...filter, _id: { $in: ids } },
    { $set: { status: 'pending', startConfirmed: false } },
  );
  return held.map((delivery) => ({ ...delivery, status: 'pending' as const }));
}

/** Gives up what an endpoint still had to get. */
export async function discardOpen(
  db: Db,
  endpointId: string,
  reason: string,
  statuses: DeliveryDocument['status'][],
): Promise<void> {
  const set = { status: 'discarded' as const, reason, finishedAt: new Date() };
  await deliveriesOf(db).updateMany({ endpointId, status: { $in: statuses } }, { $set: set });
}

/** Records `endpoint.test` and its one delivery, whatever the endpoint's filter. */
export async function createTestDelivery(
  given: { mongo: MongoClient; db: Db },
  endpoint: EndpointDocument,
): Promise<DeliveryDocument> {
  const { mongo, db } = given;
  const event = testEvent(endpoint);
  const delivery = { ...createDelivery(event, endpoint), status: 'pending' as const, startConfirmed: false };
  await inTransaction(mongo, async (session) => {
    await eventsOf(db).insertOne(event, { session });
    await deliveriesOf(db).insertOne(delivery, { session });
  });
  return delivery;
}

/** An event of the organization: it belongs to no run and has no sequence. */
function testEvent(endpoint: EndpointDocument): EventDocument {
  const id = createId('evt');
  const now = new Date();
  const { _id: endpointId, organizationId } = endpoint;
  const data = { organizationId, endpointId, message: 'a test of this endpoint' };
  const envelope = {
    id,
    type: 'endpoint.test',
    timestamp: now.toISOString(),
    schemaVersion: eventSchemaVersion,
    data,
  };
  return {
    _id: id,
    // The log's index wants a place for every event; this one stands alone under its own id.
    runId: id,
    sequence: 0,
    type: 'endpoint.test',
    timestamp: now,
    recordedAt: now,
    organizationId,
    workflowId: '',
    body: JSON.stringify(envelope),
  };
}
