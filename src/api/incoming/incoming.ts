import type { IncomingHttpHeaders } from 'node:http';
import type { Context } from 'koa';
import { currentTime } from '../../clock.ts';
import type { JsonObject } from '../../engine/json/json.ts';
import { senderAddress } from '../routing/sender-address.ts';

/** A request on a webhook URL, now or replayed. */
export interface IncomingRequest {
  method: string;
  /** Lower-case names; repeated ones joined. With credentials: see `recordedHeaders`. */
  headers: Record<string, string>;
  /** Parsed; repeated names are arrays. */
  query: JsonObject;
  querystring: string;
  remoteAddress: string;
  receivedAt: Date;
  /** The body as sent; empty until it is captured. */
  bytes: Buffer;
  /** Bytes that came in, also of a body that was too large to keep. */
  sizeBytes: number;
}

/**
 * Reads what stands before the body. The URL's secret is replaced wherever a proxy has copied it to, also as it is
 * spelled in the URL.
 * @param given.secret the secret of the URL
 * @param given.trustedProxies see `senderAddress`
 */
export function readHead(
  ctx: Context,
  { secret, trustedProxies }: { secret: string; trustedProxies: readonly string[] },
): IncomingRequest {
  const spelled = ctx.path.split('/').findLast((part) => part !== '') ?? secret;
  const masked = (text: string) => text.replaceAll(secret, '[redacted]').replaceAll(spelled, '[redacted]');
  return {
    method: ctx.method,
    headers: flatten(ctx.req.headers, masked),
    query: parseQuery(masked(ctx.querystring)),
    querystring: masked(ctx.querystring),
    remoteAddress: senderAddress(ctx.req, trustedProxies),
    receivedAt: currentTime(),
    bytes: Buffer.alloc(0),
    sizeBytes: 0,
  };
}

function flatten(headers: IncomingHttpHeaders, masked: (text: string) => string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      masked(Array.isArray(value) ? value.join(', ') : (value ?? '')),
    ]),
  );
}

/** Parses a query: repeated names become arrays. */
export function parseQuery(text: string): JsonObject {
  const fields = new URLSearchParams(text);
  return Object.fromEntries(
    [...new Set(fields.keys())].map((name) => {
      const values = fields.getAll(name);
      return [name, values.length === 1 ? (values[0] ?? '') : values];
    }),
  );
}
