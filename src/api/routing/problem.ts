import type { AppError } from '../../errors/app-error.ts';
import { errorCodes } from '../../errors/registry.ts';

/** Media type of every refusal. Source: RFC 9457. */
export const problemType = 'application/problem+json';

/** Returns the body of a refusal. @param requestId the id in the header `x-request-id` */
export function problemOf(error: AppError, requestId: string) {
  return {
    type: `/problems/${error.code}`,
    title: errorCodes[error.code].title,
    status: error.status,
    detail: error.message,
    instance: requestId,
    ...(error.errors.length > 0 ? { errors: error.errors } : {}),
  };
}
