import type { Context, Next } from 'koa';
import { AppError } from '../../../errors/app-error.ts';
import type { Logger } from '../../../log.ts';
import { isOutage } from '../../../store/mongo/database.ts';
import { problemOf, problemType } from '../problem.ts';

/** Seconds after which a client may try again when a dependency is away. */
const retryAfterSeconds = 5;

/** Returns every error as `application/problem+json`. Source: RFC 9457. */
export function answerProblems(log: Logger) {
  return async (ctx: Context, next: Next): Promise<void> => {
    try {
      await next();
    } catch (error) {
      writeProblem(ctx, translate(error, log, ctx));
    }
  };
}

/** An AppError as it is; an outage of MongoDB as 503; anything else is a bug, which tells nothing of its inside. */
function translate(error: unknown, log: Logger, ctx: Context): AppError {
  const requestId = String(ctx.state['requestId'] ?? '');
  if (error instanceof AppError) {
    if (error.status >= 500) log.warn({ err: error, requestId }, error.message);
    return error;
  }
  if (isOutage(error)) {
    log.warn({ err: error, requestId }, 'MongoDB is away');
    return new AppError('store-unavailable', 'MongoDB does not answer; try again later.', { cause: error });
  }
  log.error({ err: error, requestId }, 'a request failed');
  return new AppError('internal', 'The request failed on our side; the log has the details.', {
    cause: error,
  });
}

/** Writes a problem as the answer. */
export function writeProblem(ctx: Context, error: AppError): void {
  ctx.status = error.status;
  const retryAfter = error.retryAfterSeconds ?? (error.status === 503 ? retryAfterSeconds : undefined);
  if (retryAfter !== undefined) ctx.set('retry-after', String(retryAfter));
  if (error.code === 'unauthorized') ctx.set('www-authenticate', 'Bearer');
  ctx.body = problemOf(error, String(ctx.state['requestId'] ?? ''));
  ctx.type = problemType;
}
