import type { NodeCode } from '../node-code.ts';

/** Gives its resolved values. */
export const runSet: NodeCode = ({ payload }) => ({ value: payload['values'] ?? null });
