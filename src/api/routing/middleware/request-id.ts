import type { Context, Next } from 'koa';
import type { Logger } from '../../../log.ts';
import { createId, isId } from '../../../store/mongo/ids.ts';
import type { Metrics } from '../../operations/metrics/metrics.ts';

/**
 * Gives every request an id, in the answer and in the log, and measures it.
 * @param words the written-out parts of the paths of all routes
 */
export function identifyRequest(log: Logger, metrics: Metrics, words: ReadonlySet<string>) {
  return async (ctx: Context, next: Next): Promise<void> => {
    const requestId = createId('req');
    const startedAt = performance.now();
    const target = ctx.req.url ?? '';
    ctx.state['requestId'] = requestId;
    ctx.set('x-request-id', requestId);
    await next();
    const { method, status } = ctx;
    const durationMs = Math.round(performance.now() - startedAt);
    log.info({ requestId, method, path: loggedPath(target, words), status, durationMs }, 'request');
    const route = String(ctx.state['route'] ?? 'none');
    metrics.observeRequest({ method, route, status, seconds: durationMs / 1000 });
  };
}

/**
 * Returns the path of a target as it may be logged: of what is not a word of a route, only ids of ours are shown. A path
 * can hold the secret of a webhook or of a link, and can be spelled in any way, mistaken ones included.
 */
export function loggedPath(target: string, words: ReadonlySet<string>): string {
  const [path = ''] = target.split(/[?#]/, 1);
  return path
    .split(/[/\\]/)
    .map((part) => (part === '' || words.has(part) || isId(part) || /^\d{1,6}$/.test(part) ? part : '…'))
    .join('/');
}
