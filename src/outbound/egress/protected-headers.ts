/** Headers of the connection, which the client alone sets. Source: RFC 9110 §7.2 and §7.6.1. */
export const connectionHeaders: ReadonlySet<string> = new Set([
  'host',
  'connection',
  'content-length',
  'expect',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Headers that a custom header may never replace. Source: the contract, execution hooks. */
const protectedNames = new Set([
  ...connectionHeaders,
  'user-agent',
  'proxy-authenticate',
  'proxy-authorization',
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
