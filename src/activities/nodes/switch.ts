import { evaluateCondition, isEqual } from '../../engine/node-types/conditions.ts';
import type { Json, JsonObject } from '../../engine/json/json.ts';
import type { NodeCode } from '../node-code.ts';

/** Selects the branch of the first case that matches, else `default`. */
export const runSwitch: NodeCode = ({ payload, saved }) => {
  const { value = null } = payload;
  const written = saved['cases'] as JsonObject[];
  const cases = payload['cases'] as JsonObject[];
  const found = cases.find((one, index) => matches(written[index] ?? {}, one, value));
  const branch = String(found?.['name'] ?? 'default');
  return { value: { branch }, branch };
};

function matches(saved: JsonObject, one: JsonObject, value: Json): boolean {
  if (Object.hasOwn(one, 'equals')) return isEqual(value, one['equals'] ?? null);
  return evaluateCondition(saved['condition'] ?? null, one['condition'] ?? null);
}
