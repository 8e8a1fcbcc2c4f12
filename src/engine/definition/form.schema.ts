/** What answers a wait: data that fits its form, and one of its choices. */
import type { Json, JsonObject } from '../json/json.ts';
import { isObject } from '../json-schema/schema-types.ts';
import type { SchemaProblem } from '../json-schema/schema-types.ts';
import { createValidator } from '../json-schema/validator.schema.ts';
import type { Validator } from '../json-schema/validator.schema.ts';
import { choicesOf } from './choices.ts';

/** What a wait asks for: the `formSchema` and `choices` of its payload. */
export type Asked = JsonObject | null | undefined;

/**
 * Returns what judges data by a form; `undefined` for a wait without one.
 * @throws Error when it is no JSON Schema 2020-12, has a keyword that is not supported, or a pattern that needs more than
 * linear time
 */
export function formOf(formSchema: Json | undefined): Validator | undefined {
  if (typeof formSchema !== 'object' || formSchema === null || Array.isArray(formSchema)) return undefined;
  return createValidator(formSchema);
}

/**
 * Returns what is wrong with an answer. Where a wait has choices the answer is an object whose `choice` is one of them;
 * its other members are what the form judges.
 * @throws Error when the form cannot be read
 */
export function answerProblems(asked: Asked, answer: Json): SchemaProblem[] {
  const form = formOf(asked?.['formSchema']);
  const choices = choicesOf(asked?.['choices']);
  if (choices.length === 0) return form?.problemsOf(answer) ?? [];
  if (!isObject(answer)) return [{ pointer: '', expected: 'an object with the member choice' }];
  const { choice, ...rest } = answer;
  const isKnown = choices.some(({ value }) => value === choice);
  const expected = choices.map(({ value }) => JSON.stringify(value)).join(' or ');
  return [...(isKnown ? [] : [{ pointer: '/choice', expected }]), ...(form?.problemsOf(rest) ?? [])];
}

/** Whether an answer is one that a wait takes; nothing fits a form that cannot be read. */
export function fitsAsked(asked: Asked, answer: Json): boolean {
  try {
    return answerProblems(asked, answer).length === 0;
  } catch {
    return false;
  }
}

/** Whether data fits a form; without one everything does. */
export function fitsForm(formSchema: Json | undefined, data: Json): boolean {
  return fitsAsked(formSchema === undefined ? undefined : { formSchema }, data);
}
