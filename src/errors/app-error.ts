import { errorCodes } from './registry.ts';
import type { ErrorCode } from './registry.ts';

/** One thing wrong with a request: where (RFC 6901 pointer from the body's root, or a parameter's name) and what. */
export interface ErrorDetail {
  pointer: string;
  detail: string;
  /** Code of the problem, for definition problems (`docs/definition-problems.md`). */
  code?: string;
}

/** A refusal or an outage from the error registry; everything else that is thrown is a bug. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly errors: readonly ErrorDetail[];
  /** When to try again. */
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    options: { errors?: readonly ErrorDetail[]; cause?: unknown; retryAfterSeconds?: number } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.errors = options.errors ?? [];
    this.retryAfterSeconds = options.retryAfterSeconds;
  }

  /** HTTP status of the code. */
  get status(): number {
    return errorCodes[this.code].status;
  }
}
