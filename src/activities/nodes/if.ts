import { evaluateCondition } from '../../engine/node-types/conditions.ts';
import type { NodeCode } from '../node-code.ts';

/** Selects `then` or `else` by its condition. */
export const runIf: NodeCode = ({ payload, saved }) => {
  const branch = evaluateCondition(saved['condition'] ?? null, payload['condition'] ?? null)
    ? 'then'
    : 'else';
  return { value: { branch }, branch };
};
