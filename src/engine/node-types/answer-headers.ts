/** Headers that an author may put on the answer of a webhook, lower case. Everything else is ours or the connection's. */
const named: readonly string[] = [
  'content-type',
  'content-language',
  'content-disposition',
  'location',
  'retry-after',
  'link',
  'etag',
  'last-modified',
  'vary',
];

/** Names of the form `x-…` to which browsers and proxies give a meaning. */
const reserved =
  /^x-(frame-options|content-type-options|content-security-policy.*|webkit-.*|xss-protection|dns-prefetch-control|permitted-cross-domain-policies|download-options|ua-compatible|sourcemap|robots-tag|request-id|accel-.*|sendfile.*|lighttpd-.*|litespeed-.*|reproxy-.*|forwarded.*|original-.*|rewrite-.*|http-method.*|powered-by)$/;

/** Whether an author may put a header on the answer of a webhook: some by name, and `x-…` that nobody else reads. */
export function isAnswerHeader(name: string): boolean {
  const lower = name.toLowerCase();
  return named.includes(lower) || (/^x-[a-z0-9][a-z0-9_-]*$/.test(lower) && !reserved.test(lower));
}

/** What a refused header is told. */
export const answerHeaderRule = `one of ${named.join(', ')} or an x-… header without a meaning for browsers and proxies`;
