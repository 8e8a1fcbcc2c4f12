import type { Context, Next } from 'koa';

const methods = 'GET, HEAD, POST, PUT, PATCH, DELETE';
const requestHeaders = 'authorization, content-type, idempotency-key, last-event-id';
const answerHeaders = 'location, x-request-id, idempotency-replayed, retry-after, allow';
/** How long a browser may keep the answer to a preflight, in seconds. */
const maxAgeSeconds = '600';

/**
 * Lets pages of these origins read the answers, refusals too, and answers their preflights. No cookie is ever read, so none
 * is allowed. Source: WHATWG Fetch, CORS protocol.
 */
export function allowOrigins(origins: readonly string[]) {
  return async (ctx: Context, next: Next): Promise<void> => {
    if (origins.length === 0) return next();
    ctx.vary('origin');
    const origin = ctx.get('origin');
    if (!origins.includes(origin)) return next();
    ctx.set('access-control-allow-origin', origin);
    const isPreflight = ctx.method === 'OPTIONS' && ctx.get('access-control-request-method') !== '';
    if (!isPreflight) {
      ctx.set('access-control-expose-headers', answerHeaders);
      return next();
    }
    ctx.set('access-control-allow-methods', methods);
    ctx.set('access-control-allow-headers', requestHeaders);
    ctx.set('access-control-max-age', maxAgeSeconds);
    ctx.status = 204;
  };
}
