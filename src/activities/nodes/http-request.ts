import { currentTime } from '../../clock.ts';
import { definitionLimits } from '../../engine/definition/definition.ts';
import { jsonDepthExceeds } from '../../engine/json/json-depth.ts';
import type { Json, JsonObject } from '../../engine/json/json.ts';
import { flattenHeaders } from '../../outbound/egress/flatten-headers.ts';
import type { GuardedClient, GuardedResponse } from '../../outbound/egress/guarded-client.ts';
import { parseRetryAfter } from '../../engine/deliveries/retry-schedule.ts';
import { NodeFailure } from '../node-code.ts';
import type { NodeCode, NodeContext } from '../node-code.ts';
import { headersOf, methodOf, redirectsOf, textOf, urlOf } from './request-input.ts';

/** Largest answer that is read, in bytes. Source: the hard cap of a value. */
const maxResponseBytes = 10 * 1024 * 1024;

/** Creates the code of `http-request`: one guarded request; its status decides. */
export function createHttpRequest(client: GuardedClient): NodeCode {
  return async (context) => {
    const { payload, attempt } = context;
    const request = requestOf(context);
    const response = await client.request({
      ...request,
      confidential: confidentialIn(request, context.redact),
      redact: context.redact,
      signal: attempt.signal,
    });
    if (!isExpected(payload['expectStatus'] ?? '2xx', response.status))
      throw unexpected(response, context.redact);
    return {
      value: { status: response.status, headers: flattenHeaders(response.headers), ...bodyOf(response) },
    };
  };
}

function requestOf({ payload, attempt }: NodeContext) {
  const url = withQuery(urlOf(payload['url']), payload['query'] as JsonObject | undefined);
  const headers = headersOf(payload['headers']);
  const body = payload['body'];
  const hasBody = body !== undefined && body !== null;
  const isJson = hasBody && typeof body !== 'string';
  return {
    method: methodOf(payload['method']),
    url,
    headers: {
      ...(isJson ? { 'content-type': 'application/json' } : {}),
      'idempotency-key': attempt.idempotencyKey,
      ...headers,
    },
    ...(hasBody ? { body: Buffer.from(isJson ? JSON.stringify(body) : String(body)) } : {}),
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
  const text = redact(response.body.toString('utf8'));
  if (text.length > maxErrorBody) return { body: text.slice(0, maxErrorBody), bodyTruncated: true };
  const parsed = bodyOf(response);
  return jsonDepthExceeds(parsed.body, maxErrorDepth) ? { body: text } : parsed;
}

/** A body that is not the JSON it claims, or nested too deep, stays a string and says so. */
function bodyOf(response: GuardedResponse): {
  body: Json;
  bodyParseError?: true;
} {
  const text = response.body.toString('utf8');
  const type = headerOf(response, 'content-type') ?? '';
  if (text === '') return { body: null };
  if (!/[/+]json\b/i.test(type)) return { body: text };
  try {
    const body = JSON.parse(text) as Json;
    if (!jsonDepthExceeds(body, definitionLimits.jsonDepth)) return { body };
  } catch {
    // Falls through: not JSON is as wrong as JSON that is too deep.
  }
  return { body: text, bodyParseError: true };
}
