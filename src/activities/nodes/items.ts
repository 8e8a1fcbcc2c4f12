import type { Json } from '../../engine/json/json.ts';
import { NodeFailure } from '../node-code.ts';

/** The items of a payload's field. @throws NodeFailure invalid_input unless it is an array */
export function itemsOf(field: string, value: Json | undefined): Json[] {
  if (Array.isArray(value)) return value;
  const came = value === null || value === undefined ? 'null' : typeof value;
  throw new NodeFailure({
    type: 'invalid_input',
    message: `${field}: expected an array; came ${came}`,
    retryable: false,
  });
}
