import { requestFailures } from '../../engine/definition/request-failures.ts';
import type { RequestFailureType } from '../../engine/definition/request-failures.ts';
import type { GuardedResponse } from './guarded-response.ts';

/** What a request was at. */
export type RequestPhase = 'dns' | 'connect' | 'tls' | 'headers' | 'body';

const unfinished: Record<RequestPhase, string> = {
  dns: 'its name was still being resolved',
  connect: 'there was no connection yet',
  tls: 'TLS was still being agreed on',
  headers: 'the answer had not begun',
  body: 'the answer had not ended',
};

/** What is known beside the type of a failure. */
export interface FailureDetails {
  /** Of a `timeout`: what it was at. */
  phase?: RequestPhase;
  /** The code of the system, of TLS or of the parser, such as `ECONNREFUSED`. */
  reason?: string;
}

/** A guarded request that came to nothing. `message` and `details` are for the tenant, `reason` is for the operator. */
export class GuardedRequestError extends Error {
  readonly type: RequestFailureType;
  readonly reason: string;
  readonly details: FailureDetails;
  /** What had come of the answer. */
  readonly answer: GuardedResponse | undefined;

  constructor(
    type: RequestFailureType,
    reason: string,
    more: { cause?: unknown; says?: string; details?: FailureDetails; answer?: GuardedResponse } = {},
  ) {
    const { says } = more;
    super(says === undefined ? requestFailures[type].message : `${requestFailures[type].message}: ${says}`, {
      cause: more.cause,
    });
    this.name = 'GuardedRequestError';
    this.type = type;
    this.reason = reason;
    this.details = more.details ?? {};
    this.answer = more.answer;
  }
}

/** What certificates and handshakes fail by, in words. */
const tlsReasons: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'the certificate has expired',
  CERT_NOT_YET_VALID: 'the certificate is not valid yet',
  CERT_REVOKED: 'the certificate is revoked',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'the certificate is signed by itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'the certificate is signed by an authority that is not known',
  UNABLE_TO_GET_ISSUER_CERT: 'the certificate is signed by an authority that is not known',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'the certificate is signed by an authority that is not known',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'the certificate is signed by an authority that is not known',
  ERR_TLS_CERT_ALTNAME_INVALID: 'the certificate is for another name',
  ERR_SSL_WRONG_VERSION_NUMBER: 'the peer does not speak TLS',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'the peer does not speak TLS',
};

/** Codes of the system and of undici, by what they mean before an answer has begun. */
const codeTypes: readonly [code: RegExp, type: RequestFailureType][] = [
  [/^(ENOTFOUND|ENODATA|EAI_\w+|ESERVFAIL|EREFUSED|ETIMEOUT|EBADNAME)$/, 'dns_failure'],
  [/^(ECONNREFUSED|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|EADDRNOTAVAIL|EACCES|EPERM)$/, 'connection_refused'],
  [/^(ECONNRESET|EPIPE|ECONNABORTED|UND_ERR_SOCKET)$/, 'connection_reset'],
  [/^(ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT)$/, 'timeout'],
];

/** Translates what the client threw. `phase`: what the request was at. */
export function toGuardedError(
  thrown: unknown,
  given: { isTimeout: boolean; phase: RequestPhase; answer?: GuardedResponse },
): GuardedRequestError {
  const own = [thrown, (thrown as { cause?: unknown }).cause].find(
    (one) => one instanceof GuardedRequestError,
  );
  if (own) return own as GuardedRequestError;
  const reason = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  const { phase, answer } = given;
  const code = codeOf(thrown);
  const type = given.isTimeout ? 'timeout' : typeOf(code, phase);
  const base = { cause: thrown, ...(answer ? { answer } : {}) };
  if (type === 'timeout')
    return new GuardedRequestError(type, reason, { ...base, says: unfinished[phase], details: { phase } });
  // Why a name leads nowhere would tell those that are denied from those that are not there.
  if (code === undefined || type === 'dns_failure') return new GuardedRequestError(type, reason, base);
  const says = type === 'tls_error' ? (tlsReasons[code] ?? code) : code;
  return new GuardedRequestError(type, reason, { ...base, says, details: { reason: code } });
}

function codeOf(thrown: unknown): string | undefined {
  const { code, cause } = thrown as { code?: unknown; cause?: { code?: unknown } };
  const found = [cause?.code, code].find((one) => typeof one === 'string');
  return found as string | undefined;
}

function typeOf(code: string | undefined, phase: RequestPhase): RequestFailureType {
  if (phase === 'body') return 'response_truncated';
  if (phase === 'dns') return 'dns_failure';
  const known = codeTypes.find(([pattern]) => code !== undefined && pattern.test(code))?.[1];
  if (known) return known;
  return phase === 'tls' ? 'tls_error' : 'network';
}
