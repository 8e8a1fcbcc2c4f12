/** The choices of a wait: what its buttons say, and what each answers. */
import type { Json } from '../json/json.ts';

/** One choice. */
export interface Choice {
  /** What the answer has as `choice`. */
  value: string;
  /** What the button says. */
  label: string;
}

/** Most choices of one wait. */
export const maxChoices = 10;

/** Returns the choices of a payload: texts, or objects with `value` and `label`. What is neither is left out. */
export function choicesOf(given: Json | undefined): Choice[] {
  if (!Array.isArray(given)) return [];
  return given.flatMap((one) => choiceOf(one) ?? []);
}

function choiceOf(given: Json): Choice | undefined {
  if (typeof given === 'string') return { value: given, label: given };
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return undefined;
  const { value, label = value } = given;
  return typeof value === 'string' && typeof label === 'string' ? { value, label } : undefined;
}
