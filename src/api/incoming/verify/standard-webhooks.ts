import { hmacOf, isAnySignature, noMatch, staleReason } from './signature.ts';
import type { SignedRequest } from './signature.ts';

const form = { algorithm: 'sha256', encoding: 'base64' } as const;

/**
 * Why the request is not signed by the scheme of Standard Webhooks 1.0; `undefined` when it is. The signature is over
 * `<id>.<timestamp>.<body>`; several `v1,…` may stand in the header, separated by spaces.
 */
export function verifyStandardWebhooks(
  { headers, bytes, receivedAt }: SignedRequest,
  given: { secrets: readonly string[]; toleranceSeconds: number },
): string | undefined {
  const id = headers['webhook-id'];
  const timestamp = headers['webhook-timestamp'];
  const signature = headers['webhook-signature'];
  if (!id || !signature) return 'expected the headers webhook-id, webhook-timestamp and webhook-signature';
  // The parts are joined by dots: one inside them would let a signature speak for another message.
  if (id.includes('.')) return 'expected a webhook-id without a dot';
  const stale = staleReason(timestamp, receivedAt, given.toleranceSeconds);
  if (stale) return stale;
  const signatures = signature.split(/[\s]+/).flatMap((part) => /^v1,(.+)$/.exec(part)?.[1] ?? []);
  const expected = given.secrets.map((secret) =>
    hmacOf(Buffer.from(secret.replace(/^whsec_/, ''), 'base64'), form, [`${id}.${timestamp}.`, bytes]),
  );
  return isAnySignature(signatures, expected, 'base64') ? undefined : noMatch;
}
