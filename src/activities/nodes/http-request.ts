import { currentTime } from '../../clock.ts';
import { jsonDepthExceeds } from '../../engine/json/json-depth.ts';
import type { JsonObject } from '../../engine/json/json.ts';
import { flattenHeaders } from '../../outbound/egress/flatten-headers.ts';
import type { GuardedClient } from '../../outbound/egress/guarded-client.ts';
import type { GuardedResponse } from '../../outbound/egress/guarded-response.ts';
import { parseRetryAfter } from '../../engine/deliveries/retry-schedule.ts';
import { NodeFailure } from '../node-code.ts';
import type { NodeCode, NodeContext } from '../node-code.ts';
import { decodeAnswer, decodeText } from './answer-body.ts';
import { encodeBody } from './request-body.ts';
import { headersOf, methodOf, redirectsOf, textOf, urlOf } from './request-input.ts';
import { sendGuarded } from './send-guarded.ts';

/** Largest answer that is read, in bytes. Source: the hard cap of a value. */
const maxResponseBytes = 10 * 1024 * 1024;

/** Creates the code of `http-request`: one guarded request; its status decides. */
export function createHttpRequest(client: GuardedClient): NodeCode {
  return async (context) => {
    const { payload, attempt } = context;
    const request = await requestOf(context);
    const response = await sendGuarded(client, {
      ...request,
      confidential: confidentialIn(request, context.redact),
      redact: context.redact,
      signal: attempt.signal,
    });
    if (!isExpected(payload['expectStatus'] ?? '2xx', response.status))
      throw unexpected(response, context.redact);
    return {
      value: {
        status: response.status,
        headers: flattenHeaders(response.headers),
        ...decodeAnswer(response.body, contentTypeOf(response)),
      },
    };
  };
}

async function requestOf({ payload, attempt }: NodeContext) {
  const url = withQuery(urlOf(payload['url']), payload['query'] as JsonObject | undefined);
  const headers = headersOf(payload['headers']);
  const body = await encodeBody(payload['body'], headers['content-type']);
  return {
    method: methodOf(payload['method']),
    url,
    headers: {
      'idempotency-key': attempt.idempotencyKey,
      ...headers,
      ...(body?.contentType === undefined ? {} : { 'content-type': body.contentType }),
    },
    ...(body ? { body: body.bytes } : {}),
    // The recorder's signal bounds the attempt; this is the client's own upper bound.
    deadlineMs: 24 * 60 * 60 * 1000,
    maxResponseBytes,
    onOverflow: 'error' as const,
    followRedirects: redirectsOf(payload['followRedirects']),
  };
}

/** What holds a secret of the node. */
function confidentialIn(
  { headers, body }: { headers: Record<string, string>; body?: Buffer },
  redact: (text: string) => string,
): { headers: string[]; body: boolean } {
  const isSecret = (text: string) => redact(text) !== text;
  const names = Object.entries(headers).flatMap(([name, value]) => (isSecret(value) ? [name] : []));
  return { headers: names, body: body !== undefined && isSecret(body.toString('utf8')) };
}

function withQuery(url: URL, query: JsonObject | undefined): string {
  for (const [name, value] of Object.entries(query ?? {})) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item !== null) url.searchParams.append(name, textOf(item));
    }
  }
  return url.href;
}

/** `expected`: a status, a list of them, or a class such as `2xx`. */
function isExpected(expected: unknown, status: number): boolean {
  if (Array.isArray(expected)) return expected.some((item) => isExpected(item, status));
  if (typeof expected === 'string' && /^[1-5]xx$/i.test(expected))
    return Math.floor(status / 100) === Number(expected[0]);
  return Number(expected) === status;
}

function unexpected(response: GuardedResponse, redact: (text: string) => string): NodeFailure {
  const { status } = response;
  const retryAfterMs = parseRetryAfter(headerOf(response, 'retry-after'), currentTime());
  const details = { headers: flattenHeaders(response.headers), ...shortBodyOf(response, redact) };
  const error = { type: 'http_status', message: `the peer answered ${status}`, status, details };
  return new NodeFailure(error, retryAfterMs === undefined ? {} : { retryAfterMs });
}

function headerOf(response: GuardedResponse, name: string): string | undefined {
  const value = response.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** Largest body in an error, in characters, and deepest JSON: errors stand in many records. */
const maxErrorBody = 16 * 1024;
const maxErrorDepth = 20;

/** The body as an error shows it. Secrets go before it is cut, so that none is cut in half. */
function shortBodyOf(response: GuardedResponse, redact: (text: string) => string): JsonObject {
  const contentType = contentTypeOf(response);
  const decoded = decodeText(response.body, contentType);
  if (decoded === undefined && response.body.length > maxErrorBody) return { bodyTruncated: true };
  if (decoded === undefined) return { ...decodeAnswer(response.body, contentType) };
  const text = redact(decoded);
  if (text.length > maxErrorBody) return { body: text.slice(0, maxErrorBody), bodyTruncated: true };
  const parsed = decodeAnswer(response.body, contentType);
  return jsonDepthExceeds(parsed.body, maxErrorDepth) ? { body: text } : parsed;
}

function contentTypeOf(response: GuardedResponse): string {
  return headerOf(response, 'content-type') ?? '';
}
