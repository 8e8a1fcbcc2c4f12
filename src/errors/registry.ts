/**
 * The error registry: every refusal or outage the API answers, once. `/problems/<code>` pages, OpenAPI and
 * `docs/errors.md` derive from it. A new code is one entry here and one section there.
 */
export const errorCodes = {
  'invalid-request': { status: 400, title: 'The request is not valid' },
  'invalid-json': { status: 400, title: 'The body is not valid JSON' },
  'invalid-definition': { status: 400, title: 'The workflow definition is not valid' },
  unauthorized: { status: 401, title: 'The API key is missing, unknown, expired or revoked' },
  'bad-signature': { status: 401, title: 'The webhook signature does not verify' },
  forbidden: { status: 403, title: 'The API key lacks the scope' },
  'webhook-refused': { status: 403, title: 'The webhook does not take this sender' },
  'not-found': { status: 404, title: 'Nothing is here' },
  'method-not-allowed': { status: 405, title: 'The method is not allowed here' },
  'request-timeout': { status: 408, title: 'The request came too slowly' },
  conflict: { status: 409, title: 'The state does not allow this now' },
  'attempt-in-flight': { status: 409, title: 'An attempt of this delivery is under way' },
  'version-mismatch': { status: 409, title: 'Another version is current' },
  'request-in-progress': {
    status: 409,
    title: 'The first request with this Idempotency-Key is still running',
  },
  'payload-too-large': { status: 413, title: 'The body is larger than allowed' },
  'unsupported-media-type': { status: 415, title: 'The content type is not accepted' },
  'expectation-failed': { status: 417, title: 'The expectation cannot be met' },
  'idempotency-key-reused': { status: 422, title: 'The Idempotency-Key was used with another body' },
  'headers-too-large': { status: 431, title: 'The headers are larger than allowed' },
  'rate-limited': { status: 429, title: 'The workflow starts no more runs for now' },
  'not-a-number': { status: 422, title: 'The variable is no number' },
  'run-failed': { status: 502, title: 'The run that had to give the answer failed' },
  internal: { status: 500, title: 'Something went wrong on our side' },
  overloaded: { status: 503, title: 'Too much waits already' },
  'store-unavailable': { status: 503, title: 'MongoDB is not reachable' },
  'temporal-unavailable': { status: 503, title: 'Temporal is not reachable' },
} as const satisfies Record<string, { status: number; title: string }>;

/** A code of the registry. */
export type ErrorCode = keyof typeof errorCodes;
