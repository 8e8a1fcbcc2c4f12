import { hmacOf, isAnySignature, noMatch, staleReason } from './signature.ts';
import type { SignedRequest } from './signature.ts';

const form = { algorithm: 'sha256', encoding: 'hex' } as const;

/**
 * Why the request is not signed as Slack signs; `undefined` when it is.
 * Source: Slack API, "Verifying requests from Slack": `X-Slack-Signature: v0=<hex>` over `v0:<timestamp>:<body>`.
 */
export function verifySlack(
  { headers, bytes, receivedAt }: SignedRequest,
  given: { secrets: readonly string[]; toleranceSeconds: number },
): string | undefined {
  const timestamp = headers['x-slack-request-timestamp'];
  const [, signature] = /^v0=([0-9a-f]+)$/i.exec(headers['x-slack-signature'] ?? '') ?? [];
  if (signature === undefined) return 'expected the headers x-slack-signature and x-slack-request-timestamp';
  const stale = staleReason(timestamp, receivedAt, given.toleranceSeconds);
  if (stale) return stale;
  const expected = given.secrets.map((secret) => hmacOf(secret, form, [`v0:${timestamp}:`, bytes]));
  return isAnySignature([signature], expected, 'hex') ? undefined : noMatch;
}
