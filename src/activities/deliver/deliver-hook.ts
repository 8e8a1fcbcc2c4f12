/** One hook delivery: a standalone Activity whose attempts are the delivery's attempts. */
import { setTimeout as delay } from 'node:timers/promises';
import { activityInfo, heartbeat } from '@temporalio/activity';
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { currentMs, currentTime } from '../../clock.ts';
import { flattenHeaders } from '../../outbound/egress/flatten-headers.ts';
import type { GuardedClient, GuardedResponse } from '../../outbound/egress/guarded-client.ts';
import { withoutProtected } from '../../outbound/egress/protected-headers.ts';
import { credentialHeaders, redactHeaders } from '../../outbound/egress/redact-headers.ts';
import { nextDelayMs, parseRetryAfter } from '../../engine/deliveries/retry-schedule.ts';
import { signHook } from '../../outbound/signing/sign-hook.ts';
import type { Logger } from '../../log.ts';
import type { DeliveryAttemptDocument } from '../../store/deliveries/deliveries.ts';
import type { AttemptResult, DeliveryChange } from '../../store/deliveries/finish-delivery.ts';
import type { ClaimedAttempt, HookStore } from '../../store/deliveries/hook-store.ts';
import { createRedactor } from '../redactor.ts';
import { thinBody } from './thin-body.ts';

/** Largest part of an answer that is read, and that is kept, in bytes. Source: the contract, execution hooks. */
const readBytes = 64 * 1024;
const keepBytes = 16 * 1024;
const keepHeaderBytes = 8 * 1024;
/** A third of the Activity's heartbeat timeout, in milliseconds. */
const heartbeatEveryMs = 10_000;
/** After a bound, so that a clock that is a little behind has reached it too, in milliseconds. */
const comeBackReserveMs = 20;
/** Between tries to record an attempt while MongoDB is away, in milliseconds. */
const recordAgainMs = 500;

/** What `deliverHook` is made with. */
export interface DeliverHookDependencies {
  store: HookStore;
  client: GuardedClient;
  log: Logger;
  /** `Hookloom/<version>`. */
  userAgent: string;
}

type AttemptRecord = Omit<DeliveryAttemptDocument, '_id' | 'deliveryId' | 'runId' | 'number'>;

/**
 * Creates the Activity. Each call makes at most one attempt: it claims it, sends, records, and throws with the delay
 * to the next one. Without leave to send it throws at once with the delay until it may ask again; that is no attempt.
 * At least once: a process killed between sending and recording sends again after the lease.
 */
export function createDeliverHook(
  deps: DeliverHookDependencies,
): (call: { deliveryId: string }) => Promise<string> {
  return async ({ deliveryId }) => {
    // Temporal hears within seconds of a worker that was killed, or of a task that none got.
    const beating = setInterval(() => heartbeat(), heartbeatEveryMs);
    try {
      const isNew = activityInfo().attempt === 1;
      const claimed = await deps.store.claim(deliveryId, isNew).catch(comeBackLater);
      return claimed ? await attempt(deps, claimed) : 'nothing to send';
    } finally {
      clearInterval(beating);
    }
  };
}

async function attempt(deps: DeliverHookDependencies, claimed: ClaimedAttempt): Promise<string> {
  const { permit, number } = claimed;
  try {
    await delay(permit.untilTurn());
    const { record, response } = await send(deps, claimed);
    const change = changeOf(claimed, response);
    await recordSurely(deps, claimed, { attempt: record, change, ...pauseOf(response) });
    const isSuccess = change.status === 'success';
    permit.giveBack({ durationMs: record.durationMs, isSuccess });
    if (!isSuccess) throw failureOf(record, change);
    return `attempt ${number} was answered ${response?.status}`;
  } finally {
    permit.giveBack();
  }
}

/** Not now: the limits of the endpoint, its pause, or an attempt that is under way or was lost with its worker. */
function comeBackLater(error: unknown): never {
  const { until, message, type = 'postponed' } = error as { until?: Date; message: string; type?: string };
  if (!(until instanceof Date)) throw error;
  const nextRetryDelay = Math.max(0, until.getTime() - currentMs()) + comeBackReserveMs;
  throw ApplicationFailure.create({
    type,
    message,
    nextRetryDelay,
    category: ApplicationFailureCategory.BENIGN,
  });
}

/** An outcome that is not recorded is sent again: it tries for as long as the attempt is this one's. */
async function recordSurely(
  { store, log }: DeliverHookDependencies,
  claimed: ClaimedAttempt,
  result: AttemptResult,
): Promise<void> {
  for (;;) {
    try {
      return await store.finish(claimed, result);
    } catch (error) {
      const leaseUntil = claimed.delivery.leaseUntil?.getTime() ?? 0;
      if (currentMs() + recordAgainMs >= leaseUntil) throw error;
      log.warn({ err: error, deliveryId: claimed.delivery._id }, 'an attempt could not be recorded yet');
      await delay(recordAgainMs);
    }
  }
}

async function send(
  deps: DeliverHookDependencies,
  claimed: ClaimedAttempt,
): Promise<{ record: AttemptRecord; response?: GuardedResponse }> {
  const { endpoint, event } = claimed;
  const startedAt = currentTime();
  const body = endpoint.payload === 'thin' ? thinBody(event.body) : event.body;
  const headers = headersOf(deps, claimed, { body, startedAt });
  const requestHeaders = { ...headers, ...redactHeaders(withoutProtected(endpoint.headers)) };
  const base = { startedAt, requestHeaders };
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
    const redact = redactorOf(endpoint.headers);
    return { response, record: { ...base, ...describeAnswer(response, { startedAt, redact }) } };
  } catch (error) {
    const { type, message } = error as { type?: string; message: string };
    if (type === undefined) throw error;
    return { record: { ...base, ...noAnswer(startedAt), error: { type: shownType(type), message } } };
  }
}

/** Blocked and unreachable look alike, so that nobody maps a network with hooks; the worker's log has the reason. */
function shownType(type: string): string {
  return type === 'address_denied' ? 'network' : type;
}

function headersOf(
  deps: DeliverHookDependencies,
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

/** A receiver may send back what it got: the credentials among the custom headers are not kept of that either. */
function redactorOf(headers: Record<string, string>): (text: string) => string {
  const values = Object.values(credentialHeaders(headers));
  const bare = values.map((value) => value.replace(/^\w+ +/, ''));
  return createRedactor([...values, ...bare]).text;
}

function describeAnswer(
  response: GuardedResponse,
  { startedAt, redact }: { startedAt: Date; redact: (text: string) => string },
): Omit<AttemptRecord, 'startedAt' | 'requestHeaders'> {
  const isSuccess = response.status >= 200 && response.status < 300;
  return {
    responseStatus: response.status,
    ...keepHeaders(redactHeaders(flattenHeaders(response.headers)), redact),
    ...keepBody(response, redact),
    durationMs: currentMs() - startedAt.getTime(),
    timings: { ...response.timings } as Record<string, number>,
    remoteAddress: response.remoteAddress ?? null,
    error: isSuccess ? null : { type: 'http_status', message: `the receiver answered ${response.status}` },
  };
}

/** Keeps the beginning of the body; redacted before it is cut, so that no half of a credential is left. */
function keepBody(
  { body, truncated }: GuardedResponse,
  redact: (text: string) => string,
): Pick<AttemptRecord, 'responseBody' | 'responseBodyTruncated'> {
  const text = body.toString('utf8');
  const clean = redact(text);
  const bytes = clean === text ? body : Buffer.from(clean);
  return {
    responseBody: bytes.toString('utf8', 0, keepBytes),
    responseBodyTruncated: truncated || bytes.length > keepBytes,
  };
}

/** Keeps headers from the first on, as many whole ones as fit. */
function keepHeaders(
  headers: Record<string, string>,
  redact: (text: string) => string,
): Pick<AttemptRecord, 'responseHeaders' | 'responseHeadersTruncated'> {
  let bytes = 0;
  const pairs = Object.entries(headers);
  const cut = pairs.findIndex(([name, value]) => (bytes += name.length + value.length) > keepHeaderBytes);
  const kept = (cut === -1 ? pairs : pairs.slice(0, cut)).map(([name, value]) => [name, redact(value)]);
  const responseHeaders = Object.fromEntries(kept) as Record<string, string>;
  return { responseHeaders, responseHeadersTruncated: cut !== -1 };
}

function noAnswer(startedAt: Date): Omit<AttemptRecord, 'startedAt' | 'requestHeaders' | 'error'> {
  return {
    responseStatus: null,
    responseHeaders: null,
    responseHeadersTruncated: false,
    responseBody: null,
    responseBodyTruncated: false,
    durationMs: currentMs() - startedAt.getTime(),
    timings: {},
    remoteAddress: null,
  };
}

/** What an attempt means for its delivery: only 2xx is a success, `410` is final. */
function changeOf(
  { delivery, endpoint, place }: ClaimedAttempt,
  response: GuardedResponse | undefined,
): DeliveryChange {
  const status = response?.status ?? 0;
  if (status >= 200 && status < 300) return { status: 'success' };
  if (status === 410) return { status: 'failure', reason: 'gone' };
  if (place > delivery.maxRetries) return { status: 'failure', reason: 'exhausted' };
  const delayMs = nextDelayMs({
    schedule: endpoint.retrySchedule,
    attemptNumber: place + 1,
    random: Math.random(),
    retryAfterMs: retryAfterOf(response) ?? 0,
  });
  return { status: 'retrying', nextRetryAt: new Date(currentMs() + delayMs) };
}

/** The milliseconds of quiet that an answer asks for. Source: the contract, execution hooks. */
function retryAfterOf(response: GuardedResponse | undefined): number | undefined {
  if (!response || ![429, 503].includes(response.status)) return undefined;
  const value = response.headers['retry-after'];
  return parseRetryAfter(Array.isArray(value) ? value[0] : value, currentTime());
}

/** What one delivery was asked, the whole endpoint obeys. */
function pauseOf(response: GuardedResponse | undefined): Pick<AttemptResult, 'pauseUntil'> {
  const retryAfterMs = retryAfterOf(response) ?? 0;
  return retryAfterMs > 0 ? { pauseUntil: new Date(currentMs() + retryAfterMs) } : {};
}

function failureOf(record: AttemptRecord, change: DeliveryChange): ApplicationFailure {
  const { type, message } = record.error ?? { type: 'http_status', message: 'no success' };
  if (change.status !== 'retrying') return ApplicationFailure.nonRetryable(message, type);
  return ApplicationFailure.create({
    type,
    message,
    // Temporal takes a delay of 0 for the end of all attempts.
    nextRetryDelay: Math.max(1, change.nextRetryAt.getTime() - currentMs()),
  });
}
