import type { Context, Next } from 'koa';
import type { Logger } from '../../../log.ts';
import { createId } from '../../../store/mongo/ids.ts';
import type { Metrics } from '../../operations/metrics/metrics.ts';

/** Gives every request an id, in the answer and in the log, and measures it; a webhook's secret path is masked. */
export function identifyRequest(log: Logger, metrics: Metrics) {
  return async (ctx: Context, next: Next): Promise<void> => {
    const requestId = createId('req');
    const startedAt = performance.now();
    ctx.state['requestId'] = requestId;
    ctx.set('x-request-id', requestId);
    await next();
    const { method, status } = ctx;
    const durationMs = Math.round(performance.now() - startedAt);
    log.info({ requestId, method, path: maskPath(ctx.path), status, durationMs }, 'request');
    const route = String(ctx.state['route'] ?? 'none');
    metrics.observeRequest({ method, route, status, seconds: durationMs / 1000 });
  };
}

/** Paths that hold a credential, however they are written: the router takes any case, and a typing error is logged too. */
const secretPaths = /((?:^|\/)(?:webhooks|resume))\/.+/i;

/** The path as it may be logged. */
export function maskPath(path: string): string {
  return path.replace(secretPaths, '$1/…');
}
