/** What people do with deliveries: retry, replay, test. */
import type { ClientSession, Db } from 'mongodb';
import { currentTime } from '../../clock.ts';
import { AppError } from '../../errors/app-error.ts';
import { placeInSchedule } from './claim-delivery.ts';
import { created, retriedNow } from '../../engine/deliveries/delivery-states.ts';
import type { DeliveryStatus } from '../../engine/deliveries/delivery-states.ts';
import { createDelivery, deliveriesOf, updateOf } from './deliveries.ts';
import type { DeliveryDocument } from './deliveries.ts';
import { createEndpointAppend, createEndpointEvent } from './endpoint-events.ts';
import type { EndpointDocument } from '../endpoints/endpoints.ts';
import { appendsOf } from '../log/appends.ts';
import { createId, deriveId } from '../mongo/ids.ts';

/** What may be retried by hand: a first attempt that is still to come is under way already. */
const retryable: DeliveryStatus[] = ['failure', 'retrying', 'held'];

/**
 * Makes a delivery due now: the same delivery again, with at least one more attempt. Its next attempt is made although
 * the endpoint is disabled or paused; the ones after that are kept back again.
 * @throws AppError attempt-in-flight while an attempt is under way, conflict when there is nothing to retry
 */
export async function retryDelivery(db: Db, delivery: DeliveryDocument): Promise<DeliveryDocument> {
  const { _id, status, leaseUntil, attemptCount, maxRetries } = delivery;
  const grantedRetries = placeInSchedule(delivery);
  const now = currentTime();
  if (leaseUntil && leaseUntil > now)
    throw new AppError('attempt-in-flight', 'An attempt is under way; try again when it is over.');
  if (!retryable.includes(status)) {
    throw new AppError(
      'conflict',
      `The delivery is ${status}; expected ${retryable.join(', ')}. To send a success again, replay it.`,
    );
  }
  const update = updateOf(retriedNow(now));
  const granted = { grantedRetries, maxRetries: Math.max(maxRetries, grantedRetries) };
  const due = await deliveriesOf(db).findOneAndUpdate(
    { _id, status, attemptCount, leaseUntil },
    { ...update, $set: { ...update.$set, ...granted } },
    { returnDocument: 'after' },
  );
  if (!due) throw new AppError('attempt-in-flight', 'An attempt has just begun.');
  return due;
}

/** Makes a new delivery of the same event to the same endpoint in the caller's transaction, whatever became of the first. */
export async function replayDelivery(
  db: Db,
  session: ClientSession,
  delivery: DeliveryDocument,
): Promise<DeliveryDocument> {
  const { replayId: _replay, ...kept } = delivery;
  const now = currentTime();
  const replay: DeliveryDocument = {
    ...kept,
    ...created(now, false),
    grantedRetries: 0,
    _id: deriveId('dlv', delivery.eventId, delivery.endpointId, createId('rpl')),
    replayOf: delivery.replayOf ?? delivery._id,
    createdAt: now,
  };
  await deliveriesOf(db).insertOne(replay, { session });
  return replay;
}

/** Records `endpoint.test` and its one delivery in the caller's transaction, whatever the endpoint's filter. */
export async function createTestDelivery(
  db: Db,
  session: ClientSession,
  endpoint: EndpointDocument,
): Promise<DeliveryDocument> {
  const data = { endpointId: endpoint._id, message: 'a test of this endpoint' };
  const event = createEndpointEvent(createId('evt'), 'endpoint.test', endpoint, data);
  // Somebody waits for what the receiver says now.
  const asked = { ...created(event.recordedAt, false), byHand: true };
  const delivery = { ...createDelivery(event, endpoint), ...asked };
  await appendsOf(db).insertOne(createEndpointAppend(event), { session });
  await deliveriesOf(db).insertOne(delivery, { session });
  return delivery;
}
