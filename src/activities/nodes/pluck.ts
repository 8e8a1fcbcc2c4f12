import { readPath } from '../../engine/node-types/conditions.ts';
import type { NodeCode } from '../node-code.ts';
import { itemsOf } from './items.ts';

/** Takes one field of every item: a path such as `user.name`, or an expression of `$item`. */
export const runPluck: NodeCode = async ({ payload, resolveForItems }) => {
  const items = itemsOf('array', payload['array']);
  const { field = '' } = payload;
  if (typeof field === 'string' && field.includes('{{'))
    return { value: { values: await resolveForItems('field', items) } };
  return { value: { values: items.map((item) => readPath(item, String(field)) ?? null) } };
};
