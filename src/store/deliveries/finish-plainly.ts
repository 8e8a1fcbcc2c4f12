/** The end of attempts that change nothing but their deliveries: many in two writes. */
import type { Db } from 'mongodb';
import { afterFailure, afterSuccess } from '../../engine/deliveries/endpoint-health.ts';
import { catalogEntry } from '../../engine/log/event-catalog.ts';
import { currentTime } from '../../clock.ts';
import { attemptsOf, changed, deliveriesOf } from './deliveries.ts';
import type { DeliveryDocument } from './deliveries.ts';
import { endpointsOf } from '../endpoints/endpoints.ts';
import type { EndpointDocument } from '../endpoints/endpoints.ts';
import { attemptWrites, deliveryWrite } from './finish-delivery.ts';
import type { FinishedAttempt } from './finish-delivery.ts';
import { isInLine } from './run-order.ts';

/**
 * Records attempts and their outcomes, but for those that change their endpoint, tell something or let another delivery go:
 * for these it answers `undefined`, and has written nothing. Otherwise it answers the deliveries that are to be started.
 * Killed between the two writes: who claims the delivery next goes by the attempt's record.
 */
export async function finishPlainly(
  db: Db,
  finished: readonly FinishedAttempt[],
): Promise<(DeliveryDocument[] | undefined)[]> {
  const ids = [...new Set(finished.map(({ claimed }) => claimed.endpoint._id))];
  const endpoints = await endpointsOf(db)
    .find({ _id: { $in: ids } })
    .toArray();
  const byId = new Map(endpoints.map((endpoint) => [endpoint._id, endpoint]));
  const isPlainly = (one: FinishedAttempt) => isPlain(one, byId.get(one.claimed.endpoint._id));
  const plain = finished.filter(isPlainly);
  if (plain.length > 0) {
    const attempts = plain.flatMap(attemptWrites);
    if (attempts.length > 0)
      await attemptsOf(db).bulkWrite(
        attempts.map((write) => ({ updateOne: { ...write, upsert: true } })),
        { ordered: false },
      );
    await deliveriesOf(db).bulkWrite(
      plain.map((one) => ({ updateOne: deliveryWrite(one) })),
      { ordered: false },
    );
  }
  return finished.map((one) => {
    if (!isPlainly(one)) return undefined;
    const { claimed, change, result, isCarried } = one;
    const isStarted = result.change.status === 'retrying' && !isCarried;
    return isStarted ? [changed(claimed.delivery, change)] : [];
  });
}

function isPlain({ claimed, result }: FinishedAttempt, endpoint: EndpointDocument | undefined): boolean {
  const { delivery } = claimed;
  if (!endpoint || result.pauseUntil || result.change.status === 'failure') return false;
  if (isInLine(delivery, endpoint)) return false;
  if (!result.attempt) return true;
  if (catalogEntry(delivery.eventType).about === 'endpoint') return true;
  const error = result.attempt.error?.message ?? null;
  const at = currentTime();
  const health =
    error === null ? afterSuccess(endpoint.health, at) : afterFailure(endpoint.health, { at, error });
  return health === undefined;
}
