/** One request of a delivery: its body, its headers, its signatures. */
import { currentTime } from '../../clock.ts';
import { ExpressionError } from '../../expressions/evaluate/expression-error.ts';
import type { Evaluator } from '../../expressions/evaluate/evaluator.ts';
import type { GuardedClient } from '../../outbound/egress/guarded-client.ts';
import type { GuardedResponse } from '../../outbound/egress/guarded-response.ts';
import { GuardedRequestError } from '../../outbound/egress/guarded-error.ts';
import { withoutProtected } from '../../outbound/egress/protected-headers.ts';
import { redactHeaders } from '../../outbound/egress/redact-headers.ts';
import { renderHook } from '../../engine/deliveries/render-hook.ts';
import type { HookBody } from '../../engine/deliveries/hook-presets.ts';
import { signHook } from '../../outbound/signing/sign-hook.ts';
import type { ClaimedAttempt } from '../../store/deliveries/hook-store.ts';
import { describeAnswer, describeFailure, describeUnsent, redactorOf } from './describe-answer.ts';
import type { AttemptRecord } from './describe-answer.ts';

/** Largest part of an answer that is read, in bytes. Source: the contract, execution hooks. */
const readBytes = 64 * 1024;

/** What hooks are sent with. */
export interface HookSender {
  client: GuardedClient;
  /** `Hookloom/<version>`. */
  userAgent: string;
  /** Evaluates the expressions of filters and transforms. */
  resolve: Evaluator['resolve'];
}

/**
 * Sends an attempt, and describes what came of it. Returns `undefined` when the endpoint's filter leaves the event out.
 * `response`: a whole answer.
 */
export async function sendHook(
  deps: HookSender,
  claimed: ClaimedAttempt,
): Promise<{ record: AttemptRecord; response?: GuardedResponse } | undefined> {
  const { endpoint } = claimed;
  const startedAt = currentTime();
  const given = { startedAt, redact: redactorOf(endpoint.headers) };
  let requestHeaders: Record<string, string> = {};
  try {
    const rendered = await render(deps, claimed, startedAt);
    if (!rendered) return undefined;
    const headers = headersOf(deps, claimed, { ...rendered, startedAt });
    requestHeaders = { ...headers, ...redactHeaders(withoutProtected(endpoint.headers)) };
    const response = await deps.client.request({
      method: 'POST',
      url: endpoint.url,
      headers,
      body: Buffer.from(rendered.body),
      deadlineMs: endpoint.timeoutMs,
      maxResponseBytes: readBytes,
      onOverflow: 'truncate',
      followRedirects: 0,
    });
    return { response, record: { startedAt, requestHeaders, ...describeAnswer(response, given) } };
  } catch (error) {
    if (error instanceof GuardedRequestError)
      return { record: { startedAt, requestHeaders, ...describeFailure(error, given) } };
    if (!(error instanceof ExpressionError)) throw error;
    return { record: { startedAt, requestHeaders, ...describeUnsent(error, startedAt) } };
  }
}

function render(
  { resolve }: HookSender,
  { endpoint, event, routingKey }: ClaimedAttempt,
  now: Date,
): Promise<HookBody | undefined> {
  const { filter, payload, transform } = endpoint;
  const form = { filter, payload, transform, routingKey };
  return renderHook(event.body, form, (template, value) => resolve(template, { event: value }, { now }));
}

function headersOf(
  deps: HookSender,
  claimed: ClaimedAttempt,
  sent: HookBody & { startedAt: Date },
): Record<string, string> {
  const { delivery, endpoint, event, number, secrets, privateKeys } = claimed;
  const timestampSeconds = Math.floor(sent.startedAt.getTime() / 1000);
  return {
    ...withoutProtected(endpoint.headers),
    ...sent.headers,
    'content-type': sent.contentType,
    'user-agent': deps.userAgent,
    ...signHook({ id: event._id, timestampSeconds, body: sent.body, secrets, privateKeys }),
    'hookloom-delivery-id': delivery._id,
    'hookloom-attempt': String(number),
    ...((delivery.replayOf ?? delivery.replayId) ? { 'hookloom-replay': 'true' } : {}),
  };
}
