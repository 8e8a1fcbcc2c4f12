/** Which addresses may be reached: never private, loopback, link-local, metadata, reserved or translated ones. */
import ipaddr from 'ipaddr.js';

/** IPv4 ranges that are refused. Source: IANA IPv4 special-purpose registry. */
const deniedV4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
].map(parseCidr);

/** The only IPv6 range that is allowed, and what is refused inside it. Source: IANA IPv6 special-purpose registry. */
const allowedV6 = parseCidr('2000::/3');
const deniedV6 = ['2001::/23', '2001:db8::/32', '2002::/16', '2620:4f:8000::/48', '3fff::/20'].map(parseCidr);

/** Metadata services of clouds: no exception can allow them. */
const metadata = [
  '169.254.169.254/32',
  '169.254.170.2/32',
  '168.63.129.16/32',
  '100.100.100.200/32',
  'fd00:ec2::254/128',
].map(parseCidr);

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Cidr = [Address, number];

function parseCidr(text: string): Cidr {
  return ipaddr.parseCIDR(text) as Cidr;
}

function isIn(address: Address, [range, bits]: Cidr): boolean {
  return (
    address.kind() === range.kind() &&
    address.match([range, bits] as [ipaddr.IPv4, number] & [ipaddr.IPv6, number])
  );
}

/** Exceptions: `CIDR-or-host:port`; without a port, every port. */
export interface EgressException {
  cidr?: Cidr;
  host?: string;
  port?: number;
}

/** Reads the exceptions of `HOOKLOOM_EGRESS_ALLOW`. @throws TypeError that names a bad one */
export function parseEgressAllow(list: readonly string[]): EgressException[] {
  return list.map((text) => {
    const [, target = '', port] =
      /^(.+?)(?::(\d{1,5}))?$/.exec(text.includes(']') || text.split(':').length <= 2 ? text : `${text}:`) ??
      [];
    const bare = target.replace(/^\[|\](?=\/|$)/g, '').replace(/:$/, '');
    const withPort = port === undefined ? {} : { port: Number(port) };
    if (bare === '') throw new TypeError(`HOOKLOOM_EGRESS_ALLOW: expected CIDR-or-host:port; came ${text}`);
    if (ipaddr.isValidCIDR(bare)) return { cidr: parseCidr(bare), ...withPort };
    if (ipaddr.isValid(bare))
      return { cidr: parseCidr(`${bare}/${bare.includes(':') ? 128 : 32}`), ...withPort };
    return { host: bare.toLowerCase(), ...withPort };
  });
}

const readLists = new WeakMap<readonly string[], EgressException[]>();

/** As `parseEgressAllow`, once per list. */
function readEgressAllow(list: readonly string[]): EgressException[] {
  const known = readLists.get(list) ?? parseEgressAllow(list);
  readLists.set(list, known);
  return known;
}

/** Whether an exception names this target. */
export function isExcepted(
  exceptions: readonly EgressException[],
  target: { host: string; address?: string; port: number },
): boolean {
  const address =
    target.address !== undefined && ipaddr.isValid(target.address)
      ? ipaddr.process(target.address)
      : undefined;
  return exceptions.some((exception) => {
    if (exception.port !== undefined && exception.port !== target.port) return false;
    if (exception.cidr) return address !== undefined && isIn(address, exception.cidr);
    return exception.host === target.host;
  });
}

/** Why an address is refused; `undefined` when it may be reached. */
export function denialOf(
  text: string,
  exceptions: readonly EgressException[] = [],
  target: { host: string; port: number } = { host: text, port: 0 },
): string | undefined {
  if (!ipaddr.isValid(text)) return 'not an address';
  const mapped = ipaddr.process(text);
  if (metadata.some((range) => isIn(mapped, range))) return 'metadata service';
  if (isExcepted(exceptions, { ...target, address: text })) return undefined;
  return specialRangeOf(ipaddr.parse(text), mapped);
}

/** `mapped`: the IPv4 address inside an IPv4-mapped one, else the address itself. */
function specialRangeOf(parsed: Address, mapped: Address): string | undefined {
  if (parsed.kind() !== mapped.kind()) return 'translated address';
  if (mapped.kind() === 'ipv4')
    return deniedV4.some((range) => isIn(mapped, range)) ? mapped.range() : undefined;
  if (!isIn(parsed, allowedV6)) return parsed.range();
  return deniedV6.some((range) => isIn(parsed, range)) ? 'reserved' : undefined;
}

/** A URL that may not be used. */
export class UrlRefusedError extends TypeError {
  /** It is refused for its name, rather than for its form or its address. */
  readonly isName: boolean;

  constructor(message: string, options: { isName?: boolean; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.isName = options.isName ?? false;
  }
}

/** The port of a URL, by its scheme when it names none. */
export function portOf(url: URL): number {
  if (url.port !== '') return Number(url.port);
  return url.protocol === 'https:' ? 443 : 80;
}

/** The host of a URL without the brackets of IPv6. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$|\.$/g, '').toLowerCase();
}

/** Names that lead nowhere outside a machine or a site. Source: RFC 6761, RFC 6762, RFC 8375, ICANN (`internal`). */
const localNames = ['localhost', 'local', 'internal', 'home.arpa'];

/**
 * Judges a URL before any connection: scheme, user-info, fragment, port, and the host as far as it tells by itself. Every
 * spelling of an address is judged as what the WHATWG parser makes of it.
 * @throws UrlRefusedError with what was expected
 */
export function checkUrl(text: string, options: { allow: readonly string[] }): URL {
  const exceptions = readEgressAllow(options.allow);
  const url = parseUrl(text);
  const target = { host: hostOf(url), port: portOf(url) };
  if (url.username || url.password) throw new UrlRefusedError('expected a URL without user-info');
  if (url.hash) throw new UrlRefusedError('expected a URL without a fragment');
  if (target.port === 0) throw new UrlRefusedError('expected a port from 1 to 65535; came 0');
  checkTarget(url, target, exceptions);
  return url;
}

/** @throws UrlRefusedError unless the scheme and, as far as it is known yet, the address may be used */
function checkTarget(
  url: URL,
  target: { host: string; port: number },
  exceptions: readonly EgressException[],
): void {
  const isAddress = ipaddr.isValid(target.host);
  const isAllowed = isExcepted(exceptions, isAddress ? { ...target, address: target.host } : target);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isAllowed)) {
    throw new UrlRefusedError(`expected https; came ${url.protocol.replace(':', '')}`);
  }
  if (isAddress && denialOf(target.host, exceptions, target) !== undefined)
    throw new UrlRefusedError('expected a public address');
  if (!isAddress && !isAllowed && !isPublicName(target.host))
    throw new UrlRefusedError('expected a public name, such as hooks.example.com', { isName: true });
}

/** Whether a name can be one of the public: of two labels or more, none of them empty, and of no local domain. */
function isPublicName(host: string): boolean {
  const labels = host.split('.');
  if (labels.length < 2 || labels.includes('')) return false;
  return !localNames.some((name) => host.endsWith(`.${name}`));
}

function parseUrl(text: string): URL {
  try {
    return new URL(text);
  } catch (cause) {
    const port = /^[a-z]+:\/\/[^/?#]*:(\d+)(?:[/?#]|$)/i.exec(text)?.[1];
    if (Number(port) > 65_535)
      throw new UrlRefusedError(`expected a port from 1 to 65535; came ${port}`, { cause });
    throw new UrlRefusedError('expected a URL', { cause });
  }
}
