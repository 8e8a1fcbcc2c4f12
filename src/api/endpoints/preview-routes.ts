import { z } from 'zod';
import { currentTime } from '../../clock.ts';
import { AppError } from '../../errors/app-error.ts';
import { withoutProtected } from '../../outbound/egress/protected-headers.ts';
import { redactHeaders } from '../../outbound/egress/redact-headers.ts';
import type { Json } from '../../engine/json/json.ts';
import type { Bindings } from '../../expressions/evaluate/bindings.ts';
import { BusyError, createFairEvaluator } from '../../expressions/evaluate/fair-evaluator.ts';
import { renderHook } from '../../engine/deliveries/render-hook.ts';
import { findDeliveryEvent } from '../../store/deliveries/delivery-events.ts';
import { findEndpoint } from '../../store/endpoints/endpoints.ts';
import { route } from '../routing/route.ts';
import * as answers from './answers.ts';
import { endpointParams } from './schema.ts';

// Its threads start only in processes whose previews need them.
const evaluator = createFairEvaluator();

/** @throws AppError invalid-request when an expression fails, overloaded when too many of the endpoint wait already */
async function evaluate(endpointId: string, template: Json, bindings: Bindings, now: Date): Promise<Json> {
  try {
    return await evaluator.resolve(endpointId, template, bindings, { now });
  } catch (cause) {
    const code = cause instanceof BusyError ? 'overloaded' : 'invalid-request';
    throw new AppError(code, `The filter or the transform fails: ${(cause as Error).message}`, { cause });
  }
}

/** What an event would look like at an endpoint. */
export const hookPreviewRoutes = [
  route({
    method: 'post',
    path: '/v1/execution-webhooks/{id}/preview',
    scope: 'read',
    tag: 'Hooks',
    summary: 'Show what would go out of an event, or that the filter leaves it out; sends nothing',
    params: endpointParams,
    body: z.strictObject({ eventId: z.string().max(64) }),
    answers: { 200: { is: 'The request, without its signatures.', schema: answers.preview } },
    handler: async ({ deps, principal, params, body }) => {
      const { organizationId } = principal;
      const endpoint = await findEndpoint(deps.db, organizationId, params.id);
      if (!endpoint) throw new AppError('not-found', 'No such endpoint.');
      const event = await findDeliveryEvent(deps.db, organizationId, body.eventId);
      if (!event)
        throw new AppError(
          'not-found',
          'No such event: it went to no endpoint, and is not among the latest.',
        );
      const now = currentTime();
      const rendered = await renderHook(
        event.body,
        { ...endpoint, routingKey: '[redacted]' },
        (template, value) => evaluate(endpoint._id, template, { event: value }, now),
      );
      if (!rendered) return { body: { isSent: false } };
      const headers = {
        ...redactHeaders(withoutProtected(endpoint.headers)),
        ...rendered.headers,
        'content-type': rendered.contentType,
        'webhook-id': event._id,
      };
      return { body: { isSent: true, method: 'POST', url: endpoint.url, headers, body: rendered.body } };
    },
  }),
];
