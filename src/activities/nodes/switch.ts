import { evaluateCondition } from '../../engine/node-types/conditions.ts';
import type { Json, JsonObject } from '../../engine/json/json.ts';
import type { NodeCode } from '../node-code.ts';

/** Selects the branch of the first case that matches, else `default`. */
export const runSwitch: NodeCode = ({ payload }) => {
  const { value = null } = payload;
  const cases = (payload['cases'] ?? []) as JsonObject[];
  const branch = String(cases.find((one) => matches(one, value))?.['name'] ?? 'default');
  return { value: { branch }, branch };
};

function matches(one: JsonObject, value: Json): boolean {
  if (Object.hasOwn(one, 'equals')) return evaluateCondition({ $eq: [value, one['equals'] ?? null] });
  return evaluateCondition(one['condition'] ?? null);
}
