import type { Context } from 'koa';
import { AppError } from '../../../errors/app-error.ts';
import { beginAudit, endAudit } from '../../../store/access/audit.ts';
import { senderAddress } from '../sender-address.ts';
import type { ApiDeps } from '../deps.ts';
import type { Principal, Route } from '../route.ts';

/**
 * Carries out a call and, when it may change something, notes it in the audit log: before it is done, so that none is
 * missed, and what came of it afterwards.
 */
export async function audited<Result>(
  deps: ApiDeps,
  ctx: Context,
  by: { route: Route; principal: Principal },
  work: () => Promise<Result>,
): Promise<Result> {
  const { route, principal } = by;
  if (route.method === 'get' || route.scope === 'read') return work();
  const id = await beginAudit(deps.db, {
    organizationId: principal.organizationId,
    keyId: principal.keyId,
    action: `${route.method.toUpperCase()} ${route.path}`,
    resource: ctx.path,
    requestId: String(ctx.state['requestId']),
    remoteAddress: senderAddress(ctx.req, deps.config.HOOKLOOM_TRUSTED_PROXIES),
  });
  // What was done stays done: a row that cannot be completed must not turn its answer into an error.
  const end = (status: number) =>
    endAudit(deps.db, id, status).catch((error: unknown) =>
      deps.log.warn({ err: error, auditId: id }, 'an audit row keeps no outcome'),
    );
  try {
    const result = await work();
    await end(ctx.status);
    return result;
  } catch (error) {
    await end(error instanceof AppError ? error.status : 500);
    throw error;
  }
}
