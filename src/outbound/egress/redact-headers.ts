/** Headers that are or prove a credential. */
const credentials =
  /^(authorization|proxy-authorization|cookie|set-cookie|x-api-key)$|signature|token|secret|hmac|password/i;

/** What stands in a credential's place. */
const redacted = '[redacted]';

/** Headers as they may be recorded: credentials are replaced, and `more` by name. */
export function redactHeaders(
  headers: Readonly<Record<string, string>>,
  more: readonly string[] = [],
): Record<string, string> {
  const isSecret = isCredential(more);
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, isSecret(name) ? redacted : value]),
  );
}

/** The headers that `redactHeaders` replaces. */
export function credentialHeaders(
  headers: Readonly<Record<string, string>>,
  more: readonly string[] = [],
): Record<string, string> {
  const isSecret = isCredential(more);
  return Object.fromEntries(Object.entries(headers).filter(([name]) => isSecret(name)));
}

/** Headers as somebody gives them who has read them redacted: what stands in for a credential means the known one. */
export function keepRedacted(
  headers: Readonly<Record<string, string>>,
  known: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      value === redacted ? (known[name] ?? value) : value,
    ]),
  );
}

function isCredential(more: readonly string[]): (name: string) => boolean {
  const names = new Set(more.map((name) => name.toLowerCase()));
  return (name) => credentials.test(name) || names.has(name);
}
