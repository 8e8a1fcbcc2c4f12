import type { Json } from '../../engine/json/json.ts';
import type { NodeCode } from '../node-code.ts';
import { numberOf } from './numbers.ts';

/** Most passes of a `repeat`, and what holds when it does not say. Source: the definition page, limits. */
const mostIterations = 10_000;

/** The passes that a `repeat` may make. @throws NodeFailure invalid_input */
export function iterationLimit(maxIterations: Json | undefined): number {
  return numberOf('maxIterations', maxIterations ?? mostIterations, { min: 1, max: mostIterations });
}

/** Opens a loop that goes on while its condition holds; the condition is checked before each pass. */
export const runRepeat: NodeCode = ({ payload }) => {
  iterationLimit(payload['maxIterations']);
  return { loop: { maxConcurrency: 1, toleratedFailures: 0 } };
};
