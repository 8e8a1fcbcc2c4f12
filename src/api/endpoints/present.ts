import type { z } from 'zod';
import { currentTime } from '../../clock.ts';
import { disablesAt } from '../../engine/deliveries/endpoint-health.ts';
import { redactHeaders } from '../../outbound/egress/redact-headers.ts';
import { deliveryStatuses } from '../../engine/deliveries/delivery-states.ts';
import type { DeliveryStatus } from '../../engine/deliveries/delivery-states.ts';
import type { DeliveryAttemptDocument, DeliveryDocument } from '../../store/deliveries/deliveries.ts';
import { isLive } from '../../store/endpoints/endpoint-keys.ts';
import type { EndpointDocument, SealedKey } from '../../store/endpoints/endpoints.ts';
import type { ReplayDocument } from '../../store/deliveries/replays.ts';
import type * as answers from './answers.ts';

/**
 * An endpoint as the API answers it, with its health: never a secret or a custom header that is a credential, but every
 * public key that signs.
 */
export function presentEndpoint(endpoint: EndpointDocument): z.output<typeof answers.endpoint> {
  const {
    _id,
    organizationId: _owner,
    secrets: _secrets,
    sealedHeaders: _sealedHeaders,
    sealedRoutingKey: _sealedRoutingKey,
    signingKeys = [],
    deletedAt: _deletedAt,
    sweepDueAt: _sweepDueAt,
    releasingSince: _releasingSince,
    releaseSteps: _releaseSteps,
    health: { warnedPercent: _warnedPercent, ...health },
    ...shown
  } = endpoint;
  return {
    id: _id,
    ...shown,
    headers: redactHeaders(endpoint.headers),
    signing: presentSigning(signingKeys),
    health: { ...health, disablesAt: disablesAt(endpoint.health) },
  };
}

function presentSigning(keys: readonly SealedKey[]) {
  const now = currentTime();
  const publicKeys = keys
    .filter((key) => isLive(key, now))
    .map(({ publicKey, createdAt, expiresAt = null }) => ({ publicKey, createdAt, expiresAt }))
    .reverse();
  return { ed25519: publicKeys.length > 0, publicKeys };
}

/** A delivery with its attempts. */
export function presentDelivery(
  delivery: DeliveryDocument,
  attempts: readonly DeliveryAttemptDocument[],
): z.output<typeof answers.delivery> {
  const {
    _id,
    endpointId,
    eventId,
    eventType,
    workflowId,
    runId,
    status,
    reason,
    replayOf,
    replayId = null,
  } = delivery;
  const isOfRun = delivery.sequence > 0;
  const { attemptCount, maxRetries, nextRetryAt, createdAt } = delivery;
  return {
    id: _id,
    endpointId,
    eventId,
    eventType,
    workflowId: isOfRun ? workflowId : null,
    runId: isOfRun ? runId : null,
    status,
    reason,
    replayOf,
    replayId,
    attempts: attempts.map(
      ({ _id: _attempt, deliveryId: _delivery, runId: _run, nextRetryAt: _next, ...attempt }) => attempt,
    ),
    retryCount: Math.max(0, attemptCount - 1),
    maxRetries,
    nextRetryAt,
    createdAt,
  };
}

/** A replay with how far it is. */
export function presentReplay(
  replay: ReplayDocument,
  counts: Partial<Record<DeliveryStatus, number>> = {},
): z.output<typeof answers.replay> {
  const { _id, endpointId, since, until, types, statuses, status, createdAt, finishedAt } = replay;
  const byStatus = Object.fromEntries(deliveryStatuses.map((name) => [name, counts[name] ?? 0])) as Record<
    DeliveryStatus,
    number
  >;
  const deliveries = { total: Object.values(byStatus).reduce((sum, count) => sum + count, 0), ...byStatus };
  return { id: _id, endpointId, since, until, types, statuses, status, deliveries, createdAt, finishedAt };
}
