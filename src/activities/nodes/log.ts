import type { NodeCode } from '../node-code.ts';

/** Records a message. */
export const runLog: NodeCode = ({ payload, attempt }) => ({
  value: { message: payload['message'] ?? null, loggedAt: attempt.startedAt.toISOString() },
});
