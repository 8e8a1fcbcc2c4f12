import { hmacOf, isAnySignature, noMatch } from './signature.ts';
import type { SignedRequest } from './signature.ts';

const form = { algorithm: 'sha256', encoding: 'base64' } as const;

/**
 * Why the request is not signed as Shopify signs; `undefined` when it is.
 * Source: Shopify Docs, "Deliver webhooks through HTTPS": `X-Shopify-Hmac-SHA256: <base64>` over the body.
 */
export function verifyShopify(
  { headers, bytes }: SignedRequest,
  given: { secrets: readonly string[] },
): string | undefined {
  const signature = headers['x-shopify-hmac-sha256'];
  if (!signature) return 'expected the header x-shopify-hmac-sha256';
  const expected = given.secrets.map((secret) => hmacOf(secret, form, [bytes]));
  return isAnySignature([signature], expected, 'base64') ? undefined : noMatch;
}
