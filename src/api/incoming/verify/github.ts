import { hmacOf, isAnySignature, noMatch } from './signature.ts';
import type { SignedRequest } from './signature.ts';

const form = { algorithm: 'sha256', encoding: 'hex' } as const;

/**
 * Why the request is not signed as GitHub signs; `undefined` when it is.
 * Source: GitHub Docs, "Validating webhook deliveries": `X-Hub-Signature-256: sha256=<hex>` over the body.
 */
export function verifyGithub(
  { headers, bytes }: SignedRequest,
  given: { secrets: readonly string[] },
): string | undefined {
  const [, signature] = /^sha256=([0-9a-f]+)$/i.exec(headers['x-hub-signature-256'] ?? '') ?? [];
  if (signature === undefined) return 'expected the header x-hub-signature-256';
  const expected = given.secrets.map((secret) => hmacOf(secret, form, [bytes]));
  return isAnySignature([signature], expected, 'hex') ? undefined : noMatch;
}
