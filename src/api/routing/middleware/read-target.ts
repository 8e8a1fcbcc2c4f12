import type { Context, Next } from 'koa';
import { AppError } from '../../../errors/app-error.ts';

/**
 * Reads the target of a request: the path, also of one that a proxy has sent in absolute form. Source: RFC 9112 §3.2.
 * @throws AppError invalid-request, which repeats nothing of a target that cannot be read: it may hold a secret
 */
export async function readTarget(ctx: Context, next: Next): Promise<void> {
  const target = ctx.req.url ?? '';
  if (/^[a-z][a-z0-9+.-]*:/i.test(target)) ctx.req.url = pathOf(target);
  else if (!target.startsWith('/') && target !== '*') throw unreadable();
  await next();
}

function pathOf(target: string): string {
  if (!URL.canParse(target)) throw unreadable();
  const { pathname, search } = new URL(target);
  return pathname.startsWith('/') ? pathname + search : `/${pathname}${search}`;
}

function unreadable(): AppError {
  return new AppError('invalid-request', 'The target of the request is no path and no URL.');
}
