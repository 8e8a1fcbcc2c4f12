import type { IncomingMessage, ServerResponse } from 'node:http';
import helmet from 'helmet';

/**
 * Returns the headers that stand on every answer, by their names. They promise HTTPS only when `isHttps`: a browser that
 * was told so could no longer reach a server that has none.
 */
export function securityHeaders(isHttps: boolean): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  const answer = {
    setHeader: (name: string, value: string) => (headers[name.toLowerCase()] = value),
    removeHeader: () => {},
  };
  const protect = helmet({
    strictTransportSecurity: isHttps,
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'none'"],
        styleSrc: ["'self'"],
        scriptSrc: ["'self'"],
        connectSrc: ["'self'"],
        upgradeInsecureRequests: isHttps ? [] : null,
      },
    },
  });
  protect({} as IncomingMessage, answer as unknown as ServerResponse, () => {});
  return headers;
}
