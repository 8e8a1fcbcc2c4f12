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

/** Never retried, whatever a policy says. */
export const neverRetried: readonly string[] = ['cancelled', 'payload_too_large', 'address_denied'];
