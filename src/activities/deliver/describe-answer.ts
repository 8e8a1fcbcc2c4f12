/** What is kept of an attempt: bounded, and without the credentials that were sent. */
import { currentMs } from '../../clock.ts';
import { flattenHeaders } from '../../outbound/egress/flatten-headers.ts';
import type { GuardedResponse } from '../../outbound/egress/guarded-response.ts';
import type { GuardedRequestError } from '../../outbound/egress/guarded-error.ts';
import { credentialHeaders, redactHeaders } from '../../outbound/egress/redact-headers.ts';
import type { DeliveryAttemptDocument } from '../../store/deliveries/deliveries.ts';
import { createRedactor } from '../redactor.ts';

/** An attempt as it is recorded; the rest of its record is known from its claim. */
export type AttemptRecord = Omit<DeliveryAttemptDocument, '_id' | 'deliveryId' | 'runId' | 'number'>;
type Answered = Omit<AttemptRecord, 'startedAt' | 'requestHeaders'>;

/** Largest part of an answer that is kept, in bytes. Source: the contract, execution hooks. */
const keepBytes = 16 * 1024;
const keepHeaderBytes = 8 * 1024;

/** A receiver may send back what it got: the credentials among the custom headers are not kept of that either. */
export function redactorOf(headers: Record<string, string>): (text: string) => string {
  const values = Object.values(credentialHeaders(headers));
  const bare = values.map((value) => value.replace(/^\w+ +/, ''));
  return createRedactor([...values, ...bare]).text;
}

/** What is kept of a whole answer. */
export function describeAnswer(
  response: GuardedResponse,
  given: { startedAt: Date; redact: (text: string) => string },
): Answered {
  const isSuccess = response.status >= 200 && response.status < 300;
  const error = { type: 'http_status', message: `the receiver answered ${response.status}` };
  return { ...describe(response, given), error: isSuccess ? null : error };
}

/** What is kept of a request that came to nothing; a status that came stays. */
export function describeFailure(
  { type, message, details, answer }: GuardedRequestError,
  given: { startedAt: Date; redact: (text: string) => string },
): Answered {
  const error = { type, message, ...(Object.keys(details).length > 0 ? { details: { ...details } } : {}) };
  return { ...(answer ? describe(answer, given) : noAnswer(given.startedAt)), error };
}

/** What is kept of an attempt that made no request: what was to be sent could not be made. */
export function describeUnsent(
  { type, message }: { type: string; message: string },
  startedAt: Date,
): Answered {
  return { ...noAnswer(startedAt), error: { type, message } };
}

function describe(
  response: GuardedResponse,
  { startedAt, redact }: { startedAt: Date; redact: (text: string) => string },
): Omit<Answered, 'error'> {
  return {
    responseStatus: response.status,
    ...keepHeaders(redactHeaders(flattenHeaders(response.headers)), redact),
    ...keepBody(response, redact),
    durationMs: currentMs() - startedAt.getTime(),
    timings: { ...response.timings } as Record<string, number>,
    remoteAddress: response.remoteAddress ?? null,
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

function noAnswer(startedAt: Date): Omit<Answered, 'error'> {
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
