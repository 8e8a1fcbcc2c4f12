/** Connections of the guarded client: only to an address that was judged. */
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { Socket } from 'node:net';
import { Agent, buildConnector } from 'undici';
import { startDeadline, unlessAborted } from '../../deadline.ts';
import { denialOf } from './address-guard.ts';
import type { EgressException } from './address-guard.ts';
import { GuardedRequestError, toGuardedError } from './guarded-error.ts';
import type { RequestPhase } from './guarded-error.ts';

/** Returns all addresses of a host. */
export type Resolver = (host: string) => Promise<string[]>;

/** Connects, and tells how far that is. */
export interface GuardedAgent {
  agent: Agent;
  /** What a connection to an origin that is being made is at. */
  phaseTo(url: URL): RequestPhase;
}

interface Target {
  host: string;
  port: number;
}

const maxHeaderBytes = 16 * 1024;
/** Longest time for a name and a connection to it, in milliseconds: none that nobody waits for any more is kept open. */
const connectMs = 30_000;

/** Creates the agent: all answers of the resolver must pass, and the socket must agree. */
export function createGuardedAgent(given: {
  exceptions: readonly EgressException[];
  resolver?: Resolver;
  closing: AbortSignal;
}): GuardedAgent {
  const phases = new Map<string, RequestPhase>();
  const agent = new Agent({
    connect: createConnector({ resolver: resolveAll, ...given }, phases),
    maxHeaderSize: maxHeaderBytes,
    headersTimeout: 0,
    bodyTimeout: 0,
    pipelining: 1,
  });
  const phaseTo = ({ hostname, port, protocol }: URL) =>
    phases.get(keyOf(targetOf({ hostname, port, protocol }))) ?? 'connect';
  return { agent, phaseTo };
}

function createConnector(
  given: { exceptions: readonly EgressException[]; resolver: Resolver; closing: AbortSignal },
  phases: Map<string, RequestPhase>,
): buildConnector.connector {
  const { exceptions, resolver, closing } = given;
  const connect = buildConnector({ timeout: connectMs });
  return (options, callback) => {
    const target = targetOf(options);
    const key = keyOf(target);
    const fail = (error: unknown, isTimeout = false) => {
      const failure = toGuardedError(error, { isTimeout, phase: phases.get(key) ?? 'connect' });
      phases.delete(key);
      callback(failure, null);
    };
    const open = (address: string) => {
      phases.set(key, 'connect');
      const servername = options.servername ?? (isIP(target.host) ? undefined : target.host);
      const place = { ...options, hostname: address, ...(servername === undefined ? {} : { servername }) };
      const socket = connect(place, (error, connected) => {
        if (error) return fail(error);
        const reason = denialOf((connected as Socket).remoteAddress ?? '', exceptions, target);
        if (reason !== undefined) connected.destroy();
        if (reason !== undefined) return fail(denied(target, reason));
        phases.delete(key);
        callback(null, connected);
      }) as unknown as Socket | undefined;
      if (options.protocol === 'https:')
        socket?.once('connect', () => void (phases.has(key) && phases.set(key, 'tls')));
    };
    phases.set(key, 'dns');
    const bound = startDeadline(connectMs, [closing]);
    const vetted = unlessAborted(bound.signal, vetAddress(target, exceptions, resolver));
    vetted.finally(bound.clear).then(open, (error: unknown) => fail(error, bound.hasPassed()));
  };
}

function targetOf(options: { hostname: string; port: string; protocol: string }): Target {
  return {
    host: options.hostname.replace(/^\[|\]$/g, '').toLowerCase(),
    port: Number(options.port) || (options.protocol === 'https:' ? 443 : 80),
  };
}

function keyOf({ host, port }: Target): string {
  return `${host} ${port}`;
}

/** Only who names an address is told that it is denied. */
function denied({ host }: Target, reason: string): GuardedRequestError {
  return new GuardedRequestError(isIP(host) ? 'address_denied' : 'dns_failure', reason);
}

async function vetAddress(
  target: Target,
  exceptions: readonly EgressException[],
  resolver: Resolver,
): Promise<string> {
  const addresses = isIP(target.host) ? [target.host] : await resolver(target.host);
  const [first] = addresses;
  if (first === undefined) throw new GuardedRequestError('dns_failure', 'the name has no address');
  for (const address of addresses) {
    const reason = denialOf(address, exceptions, target);
    if (reason !== undefined) throw denied(target, `${address}: ${reason}`);
  }
  return first;
}

async function resolveAll(host: string): Promise<string[]> {
  return (await lookup(host, { all: true })).map(({ address }) => address);
}
