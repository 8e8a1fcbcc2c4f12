/** A request as it may be recorded. */
import { isCredentialName, redactHeaders } from '../../outbound/egress/redact-headers.ts';

/** Headers without credentials, also those in the queries of URLs that a proxy or a browser has put there. */
export function recordedHeaders(
  headers: Readonly<Record<string, string>>,
  more: readonly string[],
): Record<string, string> {
  const entries = Object.entries(redactHeaders(headers, more));
  return Object.fromEntries(entries.map(([name, value]) => [name, withoutQuerySecrets(value, more)]));
}

function withoutQuerySecrets(text: string, more: readonly string[]): string {
  const query = text.indexOf('?');
  return query < 0 ? text : text.slice(0, query + 1) + recordedQuery(text.slice(query + 1), more);
}

/** A query of which the values of credentials are replaced, and `more` by name. */
export function recordedQuery(querystring: string, more: readonly string[] = []): string {
  const names = new Set(more.map((name) => name.toLowerCase()));
  return querystring.replaceAll(/([^&=?#\s]+)=([^&#\s]*)/g, (pair, name: string) => {
    const plain = decoded(name);
    return isCredentialName(plain) || names.has(plain.toLowerCase()) ? `${name}=[redacted]` : pair;
  });
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name.replaceAll('+', ' '));
  } catch {
    return name;
  }
}
