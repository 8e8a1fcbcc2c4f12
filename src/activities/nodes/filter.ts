import { evaluateCondition } from '../../engine/node-types/conditions.ts';
import type { Json } from '../../engine/json/json.ts';
import type { NodeCode } from '../node-code.ts';
import { itemsOf } from './items.ts';

/** Keeps the items for which the condition holds; it is evaluated once per item, as `$item`. */
export const runFilter: NodeCode = async ({ payload, saved, resolveForItems }) => {
  const items = itemsOf('array', payload['array']);
  const conditions = await resolveForItems('filter', items);
  const { filter = null } = saved;
  const isKept = (item: Json, index: number) => evaluateCondition(filter, conditions[index] ?? null, item);
  return { value: { filtered: items.filter(isKept) } };
};
