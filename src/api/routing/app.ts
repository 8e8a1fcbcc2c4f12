import Router from '@koa/router';
import Koa from 'koa';
import type { Context } from 'koa';
import { isPublicHttps } from '../../config.ts';
import { AppError } from '../../errors/app-error.ts';
import type { ApiDeps } from './deps.ts';
import { answerOnce } from './middleware/answer-once.ts';
import { allowOrigins } from './middleware/allow-origins.ts';
import { audited } from './middleware/audit.ts';
import { authenticate, authenticateStream, requireScope } from './middleware/authenticate.ts';
import { answerProblems } from './middleware/problems.ts';
import { readFormBody, readJsonBody } from './middleware/read-body.ts';
import { readTarget } from './middleware/read-target.ts';
import { identifyRequest } from './middleware/request-id.ts';
import { allowedMethods, resourcesOf, routeFor } from './resources.ts';
import type { Resource } from './resources.ts';
import type { Answer, Commit, Principal, Route } from './route.ts';
import { routes } from './routes.ts';
import { securityHeaders } from './security-headers.ts';
import { parseInput } from './validate.ts';
import { serveWeb } from '../web/serve-web.ts';

/** Creates the HTTP API: every route of the table, behind the same middleware. */
export function createApp(deps: ApiDeps): Koa {
  const app = new Koa();
  const words = new Set(routes.flatMap(({ path }) => path.split('/')));
  const headers = { ...securityHeaders(isPublicHttps(deps.config)), 'cache-control': 'no-store' };
  app.use(identifyRequest(deps.log, deps.metrics, words));
  app.use((ctx, next) => {
    ctx.set(headers);
    return next();
  });
  app.use(allowOrigins(deps.config.HOOKLOOM_CORS_ORIGINS));
  app.use(answerProblems(deps.log));
  app.use(readTarget);
  const router = new Router();
  for (const resource of resourcesOf(routes)) register(router, resource, deps);
  app.use(router.routes());
  app.use(serveWeb(routes));
  app.use(() => {
    throw new AppError('not-found', 'No such resource.');
  });
  app.on('error', (error: unknown) => deps.log.debug({ err: error }, 'a connection broke'));
  return app;
}

function register(router: Router, resource: Resource, deps: ApiDeps): void {
  const path = resource.path.replaceAll(/\{(\w+)\}/g, ':$1');
  const { routes } = resource;
  router.all(path, async (ctx: Context) => {
    ctx.state['route'] = resource.path;
    if (ctx.method === 'OPTIONS' && routes.every(({ method }) => method !== 'all'))
      return write(ctx, { status: 204, headers: { allow: allowedMethods(routes).join(', ') } });
    await serve(routeFor(resource, ctx), deps, ctx);
  });
}

async function serve(route: Route, deps: ApiDeps, ctx: Context): Promise<void> {
  const { scope } = route;
  if (scope === 'public') return carryOut(route, deps, ctx, nobody);
  const principal = (await authenticateStream(deps, ctx, route)) ?? (await authenticate(deps.db, ctx));
  return audited(deps, ctx, { route, principal }, async () => {
    requireScope(principal, scope);
    await carryOut(route, deps, ctx, principal);
  });
}

const nobody: Principal = { organizationId: '', keyId: '', scopes: [] };

const noCommit: Commit = () => {
  throw new Error('a route that commits says `creates: true`');
};

async function carryOut(route: Route, deps: ApiDeps, ctx: Context, principal: Principal): Promise<void> {
  const params = route.params ? parseInput(route.params, ctx['params'], 'path') : ctx['params'];
  const query = route.query ? parseInput(route.query, { ...ctx.query }, 'query') : undefined;
  if (route.formHandler && ctx.is('urlencoded')) {
    const body = await readFormBody(ctx);
    return write(
      ctx,
      await route.formHandler({ deps, ctx, principal, params, query, body, commit: noCommit }),
    );
  }
  const input = route.body ? await readJsonBody(ctx) : undefined;
  const handle = async (commit: Commit) => {
    const body = route.body ? parseInput(route.body, input, 'body') : undefined;
    return route.handler({ deps, ctx, principal, params, query, body, commit });
  };
  const answer = route.creates
    ? await answerOnce(deps, { ctx, principal, input }, handle)
    : await handle(noCommit);
  if (answer) write(ctx, answer);
}

function write(ctx: Context, { status = 200, body, headers = {} }: Answer): void {
  ctx.status = status;
  ctx.set(headers);
  if (body !== undefined) ctx.body = body;
  else if (status === 200) ctx.status = 204;
}
