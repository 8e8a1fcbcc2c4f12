/** The dashboard: its built files at `/`, and its page at every address that is no route of the API. */
import { randomBytes } from 'node:crypto';
import type { Context, Middleware } from 'koa';
import type { Route } from '../routing/route.ts';
import { readWebFiles, webFolder } from './web-files.ts';
import type { WebFile } from './web-files.ts';

/** Hashed names never change their content. */
const forEver = 'public, max-age=31536000, immutable';
/** What the page carries in the place of the nonce of its answer. */
const noncePlace = '{{nonce}}';

/**
 * Serves the dashboard to GET and HEAD. An unknown address is answered with the page only when a browser asks for one
 * and its first part is none of the API's, so that unknown routes of the API stay problems.
 */
export function serveWeb(routes: readonly Route[], folder: string = webFolder): Middleware {
  const files = readWebFiles(folder);
  const ofApi = new Set(routes.map(({ path }) => path.split('/')[1]));
  return async (ctx, next) => {
    if (ctx.method !== 'GET' && ctx.method !== 'HEAD') return next();
    const page = files.get('/index.html');
    const file = files.get(ctx.path);
    if (file && file !== page) return sendFile(ctx, file);
    if (page && isPage(ctx, ofApi)) return sendPage(ctx, page);
    return next();
  };
}

function isPage(ctx: Context, ofApi: ReadonlySet<string | undefined>): boolean {
  if (ctx.path === '/') return true;
  const [, first = ''] = ctx.path.split('/');
  return !ofApi.has(first) && first !== 'assets' && ctx.get('accept').includes('text/html');
}

function sendFile(ctx: Context, file: WebFile): void {
  ctx.set('cache-control', ctx.path.startsWith('/assets/') ? forEver : 'no-cache');
  ctx.set('etag', file.etag);
  ctx.set('vary', 'accept-encoding');
  ctx.status = 200;
  if (ctx.fresh) {
    ctx.status = 304;
    return;
  }
  const isGzipped = ctx.acceptsEncodings('gzip', 'identity') === 'gzip';
  if (isGzipped) ctx.set('content-encoding', 'gzip');
  ctx.body = isGzipped ? file.gzipped() : file.bytes;
  ctx.set('content-type', file.contentType);
}

/** Styles that libraries add while the page runs carry the nonce; scripts come from files alone. */
function sendPage(ctx: Context, page: WebFile): void {
  const nonce = randomBytes(16).toString('base64');
  ctx.status = 200;
  ctx.set('cache-control', 'no-store');
  ctx.set('content-security-policy', contentSecurityPolicy(nonce));
  ctx.body = page.bytes.toString('utf8').replaceAll(noncePlace, nonce);
  ctx.set('content-type', page.contentType);
}

function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "connect-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
