/** Who sends a request, behind proxies that are trusted to say so. */
import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

/**
 * Returns the address of a request's sender: of the connection, or, as long as that is a trusted proxy, what the proxy
 * says. So it is the rightmost address that is no trusted proxy; what stands left of it anybody may have written.
 * @param trusted addresses and CIDR ranges of the proxies
 */
export function senderAddress(request: IncomingMessage, trusted: readonly string[]): string {
  const peer = plainAddress(request.socket.remoteAddress ?? '');
  if (trusted.length === 0) return peer;
  const proxies = rangesOf(trusted);
  const chain = [...forwardedFor(request), peer];
  for (let index = chain.length - 1; index > 0; index -= 1) {
    const address = chain[index] ?? '';
    // What is no address cannot be judged, so that nothing left of it can be trusted.
    if (!isInRanges(proxies, address) || isIP(chain[index - 1] ?? '') === 0) return address;
  }
  return chain[0] ?? peer;
}

/** Addresses that proxies have named, the first sender first. Source: RFC 7239 §4; X-Forwarded-For is its older form. */
function forwardedFor({ headers }: IncomingMessage): string[] {
  const older = String(headers['x-forwarded-for'] ?? '');
  const forwarded = headers['forwarded'] ?? '';
  const named = older === '' ? nodesOf(forwarded) : older.split(',');
  return named.filter((text) => text.trim() !== '').map((text) => plainAddress(text.trim()));
}

function nodesOf(forwarded: string): string[] {
  return forwarded.split(',').flatMap((element) => {
    const [, node] = /(?:^|;)\s*for\s*=\s*("[^"]*"|[^;\s]*)/i.exec(element) ?? [];
    return node === undefined ? [] : [node.replaceAll('"', '')];
  });
}

/** An address without its port, its brackets, and what maps IPv4 into IPv6. */
function plainAddress(text: string): string {
  const [, bracketed] = /^\[([^\]]+)\](?::\d+)?$/.exec(text) ?? [];
  const [, withPort] = /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(text) ?? [];
  return (bracketed ?? withPort ?? text).replace(/^::ffff:(?=\d+\.)/i, '');
}

/** Reads addresses and CIDR ranges. */
export function rangesOf(texts: readonly string[]): BlockList {
  const list = new BlockList();
  for (const text of texts) {
    const [address = '', bits] = text.split('/');
    const family = isIP(address) === 4 ? 'ipv4' : 'ipv6';
    list.addSubnet(address, bits === undefined ? (family === 'ipv4' ? 32 : 128) : Number(bits), family);
  }
  return list;
}

/** Whether an address is in one of the ranges; what is no address is in none. */
export function isInRanges(ranges: BlockList, address: string): boolean {
  const version = isIP(address);
  return version !== 0 && ranges.check(address, version === 4 ? 'ipv4' : 'ipv6');
}
