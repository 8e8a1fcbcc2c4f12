import type { IncomingHttpHeaders } from 'node:http';

/** Headers that are or prove a credential. */
const credentials =
  /^(authorization|proxy-authorization|cookie|set-cookie|x-api-key)$|signature|token|secret|hmac/i;

/** Headers as they may be recorded: lower case, one text each, credentials replaced. */
export function redactHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => {
      const text = Array.isArray(value) ? value.join(', ') : (value ?? '');
      return [name, credentials.test(name) ? '[redacted]' : text];
    }),
  );
}
