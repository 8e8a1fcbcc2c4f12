import { currentMs, currentTime } from '../../clock.ts';
import { checkCustomHeaders } from '../../outbound/egress/protected-headers.ts';
import type { GuardedClient } from '../../outbound/egress/guarded-client.ts';
import { flattenHeaders } from '../../outbound/egress/flatten-headers.ts';
import { parseRetryAfter } from '../../engine/deliveries/retry-schedule.ts';
import { signHook } from '../../outbound/signing/sign-hook.ts';
import { NodeFailure } from '../node-code.ts';
import type { NodeCode, NodeContext } from '../node-code.ts';
import { headersOf as readHeaders, urlOf } from './request-input.ts';
import { sendGuarded } from './send-guarded.ts';

const maxResponseBytes = 64 * 1024;

/** Creates the code of `send-webhook`: one signed POST; the node's retries are its schedule, 2xx alone is a success. */
export function createSendWebhook(client: GuardedClient): NodeCode {
  return async (context) => {
    const { attempt, payload } = context;
    const body = JSON.stringify(payload['body'] ?? null);
    const response = await sendGuarded(client, {
      method: 'POST',
      url: urlOf(payload['url']).href,
      headers: headersOf(context, body),
      body: Buffer.from(body),
      deadlineMs: 24 * 60 * 60 * 1000,
      maxResponseBytes,
      onOverflow: 'truncate',
      followRedirects: 0,
      redact: context.redact,
      signal: attempt.signal,
    });
    const { status } = response;
    if (status >= 200 && status < 300)
      return { value: { status, deliveryId: attempt.idempotencyKey, attempts: attempt.number } };
    const retryAfterMs = parseRetryAfter(flattenHeaders(response.headers)['retry-after'], currentTime());
    const error = { type: 'http_status', message: `the receiver answered ${status}`, status };
    throw new NodeFailure(error, retryAfterMs === undefined ? {} : { retryAfterMs });
  };
}

function headersOf({ payload, attempt }: NodeContext, body: string): Record<string, string> {
  const custom = readHeaders(payload['headers']);
  refuseBad('headers', () => checkCustomHeaders(custom));
  const secret = payload['secret'];
  // One id for every attempt: the receiver's idempotency key.
  const id = attempt.idempotencyKey;
  const timestampSeconds = Math.floor(currentMs() / 1000);
  const signed =
    typeof secret === 'string'
      ? refuseBad('secret', () => signHook({ id, timestampSeconds, body, secrets: [secret] }))
      : {};
  return {
    ...custom,
    'content-type': 'application/json',
    'user-agent': 'Hookloom',
    'webhook-id': id,
    ...signed,
  };
}

/** @throws NodeFailure invalid_input when the field is not as it must be */
function refuseBad<Result>(field: string, check: () => Result): Result {
  try {
    return check();
  } catch (cause) {
    const message = `${field}: ${(cause as Error).message}`;
    throw new NodeFailure({ type: 'invalid_input', message, retryable: false }, { cause });
  }
}
