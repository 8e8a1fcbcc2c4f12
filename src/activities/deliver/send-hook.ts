/** One request of a delivery: its body, its headers, its signatures. */
import { currentTime } from '../../clock.ts';
import type { GuardedClient, GuardedResponse } from '../../outbound/egress/guarded-client.ts';
import { GuardedRequestError } from '../../outbound/egress/guarded-error.ts';
import { withoutProtected } from '../../outbound/egress/protected-headers.ts';
import { redactHeaders } from '../../outbound/egress/redact-headers.ts';
import { signHook } from '../../outbound/signing/sign-hook.ts';
import type { ClaimedAttempt } from '../../store/deliveries/hook-store.ts';
import { describeAnswer, describeFailure, redactorOf } from './describe-answer.ts';
import type { AttemptRecord } from './describe-answer.ts';
import { thinBody } from './thin-body.ts';

/** Largest part of an answer that is read, in bytes. Source: the contract, execution hooks. */
const readBytes = 64 * 1024;

/** What hooks are sent with. */
export interface HookSender {
  client: GuardedClient;
  /** `Hookloom/<version>`. */
  userAgent: string;
}

/** Sends an attempt, and describes what came of it. `response`: a whole answer. */
export async function sendHook(
  deps: HookSender,
  claimed: ClaimedAttempt,
): Promise<{ record: AttemptRecord; response?: GuardedResponse }> {
  const { endpoint, event } = claimed;
  const startedAt = currentTime();
  const body = endpoint.payload === 'thin' ? thinBody(event.body) : event.body;
  const headers = headersOf(deps, claimed, { body, startedAt });
  const requestHeaders = { ...headers, ...redactHeaders(withoutProtected(endpoint.headers)) };
  const base = { startedAt, requestHeaders };
  const given = { startedAt, redact: redactorOf(endpoint.headers) };
  try {
    const response = await deps.client.request({
      method: 'POST',
      url: endpoint.url,
      headers,
      body: Buffer.from(body),
      deadlineMs: endpoint.timeoutMs,
      maxResponseBytes: readBytes,
      onOverflow: 'truncate',
      followRedirects: 0,
    });
    return { response, record: { ...base, ...describeAnswer(response, given) } };
  } catch (error) {
    if (!(error instanceof GuardedRequestError)) throw error;
    return { record: { ...base, ...describeFailure(error, given) } };
  }
}

function headersOf(
  deps: HookSender,
  claimed: ClaimedAttempt,
  sent: { body: string; startedAt: Date },
): Record<string, string> {
  const { delivery, endpoint, event, number, secrets, privateKeys } = claimed;
  const timestampSeconds = Math.floor(sent.startedAt.getTime() / 1000);
  return {
    ...withoutProtected(endpoint.headers),
    'content-type': 'application/json',
    'user-agent': deps.userAgent,
    ...signHook({ id: event._id, timestampSeconds, body: sent.body, secrets, privateKeys }),
    'hookloom-delivery-id': delivery._id,
    'hookloom-attempt': String(number),
    ...((delivery.replayOf ?? delivery.replayId) ? { 'hookloom-replay': 'true' } : {}),
  };
}
