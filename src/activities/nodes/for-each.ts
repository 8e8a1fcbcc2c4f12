import type { JsonObject } from '../../engine/json.ts';
import { NodeFailure } from '../node-code.ts';
import type { NodeCode } from '../node-code.ts';
import { itemsOf } from './items.ts';

/** Opens a loop over the items of its array. */
export const runForEach: NodeCode = ({ payload }) => {
  const array = itemsOf('array', payload['array']);
  const maxConcurrency = numberOf(payload, 'maxConcurrency', 1);
  return {
    loop: { itemCount: array.length, maxConcurrency, toleratedFailures: tolerated(payload, array.length) },
  };
};

/** A percentage exactly at the limit is tolerated; the small addend undoes what binary fractions lose. */
function tolerated(payload: JsonObject, itemCount: number): number {
  if (payload['toleratedFailurePercent'] === undefined) return numberOf(payload, 'toleratedFailures', 0);
  return Math.floor((numberOf(payload, 'toleratedFailurePercent', 0) * itemCount) / 100 + 1e-9);
}

function numberOf(payload: JsonObject, field: string, byDefault: number): number {
  const value = payload[field] ?? byDefault;
  const number = typeof value === 'string' ? Number(value) : value;
  if (typeof number === 'number' && Number.isFinite(number) && number >= 0) return number;
  const message = `${field}: expected a number, 0 or more; came ${JSON.stringify(value)}`;
  throw new NodeFailure({ type: 'invalid_input', message, retryable: false });
}
