import type { Json } from '../../engine/json/json.ts';
import { NodeFailure } from '../node-code.ts';

/** Longest value that a message shows, in characters. */
const shownLength = 100;

/**
 * The number of a payload's field, which an expression may have given: a number, or a text that is one.
 * @throws NodeFailure invalid_input unless it is finite and within the bounds, and whole unless `isWhole` is false
 */
export function numberOf(
  field: string,
  value: Json | undefined,
  bounds: { min: number; max: number; isWhole?: boolean },
): number {
  const { min, max } = bounds;
  const isWhole = bounds.isWhole !== false;
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number === 'number' && number >= min && number <= max && (!isWhole || Number.isInteger(number)))
    return number;
  const came = (JSON.stringify(value) ?? 'nothing').slice(0, shownLength);
  const message = `${field}: expected ${isWhole ? 'a whole number' : 'a number'} from ${min} to ${max}; came ${came}`;
  throw new NodeFailure({ type: 'invalid_input', message, retryable: false });
}
