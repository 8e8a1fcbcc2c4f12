import { hmacOf, isAnySignature, noMatch, staleReason } from './signature.ts';
import type { HmacForm, SignedRequest, TimestampFormat } from './signature.ts';
import { namesPart, signedContent } from './signed-content.ts';

/** A scheme of HMAC over a body, or over what a template says. */
export interface HmacScheme extends HmacForm {
  secrets: readonly string[];
  /** Header of the signature. */
  header: string;
  /** What stands before the signature, such as `sha256=`: the same as `signatureFormat: "sha256={signature}"`. */
  prefix?: string | undefined;
  /** How the header is written: parts between commas or semicolons, such as `t={timestamp},v1={signature}`. */
  signatureFormat?: string | undefined;
  timestampHeader?: string | undefined;
  timestampFormat?: TimestampFormat | undefined;
  idHeader?: string | undefined;
  /** What is signed; default: `{body}`, with a timestamp `{timestamp}.{body}`. */
  signedContent?: string | undefined;
  /** How the secret is written; default: as a text whose bytes are the key. */
  keyEncoding?: 'text' | 'hex' | 'base64' | 'base64url' | undefined;
  toleranceSeconds: number;
}

/** Why the request is not signed by the scheme; `undefined` when it is. Several signatures may be separated by commas. */
export function verifyHmac(request: SignedRequest, scheme: HmacScheme): string | undefined {
  const { headers, bytes, receivedAt } = request;
  const { header, timestampHeader, idHeader, secrets, encoding } = scheme;
  const given = headers[header.toLowerCase()];
  if (!given) return `expected the header ${header.toLowerCase()}`;
  const { signatures, timestamps } = readSignatures(given, formatOf(scheme));
  const headerOf = (name: string | undefined) =>
    name === undefined ? undefined : headers[name.toLowerCase()];
  const timestamp = timestampHeader === undefined ? timestamps[0] : headerOf(timestampHeader);
  const stale = hasTimestamp(scheme)
    ? staleReason(timestamp, receivedAt, scheme.toleranceSeconds, scheme.timestampFormat)
    : undefined;
  if (stale) return stale;
  const id = headerOf(idHeader);
  if (idHeader !== undefined && !id) return `expected the header ${idHeader.toLowerCase()}`;
  const parts = signedContent(contentOf(scheme), request, { timestamp, id });
  const expected = secrets.map((secret) => hmacOf(keyOf(secret, scheme), scheme, parts));
  return isAnySignature(signatures, expected, encoding) ? challengeReason(scheme, bytes) : noMatch;
}

/** Members of a scheme that say what stands where. */
type Places = Pick<HmacScheme, 'prefix' | 'signatureFormat' | 'timestampHeader' | 'signedContent'>;

function formatOf({ prefix = '', signatureFormat = `${prefix}{signature}` }: Places): string {
  return signatureFormat;
}

/** Whether a scheme's requests have a time, by which an old one is refused. */
export function hasTimestamp(scheme: Places): boolean {
  return scheme.timestampHeader !== undefined || formatOf(scheme).includes('{timestamp}');
}

function contentOf(scheme: Places): string {
  return scheme.signedContent ?? (hasTimestamp(scheme) ? '{timestamp}.{body}' : '{body}');
}

/** Why the members of a scheme do not go together; `undefined` when they do. */
export function schemeProblem(scheme: Places & Pick<HmacScheme, 'idHeader'>): string | undefined {
  const { signedContent: content = '', idHeader } = scheme;
  if (scheme.prefix !== undefined && scheme.signatureFormat !== undefined)
    return 'prefix: expected `prefix` or `signatureFormat`, not both';
  if (namesPart(content, 'timestamp') && !hasTimestamp(scheme))
    return 'timestampHeader: expected with {timestamp}, or {timestamp} in `signatureFormat`';
  if (namesPart(content, 'id') && idHeader === undefined) return 'idHeader: expected with {id}';
  return undefined;
}

/** What stands between the parts of a header. */
const between = /[,;]/;

/** Reads a header as its format says; parts that fit nothing are left alone. */
function readSignatures(given: string, format: string): { signatures: string[]; timestamps: string[] } {
  const shapes = format.split(between).map((shape) => shape.trim().split(/(?=\{)/));
  const found = { signatures: [] as string[], timestamps: [] as string[] };
  for (const part of given.split(between).map((one) => one.trim()))
    for (const [before = '', name = before] of shapes) {
      const start = name === before ? '' : before;
      if (!part.startsWith(start)) continue;
      if (name === '{timestamp}') found.timestamps.push(part.slice(start.length));
      else found.signatures.push(part.slice(start.length));
    }
  return found;
}

function keyOf(secret: string, { keyEncoding = 'text' }: HmacScheme): string | Uint8Array {
  return keyEncoding === 'text' ? secret : Buffer.from(secret, keyEncoding);
}

/**
 * Whether the secret of a scheme also signs what anybody asks: X's challenges. Such an answer must be good for no body.
 * Source: X, Account Activity API, "Challenge-response checks".
 */
export function signsChallenges({ header }: Pick<HmacScheme, 'header'>): boolean {
  return header.toLowerCase() === 'x-twitter-webhooks-signature';
}

/** Why a body may be a challenge that the secret has signed for somebody. */
function challengeReason(scheme: HmacScheme, bytes: Uint8Array): string | undefined {
  return signsChallenges(scheme) && !isJsonObject(bytes) ? 'expected a JSON object' : undefined;
}

function isJsonObject(bytes: Uint8Array): boolean {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
