import { equalTexts } from './signature.ts';
import type { SignedRequest } from './signature.ts';

/** Why the request lacks the user name and password (RFC 7617); `undefined` when it has them. */
export function verifyBasic(
  { headers }: SignedRequest,
  given: { username: string; password: string },
): string | undefined {
  const [, encoded] = /^Basic ([A-Za-z0-9+/=_-]+)$/i.exec(headers['authorization'] ?? '') ?? [];
  if (encoded === undefined) return 'expected `Authorization: Basic …`';
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  return equalTexts(text, `${given.username}:${given.password}`)
    ? undefined
    : 'the user name or the password is wrong';
}

/** Why the request lacks one of the tokens (RFC 6750); `undefined` when it has one. */
export function verifyBearer(
  { headers }: SignedRequest,
  given: { tokens: readonly string[] },
): string | undefined {
  const [, token] = /^Bearer (.+)$/i.exec(headers['authorization'] ?? '') ?? [];
  if (token === undefined) return 'expected `Authorization: Bearer …`';
  const results = given.tokens.map((expected) => equalTexts(token, expected));
  return results.includes(true) ? undefined : 'the token is wrong';
}
