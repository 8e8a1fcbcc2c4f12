import type { JsonObject } from '../../engine/json/json.ts';
import type { NodeCode } from '../node-code.ts';
import { itemsOf } from './items.ts';
import { numberOf } from './numbers.ts';

/** Opens a loop over the items of its array. */
export const runForEach: NodeCode = ({ payload }) => {
  const array = itemsOf('array', payload['array']);
  const maxConcurrency = numberOf('maxConcurrency', payload['maxConcurrency'] ?? 1, { min: 1, max: 100 });
  return {
    loop: { itemCount: array.length, maxConcurrency, toleratedFailures: tolerated(payload, array.length) },
  };
};

/** A percentage exactly at the limit is tolerated; the small addend undoes what binary fractions lose. */
function tolerated(payload: JsonObject, itemCount: number): number {
  const { toleratedFailures = 0, toleratedFailurePercent: percent } = payload;
  if (percent === undefined) return numberOf('toleratedFailures', toleratedFailures, { min: 0, max: 10_000 });
  const bounds = { min: 0, max: 100, isWhole: false };
  return Math.floor((numberOf('toleratedFailurePercent', percent, bounds) * itemCount) / 100 + 1e-9);
}
