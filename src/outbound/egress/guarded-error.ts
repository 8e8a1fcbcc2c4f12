/** Why a guarded request came to nothing. */
export type GuardedErrorType = 'address_denied' | 'network' | 'timeout' | 'payload_too_large';

/** What a tenant is told: the same for blocked and for unreachable, so that nobody can map a network with it. */
const tenantMessages: Record<GuardedErrorType, string> = {
  address_denied: 'the address could not be reached',
  network: 'the address could not be reached',
  timeout: 'no whole answer came in time',
  payload_too_large: 'the answer is larger than allowed',
};

/** A guarded request that came to nothing. `message` is for the tenant, `reason` for the operator. */
export class GuardedRequestError extends Error {
  readonly type: GuardedErrorType;
  readonly reason: string;

  constructor(type: GuardedErrorType, reason: string, options: { cause?: unknown } = {}) {
    super(tenantMessages[type], options);
    this.name = 'GuardedRequestError';
    this.type = type;
    this.reason = reason;
  }
}

/** Translates what the client threw; an abort by the deadline is a timeout. */
export function toGuardedError(thrown: unknown, isTimeout: boolean): GuardedRequestError {
  if (thrown instanceof GuardedRequestError) return thrown;
  const { cause } = thrown as { cause?: unknown };
  if (cause instanceof GuardedRequestError) return cause;
  const reason = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  return new GuardedRequestError(isTimeout ? 'timeout' : 'network', reason, { cause: thrown });
}
