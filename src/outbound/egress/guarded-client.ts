/** The only HTTP client that reaches out for users: every address is judged, every byte and second bounded. */
import { request as send } from 'undici';
import type { Dispatcher } from 'undici';
import { checkUrl, parseEgressAllow } from './address-guard.ts';
import type { UrlRefusedError } from './address-guard.ts';
import { noteAddress } from './connected-address.ts';
import type { SentTo } from './connected-address.ts';
import { startDeadline, unlessAborted } from '../../deadline.ts';
import { createGuardedAgent } from './guarded-agent.ts';
import type { GuardedAgent, Resolver } from './guarded-agent.ts';
import type { GuardedResponse } from './guarded-response.ts';
import { GuardedRequestError, toGuardedError } from './guarded-error.ts';
import type { RequestPhase } from './guarded-error.ts';
import { letGo, readBounded } from './read-bounded.ts';
import { credentialHeaders } from './redact-headers.ts';

/** One request. */
export interface GuardedRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  body?: Buffer;
  /** Bound over DNS, connect, TLS, headers and body, in milliseconds. */
  deadlineMs: number;
  /** Most bytes of the body that are read. */
  maxResponseBytes: number;
  /** Past `maxResponseBytes`: keep what was read, or fail with `payload_too_large`. */
  onOverflow: 'truncate' | 'error';
  /** Most redirects that are followed, each judged anew. */
  followRedirects: number;
  /** What stays with the first origin when a redirect leads to another: headers by lower-case name, the body. */
  confidential?: { headers: readonly string[]; body: boolean };
  /** Takes secrets out of the reason that is logged when the request fails. */
  redact?: (text: string) => string;
  signal?: AbortSignal;
}

/** The guarded client of one process. */
export interface GuardedClient {
  /** @throws GuardedRequestError that says which step failed, with what had come of the answer */
  request(request: GuardedRequest): Promise<GuardedResponse>;
  close(): Promise<void>;
}

const redirectStatuses = [301, 302, 303, 307, 308];

/** Creates the client. `egressAllow`: exceptions for development, such as `127.0.0.1:9000`. */
export function createGuardedClient(options: {
  egressAllow: readonly string[];
  resolver?: Resolver;
  log?: { info(data: object, message: string): void };
}): GuardedClient {
  const closing = new AbortController();
  const allow = options.egressAllow;
  const guarded = createGuardedAgent({
    exceptions: parseEgressAllow(allow),
    closing: closing.signal,
    ...(options.resolver ? { resolver: options.resolver } : {}),
  });

  return {
    async request(request) {
      const deadline = startDeadline(request.deadlineMs, request.signal ? [request.signal] : []);
      const course: Course = { startedAt: performance.now(), redirects: 0, sentTo: {} };
      try {
        return await follow({ ...guarded, allow }, { ...request, signal: deadline.signal }, course);
      } catch (thrown) {
        const error = toGuardedError(thrown, {
          isTimeout: deadline.hasPassed(),
          phase: phaseOf(course, guarded),
        });
        const { redact = (text: string) => text } = request;
        options.log?.info({ type: error.type, reason: redact(error.reason) }, 'a guarded request failed');
        throw error;
      } finally {
        deadline.clear();
      }
    },
    async close() {
      closing.abort(new Error('the client is closed'));
      await guarded.agent.destroy();
    },
  };
}

/** How far a request is. */
interface Course {
  startedAt: number;
  redirects: number;
  /** Where the request of the latest hop went. */
  target?: URL;
  sentTo: SentTo;
}

function phaseOf({ target, sentTo }: Course, guarded: GuardedAgent): RequestPhase {
  if (sentTo.remoteAddress !== undefined || !target) return 'headers';
  return guarded.phaseTo(target);
}

/** What changes from hop to hop. */
type Hop = Pick<GuardedRequest, 'url' | 'method' | 'headers' | 'body'>;

/** Sends, and follows redirects as far as the request allows; every hop is judged anew. */
async function follow(
  given: GuardedAgent & { allow: readonly string[] },
  request: GuardedRequest & { signal: AbortSignal },
  course: Course,
): Promise<GuardedResponse> {
  for (let hop: Hop = request; ; course.redirects += 1) {
    const { signal } = request;
    const target = judge(hop.url, given.allow);
    const sentTo: SentTo = {};
    Object.assign(course, { target, sentTo });
    const sent = noteAddress(sentTo, () =>
      send(target, {
        method: hop.method as Dispatcher.HttpMethod,
        headers: hop.headers,
        body: hop.body ?? null,
        dispatcher: given.agent,
        signal,
      }),
    );
    // Undici hears of an abort only once it is connected; then it sends nothing any more.
    const answer = await unlessAborted(signal, sent);
    const next = course.redirects < request.followRedirects ? nextHop(request, hop, answer) : undefined;
    if (!next) return read(request, answer, course);
    letGo(answer.body);
    hop = next;
  }
}

/** The next hop of a redirect; `undefined` when the answer is none, or a confidential body would change its origin. */
function nextHop(request: GuardedRequest, hop: Hop, answer: Dispatcher.ResponseData): Hop | undefined {
  const next = targetOf(answer, hop.url);
  if (!next) return undefined;
  const { headers: own = [], body: isBodyOwn = false } = request.confidential ?? {};
  const isElsewhere = next.origin !== new URL(hop.url).origin;
  const headers = isElsewhere ? withoutCredentials(hop.headers, own) : hop.headers;
  const moved = { method: hop.method, url: next.href, headers };
  if (answer.statusCode === 303) return { ...moved, method: 'GET' };
  if (hop.body === undefined) return moved;
  return isElsewhere && isBodyOwn ? undefined : { ...moved, body: hop.body };
}

function targetOf(answer: Dispatcher.ResponseData, url: string): URL | undefined {
  const { location } = answer.headers;
  if (!redirectStatuses.includes(answer.statusCode) || typeof location !== 'string') return undefined;
  return URL.canParse(location, url) ? new URL(location, url) : undefined;
}

/** Only who names an address is told that it is denied. */
function judge(url: string, allow: readonly string[]): URL {
  try {
    return checkUrl(url, { allow });
  } catch (cause) {
    const { message, isName } = cause as UrlRefusedError;
    throw new GuardedRequestError(isName ? 'dns_failure' : 'address_denied', message, { cause });
  }
}

async function read(
  request: GuardedRequest & { signal: AbortSignal },
  answer: Dispatcher.ResponseData,
  course: Course,
): Promise<GuardedResponse> {
  const headersMs = performance.now() - course.startedAt;
  const { body, truncated, brokenBy } = await readBounded(answer.body, request.maxResponseBytes);
  if (truncated && request.onOverflow === 'error') {
    throw new GuardedRequestError(
      'payload_too_large',
      `the answer has more than ${request.maxResponseBytes} bytes`,
    );
  }
  const response: GuardedResponse = {
    status: answer.statusCode,
    headers: answer.headers,
    body,
    truncated: truncated || brokenBy !== undefined,
    timings: {
      headersMs: Math.round(headersMs),
      totalMs: Math.round(performance.now() - course.startedAt),
    },
    remoteAddress: course.sentTo.remoteAddress,
    redirects: course.redirects,
  };
  if (brokenBy === undefined) return response;
  throw toGuardedError(brokenBy, { isTimeout: isTimeout(request.signal), phase: 'body', answer: response });
}

/** Whether a deadline has aborted it, rather than somebody. */
function isTimeout({ aborted, reason }: AbortSignal): boolean {
  return aborted && reason instanceof DOMException && reason.name === 'TimeoutError';
}

/** Credentials never follow a redirect to another origin. */
function withoutCredentials(
  headers: Record<string, string>,
  confidential: readonly string[],
): Record<string, string> {
  const left = credentialHeaders(headers, confidential);
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !Object.hasOwn(left, name)));
}
