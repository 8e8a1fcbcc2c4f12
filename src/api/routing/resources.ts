import type { Context } from 'koa';
import { AppError } from '../../errors/app-error.ts';
import type { Route } from './route.ts';

/** A path and what may be done with it. */
export interface Resource {
  path: string;
  routes: readonly Route[];
}

/**
 * Returns the resources of a route table in the order in which paths are to be compared: a written-out part of a path
 * comes before a parameter in its place, so that `/things/latest` is never read as the thing of that id.
 */
export function resourcesOf(routes: readonly Route[]): Resource[] {
  const paths = [...new Set(routes.map(({ path }) => path))];
  return paths
    .map((path) => ({ path, routes: routes.filter((route) => route.path === path) }))
    .sort((a, b) => (rankOf(a.path) < rankOf(b.path) ? -1 : 1));
}

/** Texts that sort as the paths are to be compared. */
function rankOf(path: string): string {
  return path
    .split('/')
    .map((part) => (part.startsWith('{') ? '1' : '0'))
    .join('');
}

/**
 * Returns the route of a request's method.
 * @throws AppError method-not-allowed, with `Allow` on the answer
 */
export function routeFor({ routes }: Resource, ctx: Context): Route {
  const method = ctx.method.toLowerCase();
  const wanted = routes.find((route) => route.method === 'all' || route.method === method);
  const found = wanted ?? (method === 'head' ? routes.find((route) => route.method === 'get') : undefined);
  if (found) return found;
  const allowed = allowedMethods(routes);
  ctx.set('allow', allowed.join(', '));
  throw new AppError('method-not-allowed', `Expected ${allowed.join(' or ')}; came ${ctx.method}.`);
}

/** Methods that a resource takes, upper case. */
export function allowedMethods(routes: readonly Route[]): string[] {
  const methods = routes.map(({ method }) => method.toUpperCase());
  return [...(methods.includes('GET') ? ['HEAD'] : []), ...methods, 'OPTIONS'].sort();
}
