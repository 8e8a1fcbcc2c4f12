import { hmacOf, isAnySignature, noMatch, staleReason } from './signature.ts';
import type { SignedRequest } from './signature.ts';

const form = { algorithm: 'sha256', encoding: 'hex' } as const;

/**
 * Why the request is not signed as Stripe signs; `undefined` when it is.
 * Source: Stripe Docs, "Verify webhook signatures manually": `Stripe-Signature: t=…,v1=…[,v1=…]` over `<t>.<body>`;
 * the key is the whole text of the secret.
 */
export function verifyStripe(
  { headers, bytes, receivedAt }: SignedRequest,
  given: { secrets: readonly string[]; toleranceSeconds: number },
): string | undefined {
  const parts = (headers['stripe-signature'] ?? '').split(',').map((part) => part.trim().split('='));
  const valuesOf = (name: string) => parts.flatMap(([key, value]) => (key === name && value ? [value] : []));
  const [timestamp] = valuesOf('t');
  if (timestamp === undefined) return 'expected the header stripe-signature with t and v1';
  const stale = staleReason(timestamp, receivedAt, given.toleranceSeconds);
  if (stale) return stale;
  const expected = given.secrets.map((secret) => hmacOf(secret, form, [`${timestamp}.`, bytes]));
  return isAnySignature(valuesOf('v1'), expected, 'hex') ? undefined : noMatch;
}
