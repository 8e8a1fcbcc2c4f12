import { NodeFailure } from '../node-code.ts';
import type { NodeCode } from '../node-code.ts';

/** Fails with the type and message of its payload; never retried. */
export const runFail: NodeCode = ({ payload }) => {
  const type = String(payload['type'] ?? 'failed');
  throw new NodeFailure({ type, message: String(payload['message'] ?? ''), retryable: false });
};
