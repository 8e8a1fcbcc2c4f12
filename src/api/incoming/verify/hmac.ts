import { hmacOf, isAnySignature, noMatch, staleReason } from './signature.ts';
import type { HmacForm, SignedRequest } from './signature.ts';

/** A scheme of HMAC over the body, or over `<timestamp>.<body>`. */
export interface HmacScheme extends HmacForm {
  secrets: readonly string[];
  /** Header of the signature. */
  header: string;
  /** What stands before the signature, such as `sha256=`. */
  prefix?: string | undefined;
  timestampHeader?: string | undefined;
  toleranceSeconds: number;
}

/** Why the request is not signed by the scheme; `undefined` when it is. Several signatures may be separated by commas. */
export function verifyHmac(
  { headers, bytes, receivedAt }: SignedRequest,
  scheme: HmacScheme,
): string | undefined {
  const { header, prefix = '', timestampHeader, secrets, encoding } = scheme;
  const given = headers[header.toLowerCase()];
  if (!given) return `expected the header ${header.toLowerCase()}`;
  const signatures = given
    .split(',')
    .map((part) => part.trim())
    .flatMap((part) => (part.startsWith(prefix) ? [part.slice(prefix.length)] : []));
  const parts: (string | Uint8Array)[] = [bytes];
  if (timestampHeader !== undefined) {
    const timestamp = headers[timestampHeader.toLowerCase()];
    const stale = staleReason(timestamp, receivedAt, scheme.toleranceSeconds);
    if (stale) return stale;
    parts.unshift(`${timestamp}.`);
  }
  const expected = secrets.map((secret) => hmacOf(secret, scheme, parts));
  if (!isAnySignature(signatures, expected, encoding)) return noMatch;
  return signsChallenges(scheme) && !isJsonObject(bytes) ? 'expected a JSON object' : undefined;
}

/**
 * Whether the secret of a scheme also signs what anybody asks: X's challenges. Such an answer must be good for no body.
 * Source: X, Account Activity API, "Challenge-response checks".
 */
export function signsChallenges({ header }: Pick<HmacScheme, 'header'>): boolean {
  return header.toLowerCase() === 'x-twitter-webhooks-signature';
}

function isJsonObject(bytes: Uint8Array): boolean {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
