/** Headers that a custom header may never replace. Source: the contract, execution hooks; RFC 9110 §7.6.1. */
const protectedNames = new Set([
  'host',
  'user-agent',
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'expect',
]);
const protectedPrefixes = ['webhook-', 'hookloom-', 'content-'];
const tokenPattern = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
// Visible ASCII, space and tab: no line break may start another header.
const valuePattern = /^[\t\x20-\x7e]*$/;

/** Whether a header belongs to Hookloom or to the connection. */
export function isProtectedHeader(name: string): boolean {
  const lower = name.toLowerCase();
  return protectedNames.has(lower) || protectedPrefixes.some((prefix) => lower.startsWith(prefix));
}

/** The headers that an endpoint may set, of those that its record has, whoever wrote them there. */
export function withoutProtected(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !isProtectedHeader(name)));
}

/** @throws TypeError that names the first header that hooks may not carry */
export function checkCustomHeaders(headers: Record<string, string>): void {
  for (const [name, value] of Object.entries(headers)) {
    if (!tokenPattern.test(name)) throw new TypeError(`${JSON.stringify(name)} is no header name`);
    if (isProtectedHeader(name)) throw new TypeError(`${name} cannot be replaced`);
    if (!valuePattern.test(value)) throw new TypeError(`the value of ${name} may hold visible ASCII only`);
  }
}
