import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { parseIsoTime } from '../../../engine/json/iso-time.ts';

/** What a verification looks at. */
export interface SignedRequest {
  /** Lower-case names; repeated ones joined by `, `. */
  headers: Readonly<Record<string, string>>;
  method?: string;
  /** What stands behind the `?`, as sent. */
  querystring?: string;
  /** The body as sent. */
  bytes: Uint8Array;
  /** When it came in: what timestamps are compared with. */
  receivedAt: Date;
}

/** Whether two texts are the same, in a time that tells nothing of where they differ or how long the secret one is. */
export function equalTexts(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

/** How an HMAC is made and written. */
export interface HmacForm {
  algorithm: 'sha1' | 'sha256' | 'sha512';
  encoding: 'hex' | 'base64' | 'base64url';
}

/** The HMAC of parts, one after the other. */
export function hmacOf(
  secret: string | Uint8Array,
  form: HmacForm,
  parts: readonly (string | Uint8Array)[],
): string {
  const hmac = createHmac(form.algorithm, secret);
  for (const part of parts) hmac.update(part);
  return hmac.digest(form.encoding);
}

/** Whether one of the given signatures is that of one of the secrets. Every pair is compared, whatever the others say. */
export function isAnySignature(
  given: readonly string[],
  expected: readonly string[],
  encoding: HmacForm['encoding'],
): boolean {
  const normal = (text: string) => (encoding === 'hex' ? text.toLowerCase() : text.replace(/=+$/, ''));
  const results = given.flatMap((one) => expected.map((other) => equalTexts(normal(one), normal(other))));
  return results.includes(true);
}

/** How timestamps are written. */
export const timestampFormats = ['seconds', 'milliseconds', 'iso'] as const;
export type TimestampFormat = (typeof timestampFormats)[number];

const timestampReaders: Readonly<Record<TimestampFormat, { is: string; read: (text: string) => number }>> = {
  seconds: { is: 'in epoch seconds', read: (text) => (/^\d{1,12}$/.test(text) ? Number(text) : Number.NaN) },
  milliseconds: {
    is: 'in epoch milliseconds',
    read: (text) => (/^\d{1,15}$/.test(text) ? Number(text) / 1_000 : Number.NaN),
  },
  iso: {
    is: 'in ISO 8601 with a zone',
    read: (text) => (parseIsoTime(text)?.getTime() ?? Number.NaN) / 1_000,
  },
};

/** Why a timestamp is not taken; `undefined` when it is. */
export function staleReason(
  timestamp: string | undefined,
  receivedAt: Date,
  toleranceSeconds: number,
  format: TimestampFormat = 'seconds',
): string | undefined {
  const { is, read } = timestampReaders[format];
  const seconds = read(timestamp ?? '');
  if (Number.isNaN(seconds)) return `expected a timestamp ${is}`;
  const ageSeconds = Math.abs(receivedAt.getTime() / 1_000 - seconds);
  return ageSeconds <= toleranceSeconds
    ? undefined
    : `the timestamp is more than ${toleranceSeconds} seconds away`;
}

/** The reason of a signature that fits no secret. */
export const noMatch = 'the signature does not fit the body and the secret';
