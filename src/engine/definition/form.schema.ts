/** The form of a wait: what data must be to resume it. */
import { RE2JS } from 're2js';
import { z } from 'zod';
import type { Json } from '../json/json.ts';

/**
 * Returns the schema of a form; `undefined` for a wait without one. Its patterns run in time linear in the text.
 * @throws Error when it is no JSON Schema, or has a pattern that needs more than linear time
 */
export function formOf(formSchema: Json | undefined): z.ZodType | undefined {
  if (typeof formSchema !== 'object' || formSchema === null || Array.isArray(formSchema)) return undefined;
  refuseUnbounded(formSchema);
  const form = z.fromJSONSchema(formSchema as z.core.JSONSchema.JSONSchema);
  useLinearPatterns(form, new Set());
  return form;
}

/** Whether data fits a form; without one everything does, and nothing fits one that cannot be read. */
export function fitsForm(formSchema: Json | undefined, data: Json): boolean {
  try {
    return formOf(formSchema)?.safeParse(data).success ?? true;
  } catch {
    return false;
  }
}

/** What the library checks by functions of its own, into which no other engine can be put. */
const unbounded = ['patternProperties', 'propertyNames', 'contains'];
/** Keywords that hold schemas by name, and those that hold none. */
const byName = ['properties', '$defs', 'definitions'];
const values = ['const', 'enum', 'default', 'examples'];

function refuseUnbounded(schema: Json): void {
  if (typeof schema !== 'object' || schema === null) return;
  for (const [keyword, inner] of Object.entries(schema)) {
    if (unbounded.includes(keyword) && !Array.isArray(schema)) throw new Error(`${keyword} is not supported`);
    if (values.includes(keyword)) continue;
    if (byName.includes(keyword)) for (const one of Object.values(inner ?? {})) refuseUnbounded(one as Json);
    else refuseUnbounded(inner as Json);
  }
}

/**
 * Replaces every pattern below a schema's definition: the library reads a check's pattern anew each time it is used.
 * Source: zod 4.6, `$ZodCheckStringFormat`.
 */
function useLinearPatterns(part: unknown, seen: Set<unknown>): void {
  if (typeof part !== 'object' || part === null || part instanceof RegExp || seen.has(part)) return;
  seen.add(part);
  const { _zod: core } = part as { _zod?: { def: Definition; innerType?: unknown } };
  if (core) {
    const { def } = core;
    if (def.format === 'regex' && def.pattern instanceof RegExp) def.pattern = linear(def.pattern);
    return [...Object.values(def), core.innerType].forEach((inner) => useLinearPatterns(inner, seen));
  }
  for (const inner of Object.values(part)) useLinearPatterns(inner, seen);
}

interface Definition {
  format?: string;
  pattern?: Pick<RegExp, 'test' | 'lastIndex'>;
}

/** @throws RE2JSSyntaxException for look-around and back references */
function linear(pattern: RegExp): NonNullable<Definition['pattern']> {
  const compiled = RE2JS.compile(RE2JS.translateRegExp(pattern));
  const linearPattern = {
    lastIndex: 0,
    test: (text: string) => compiled.matcher(text).find(),
    toString: () => String(pattern),
  };
  return linearPattern;
}
