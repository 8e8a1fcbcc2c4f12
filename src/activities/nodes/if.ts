import { evaluateCondition } from '../../engine/node-types/conditions.ts';
import type { NodeCode } from '../node-code.ts';

/** Selects `then` or `else` by its condition. */
export const runIf: NodeCode = ({ payload }) => {
  const branch = evaluateCondition(payload['condition'] ?? null) ? 'then' : 'else';
  return { value: { branch }, branch };
};
