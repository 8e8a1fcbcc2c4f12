/** One hook delivery: a standalone Activity whose attempts are the delivery's attempts. */
import { ApplicationFailure } from '@temporalio/common';
import { flattenHeaders } from '../hooks/flatten-headers.ts';
import type { GuardedClient, GuardedResponse } from '../hooks/guarded-client.ts';
import { redactHeaders } from '../hooks/redact-headers.ts';
import { nextDelayMs, parseRetryAfter } from '../hooks/retry-schedule.ts';
import { signHook } from '../hooks/sign-hook.ts';
import type { Logger } from '../log.ts';
import type { DeliveryAttemptDocument } from '../store/deliveries.ts';
import type { ClaimedAttempt, DeliveryChange, HookStore } from '../store/hook-store.ts';
import { thinBody } from './thin-body.ts';

/** Largest part of an answer that is read, and that is kept, in bytes. Source: the contract, execution hooks. */
const readBytes = 64 * 1024;
const keepBytes = 16 * 1024;

/** What `deliverHook` is made with. */
export interface DeliverHookDependencies {
  store: HookStore;
  client: GuardedClient;
  log: Logger;
  userAgent?: string;
}

type AttemptRecord = Omit<DeliveryAttemptDocument, '_id' | 'deliveryId' | 'runId' | 'number'>;

/**
 * Creates the Activity. Each call makes at most one attempt: it claims it, sends, records, and throws with the delay
 * to the next one. At least once: a process killed between sending and recording sends again after the lease.
 */
export function createDeliverHook(
  deps: DeliverHookDependencies,
): (call: { deliveryId: string }) => Promise<string> {
  return async ({ deliveryId }) => {
    const claimed = await deps.store.claim(deliveryId).catch(comeBackLater);
    if (!claimed) return 'nothing to send';
    const { record, response } = await send(deps, claimed);
    const change = changeOf(claimed, response);
    await deps.store.finish(claimed, record, change);
    if (change.status === 'success') return `answered ${response?.status}`;
    throw failureOf(record, change);
  };
}

/** A delivery whose attempt is under way, or was lost with its worker, is looked at again when the lease is over. */
function comeBackLater(error: unknown): never {
  const { until, message } = error as { until?: Date; message: string };
  if (!(until instanceof Date)) throw error;
  const nextRetryDelay = Math.max(0, until.getTime() - Date.now()) + 100;
  throw ApplicationFailure.create({ type: 'attempt_in_flight', message, nextRetryDelay });
}

async function send(
  deps: DeliverHookDependencies,
  claimed: ClaimedAttempt,
): Promise<{ record: AttemptRecord; response?: GuardedResponse }> {
  const { endpoint, event } = claimed;
  const startedAt = new Date();
  const body = endpoint.payload === 'thin' ? thinBody(event.body) : event.body;
  const headers = headersOf(deps, claimed, { body, startedAt });
  const base = { startedAt, requestHeaders: { ...headers, ...redactHeaders(endpoint.headers) } };
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
    return { response, record: { ...base, ...describeAnswer(response, startedAt) } };
  } catch (error) {
    const { type, message } = error as { type?: string; message: string };
    if (type === undefined) throw error;
    return { record: { ...base, ...noAnswer(startedAt), error: { type, message } } };
  }
}

function headersOf(
  deps: DeliverHookDependencies,
  claimed: ClaimedAttempt,
  sent: { body: string; startedAt: Date },
): Record<string, string> {
  const { delivery, endpoint, event, number, secrets, privateKeys } = claimed;
  const timestampSeconds = Math.floor(sent.startedAt.getTime() / 1000);
  return {
    ...endpoint.headers,
    'content-type': 'application/json',
    'user-agent': deps.userAgent ?? 'Hookloom',
    ...signHook({ id: event._id, timestampSeconds, body: sent.body, secrets, privateKeys }),
    'hookloom-delivery-id': delivery._id,
    'hookloom-attempt': String(number),
    ...(delivery.replayOf ? { 'hookloom-replay': 'true' } : {}),
  };
}

function describeAnswer(
  response: GuardedResponse,
  startedAt: Date,
): Omit<AttemptRecord, 'startedAt' | 'requestHeaders'> {
  const isSuccess = response.status >= 200 && response.status < 300;
  return {
    responseStatus: response.status,
    responseHeaders: flattenHeaders(response.headers),
    responseBody: response.body.subarray(0, keepBytes).toString('utf8'),
    responseBodyTruncated: response.truncated || response.body.length > keepBytes,
    durationMs: Date.now() - startedAt.getTime(),
    timings: { ...response.timings } as Record<string, number>,
    remoteAddress: response.remoteAddress ?? null,
    error: isSuccess ? null : { type: 'http_status', message: `the receiver answered ${response.status}` },
  };
}

function noAnswer(startedAt: Date): Omit<AttemptRecord, 'startedAt' | 'requestHeaders' | 'error'> {
  return {
    responseStatus: null,
    responseHeaders: null,
    responseBody: null,
    responseBodyTruncated: false,
    durationMs: Date.now() - startedAt.getTime(),
    timings: {},
    remoteAddress: null,
  };
}

/** What an attempt means for its delivery: only 2xx is a success, `410` is final. */
function changeOf(
  { delivery, endpoint, number }: ClaimedAttempt,
  response: GuardedResponse | undefined,
): DeliveryChange {
  const status = response?.status ?? 0;
  if (status >= 200 && status < 300) return { status: 'success' };
  if (status === 410) return { status: 'failure', reason: 'gone' };
  if (number > delivery.maxRetries) return { status: 'failure', reason: 'exhausted' };
  const retryAfterMs = [429, 503].includes(status)
    ? parseRetryAfter(retryAfterOf(response), new Date())
    : undefined;
  const delayMs = nextDelayMs({
    schedule: endpoint.retrySchedule,
    attemptNumber: number + 1,
    random: Math.random(),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
  if (delayMs === undefined) return { status: 'failure', reason: 'exhausted' };
  return { status: 'retrying', nextRetryAt: new Date(Date.now() + delayMs) };
}

function retryAfterOf(response: GuardedResponse | undefined): string | undefined {
  const value = response?.headers['retry-after'];
  return Array.isArray(value) ? value[0] : value;
}

function failureOf(record: AttemptRecord, change: DeliveryChange): ApplicationFailure {
  const { type, message } = record.error ?? { type: 'http_status', message: 'no success' };
  if (change.status !== 'retrying') return ApplicationFailure.nonRetryable(message, type);
  return ApplicationFailure.create({
    type,
    message,
    nextRetryDelay: Math.max(0, change.nextRetryAt.getTime() - Date.now()),
  });
}
