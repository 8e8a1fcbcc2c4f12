import type { DeliveryAttemptDocument, DeliveryDocument } from '../../store/deliveries.ts';
import type { EndpointDocument } from '../../store/endpoints.ts';

/** An endpoint as the API answers it: never a secret. */
export function presentEndpoint(endpoint: EndpointDocument) {
  const {
    _id,
    organizationId: _owner,
    secrets: _secrets,
    deletedAt: _deletedAt,
    sweepDueAt: _sweepDueAt,
    ...shown
  } = endpoint;
  return { id: _id, ...shown };
}

/** A delivery with its attempts. */
export function presentDelivery(delivery: DeliveryDocument, attempts: readonly DeliveryAttemptDocument[]) {
  const {
    _id,
    endpointId,
    eventId,
    eventType,
    workflowId,
    runId,
    status,
    reason = null,
    replayOf,
  } = delivery;
  const { attemptCount, maxRetries, nextRetryAt, createdAt } = delivery;
  return {
    id: _id,
    endpointId,
    eventId,
    eventType,
    workflowId,
    runId,
    status,
    reason,
    replayOf,
    attempts: attempts.map(({ _id: _attempt, deliveryId: _delivery, runId: _run, ...attempt }) => attempt),
    retryCount: Math.max(0, attemptCount - 1),
    maxRetries,
    nextRetryAt,
    createdAt,
  };
}
