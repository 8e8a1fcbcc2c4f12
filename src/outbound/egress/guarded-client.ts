/** The only HTTP client that reaches out for users: every address is judged, every byte and second bounded. */
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { Socket } from 'node:net';
import { Agent, buildConnector, request as send } from 'undici';
import type { Dispatcher } from 'undici';
import { checkUrl, denialOf, parseEgressAllow } from './address-guard.ts';
import type { EgressException } from './address-guard.ts';
import { noteAddress } from './connected-address.ts';
import type { SentTo } from './connected-address.ts';
import { startDeadline } from '../../deadline.ts';
import { GuardedRequestError, toGuardedError } from './guarded-error.ts';
import { letGo, readBounded } from './read-bounded.ts';

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

/** One answer. Nothing is inflated. */
export interface GuardedResponse {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
  truncated: boolean;
  /** Milliseconds: until the headers, and in all. */
  timings: { headersMs: number; totalMs: number };
  /** The address that was connected to. */
  remoteAddress: string | undefined;
  redirects: number;
}

/** Returns all addresses of a host. */
export type Resolver = (host: string) => Promise<string[]>;

/** The guarded client of one process. */
export interface GuardedClient {
  /** @throws GuardedRequestError `address_denied`, `network`, `timeout` or `payload_too_large` */
  request(request: GuardedRequest): Promise<GuardedResponse>;
  close(): Promise<void>;
}

const maxHeaderBytes = 16 * 1024;
/** Longest time for a name and a connection to it, in milliseconds: none that nobody waits for any more is kept open. */
const connectMs = 30_000;
const redirectStatuses = [301, 302, 303, 307, 308];

/** Creates the client. `egressAllow`: exceptions for development, such as `127.0.0.1:9000`. */
export function createGuardedClient(options: {
  egressAllow: readonly string[];
  resolver?: Resolver;
  log?: { info(data: object, message: string): void };
}): GuardedClient {
  const exceptions = parseEgressAllow(options.egressAllow);
  const closing = new AbortController();
  const agent = createAgent({
    exceptions,
    resolver: options.resolver ?? resolveAll,
    closing: closing.signal,
  });
  const allow = options.egressAllow;

  return {
    async request(request) {
      const startedAt = performance.now();
      const deadline = startDeadline(request.deadlineMs, request.signal ? [request.signal] : []);
      try {
        return await follow({ agent, allow }, { ...request, signal: deadline.signal }, startedAt);
      } catch (thrown) {
        const error = toGuardedError(thrown, deadline.hasPassed());
        const { redact = (text: string) => text } = request;
        options.log?.info({ type: error.type, reason: redact(error.reason) }, 'a guarded request failed');
        throw error;
      } finally {
        deadline.clear();
      }
    },
    async close() {
      closing.abort(new Error('the client is closed'));
      await agent.destroy();
    },
  };
}

/** What changes from hop to hop. */
type Hop = Pick<GuardedRequest, 'url' | 'method' | 'headers' | 'body'>;

/** Sends, and follows redirects as far as the request allows; every hop is judged anew. */
async function follow(
  given: { agent: Agent; allow: readonly string[] },
  request: GuardedRequest & { signal: AbortSignal },
  startedAt: number,
): Promise<GuardedResponse> {
  let hop: Hop = request;
  for (let redirects = 0; ; redirects += 1) {
    const target = judge(hop.url, given.allow);
    const sentTo: SentTo = {};
    const { signal } = request;
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
    const next = redirects < request.followRedirects ? nextHop(request, hop, answer) : undefined;
    if (!next) return read(request, answer, { startedAt, redirects, ...sentTo });
    letGo(answer.body);
    hop = next;
  }
}

/** Returns what the work does; rejects as soon as the signal is aborted, however long the work may go on. */
async function unlessAborted<Result>(signal: AbortSignal, work: Promise<Result>): Promise<Result> {
  let onAbort = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
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

function judge(url: string, allow: readonly string[]): URL {
  try {
    return checkUrl(url, { allow });
  } catch (cause) {
    throw new GuardedRequestError('address_denied', (cause as Error).message, { cause });
  }
}

async function read(
  request: GuardedRequest,
  answer: Dispatcher.ResponseData,
  given: SentTo & { startedAt: number; redirects: number },
): Promise<GuardedResponse> {
  const headersMs = performance.now() - given.startedAt;
  const { body, truncated } = await readBounded(answer.body, request.maxResponseBytes);
  if (truncated && request.onOverflow === 'error') {
    throw new GuardedRequestError(
      'payload_too_large',
      `the answer has more than ${request.maxResponseBytes} bytes`,
    );
  }
  return {
    status: answer.statusCode,
    headers: answer.headers,
    body,
    truncated,
    timings: { headersMs: Math.round(headersMs), totalMs: Math.round(performance.now() - given.startedAt) },
    remoteAddress: given.remoteAddress,
    redirects: given.redirects,
  };
}

/** Credentials never follow a redirect to another origin. */
function withoutCredentials(
  headers: Record<string, string>,
  confidential: readonly string[],
): Record<string, string> {
  const names = new Set(['authorization', 'cookie', ...confidential]);
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.has(name.toLowerCase())));
}

/** Connects only to an address that was judged: all answers of the resolver must pass, and the socket must agree. */
function createAgent(given: {
  exceptions: readonly EgressException[];
  resolver: Resolver;
  closing: AbortSignal;
}): Agent {
  const { exceptions, resolver, closing } = given;
  const connect = buildConnector({ timeout: connectMs });
  const connector: buildConnector.connector = (options, callback) => {
    const target = {
      host: options.hostname.replace(/^\[|\]$/g, '').toLowerCase(),
      port: Number(options.port) || (options.protocol === 'https:' ? 443 : 80),
    };
    const bound = startDeadline(connectMs, [closing]);
    const vetted = unlessAborted(bound.signal, vetAddress(target, exceptions, resolver));
    vetted.finally(bound.clear).then(
      (address) => {
        const servername = options.servername ?? (isIP(target.host) ? undefined : target.host);
        connect(
          { ...options, hostname: address, ...(servername === undefined ? {} : { servername }) },
          (error, socket) => {
            if (error) return callback(error, null);
            const reason = denialOf((socket as Socket).remoteAddress ?? '', exceptions, target);
            if (reason === undefined) return callback(null, socket);
            socket.destroy();
            callback(new GuardedRequestError('address_denied', reason), null);
          },
        );
      },
      (error: unknown) => callback(error as Error, null),
    );
  };
  return new Agent({
    connect: connector,
    maxHeaderSize: maxHeaderBytes,
    headersTimeout: 0,
    bodyTimeout: 0,
    pipelining: 1,
  });
}

async function vetAddress(
  target: { host: string; port: number },
  exceptions: readonly EgressException[],
  resolver: Resolver,
): Promise<string> {
  const addresses = isIP(target.host) ? [target.host] : await resolver(target.host);
  const [first] = addresses;
  if (first === undefined) throw new GuardedRequestError('network', 'the name has no address');
  for (const address of addresses) {
    const reason = denialOf(address, exceptions, target);
    if (reason !== undefined) throw new GuardedRequestError('address_denied', `${address}: ${reason}`);
  }
  return first;
}

async function resolveAll(host: string): Promise<string[]> {
  return (await lookup(host, { all: true })).map(({ address }) => address);
}
