/** Words that make a name that of a credential, or of the proof of one. */
const secretWords =
  /^(authorization|auth|oauth|jwt|hmac|secrets?|passwords?|passwd|pwd|passphrase|sig|signature|tokens?|credentials?|cookie|bearer|apikey|accesskey|secretkey|privatekey|authkey)$/;
/** Names in which these stand are credentials too, however their words are put together. */
const secretParts = /signature|token|secret|hmac|password|apikey|accesskey|authorization/;
/** Words before `key`: the name of a key that opens something. */
const keyWords =
  /^(api|access|secret|private|shared|subscription|functions?|auth|service|account|client|signing)$/;

/** What stands in a credential's place. */
const redacted = '[redacted]';

/** Whether a header, a member of a query or a field is a credential or proves one, by its name, in any spelling. */
export function isCredentialName(name: string): boolean {
  const words = name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
  return (
    words.some((word) => secretWords.test(word)) ||
    secretParts.test(words.join('')) ||
    words.at(-1) === 'sign' ||
    words.some((word, index) => word === 'key' && keyWords.test(words[index - 1] ?? ''))
  );
}

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
  return (name) => isCredentialName(name) || names.has(name.toLowerCase());
}
