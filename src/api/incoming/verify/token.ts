import { equalTexts } from './signature.ts';
import type { SignedRequest } from './signature.ts';

/** Why the request lacks one of the tokens in the header or the member of the query; `undefined` when it has one. */
export function verifyToken(
  { headers, querystring = '' }: SignedRequest,
  given: { header?: string | undefined; query?: string | undefined; tokens: readonly string[] },
): string | undefined {
  const { header, query = '', tokens } = given;
  const place =
    header === undefined ? `the member ${query} of the query` : `the header ${header.toLowerCase()}`;
  const token =
    header === undefined ? new URLSearchParams(querystring).get(query) : headers[header.toLowerCase()];
  if (!token) return `expected ${place}`;
  const results = tokens.map((expected) => equalTexts(token, expected));
  return results.includes(true) ? undefined : 'the token is wrong';
}
