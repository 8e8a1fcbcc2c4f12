/** The form of a wait: what data must be to resume it. */
import { z } from 'zod';
import type { Json } from './json.ts';

/** Answers the schema of a form; `undefined` for a wait without one. @throws Error when it is no JSON Schema */
export function formOf(formSchema: Json | undefined): z.ZodType | undefined {
  if (typeof formSchema !== 'object' || formSchema === null || Array.isArray(formSchema)) return undefined;
  return z.fromJSONSchema(formSchema as z.core.JSONSchema.JSONSchema);
}

/** Whether data fits a form; without one everything does, and nothing fits one that cannot be read. */
export function fitsForm(formSchema: Json | undefined, data: Json): boolean {
  try {
    return formOf(formSchema)?.safeParse(data).success ?? true;
  } catch {
    return false;
  }
}
