/** The form of a wait: what data must be to resume it. */
import type { Json } from '../json/json.ts';
import { createValidator } from '../json-schema/validator.schema.ts';
import type { Validator } from '../json-schema/validator.schema.ts';

/**
 * Returns what judges data by a form; `undefined` for a wait without one.
 * @throws Error when it is no JSON Schema 2020-12, has a keyword that is not supported, or a pattern that needs more than
 * linear time
 */
export function formOf(formSchema: Json | undefined): Validator | undefined {
  if (typeof formSchema !== 'object' || formSchema === null || Array.isArray(formSchema)) return undefined;
  return createValidator(formSchema);
}

/** Whether data fits a form; without one everything does, and nothing fits one that cannot be read. */
export function fitsForm(formSchema: Json | undefined, data: Json): boolean {
  try {
    return (formOf(formSchema)?.problemsOf(data) ?? []).length === 0;
  } catch {
    return false;
  }
}
