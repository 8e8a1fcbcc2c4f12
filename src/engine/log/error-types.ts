import { requestFailureTypes } from '../definition/request-failures.ts';

/** The types of errors that a node can fail with, beside those that its `fail` nodes and children give. */
export const nodeErrorTypes = [
  ...requestFailureTypes,
  'http_status',
  'invalid_input',
  'expression_error',
  'expression_limit',
  'expression_missing_value',
  'loop_failed',
  'loop_limit',
  'code_error',
  'code_timeout',
  'child_failed',
  'child_cancelled',
  'depth_limit',
  'worker_lost',
  'cancelled',
  'internal',
] as const;

/** Never retried, whatever a policy says. What a loop has come to is final: its iterations are not made again. */
export const neverRetried: readonly string[] = [
  'cancelled',
  'payload_too_large',
  'address_denied',
  'loop_failed',
  'loop_limit',
];

/** Error types that a retry policy may name. An attempt lost with its worker is none of the policy's. */
export const retriableErrorTypes = nodeErrorTypes.filter(
  (type) => type !== 'worker_lost' && !neverRetried.includes(type),
);
