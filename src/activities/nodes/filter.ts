import { evaluateCondition } from '../../engine/node-types/conditions.ts';
import type { NodeCode } from '../node-code.ts';
import { itemsOf } from './items.ts';

/** Keeps the items for which the condition holds; it is evaluated once per item, as `$item`. */
export const runFilter: NodeCode = async ({ payload, resolveForItems }) => {
  const items = itemsOf('array', payload['array']);
  const conditions = await resolveForItems(payload['filter'] ?? null, items);
  return {
    value: { filtered: items.filter((item, index) => evaluateCondition(conditions[index] ?? null, item)) },
  };
};
