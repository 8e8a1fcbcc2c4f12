/** Judges values by JSON Schema 2020-12: without code generation, in time linear in texts, within a bound of steps. */
import { RE2JS } from 're2js';
import type { Json, JsonObject } from '../json/json.ts';
import { applicators, refused } from './applicators.ts';
import { assertions } from './assertions.ts';
import { readSchema } from './read-schema.ts';
import type { ReadSchema } from './read-schema.ts';
import { emptyOutcome, isObject } from './schema-types.ts';
import type { Outcome, Place, Schema, SchemaProblem } from './schema-types.ts';

/** A schema that values can be judged by. */
export interface Validator {
  /** What is wrong with a value; empty when nothing is. */
  problemsOf(value: Json): SchemaProblem[];
}

/** Most schemas that are applied to one value and what is in it; a value that needs more is not taken. */
const maxSteps = 50_000;
/** Deepest nesting of schemas and values: a schema may refer to itself. */
const maxDepth = 1_000;

/**
 * Creates the validator of a schema.
 * @throws Error when it is no JSON Schema, has a keyword or a reference that is not supported, or a pattern that needs more
 * than linear time
 */
export function createValidator(given: Json): Validator {
  const read = readSchema(given);
  const patterns = new Map([...read.patterns].map((pattern) => [pattern, compile(pattern)]));
  const targets = new Map(read.references.map((one) => [one, targetOf(read, one)]));
  return {
    problemsOf(value) {
      const steps = { taken: 0, depth: 0 };
      const judge = (schema: Schema, one: Json, pointer: string): Outcome => {
        if (typeof schema === 'boolean') return schema ? emptyOutcome() : refused(pointer, 'nothing');
        steps.taken += 1;
        if (steps.taken > maxSteps || steps.depth > maxDepth) throw new TooMuchError();
        steps.depth += 1;
        const outcome = judgeBy(schema, { value: one, pointer, judge, matches, refer });
        steps.depth -= 1;
        return outcome;
      };
      const matches = (pattern: string, text: string) => patterns.get(pattern)?.matcher(text).find() ?? false;
      const refer = (reference: string) => targets.get(reference) ?? false;
      try {
        return judge(read.schema, value, '').problems;
      } catch (error) {
        if (!(error instanceof TooMuchError)) throw error;
        return [{ pointer: '', expected: 'a value that can be judged in reasonable time' }];
      }
    },
  };
}

class TooMuchError extends Error {}

const judgments = new Map(Object.entries(assertions));
const applications = Object.entries(applicators);

function judgeBy(schema: JsonObject, place: Place): Outcome {
  const outcome = emptyOutcome();
  for (const [keyword, given] of Object.entries(schema)) {
    const expected = judgments.get(keyword)?.(given, place, schema);
    if (expected !== undefined) outcome.problems.push({ pointer: place.pointer, expected });
  }
  for (const [keyword, apply] of applications)
    if (Object.hasOwn(schema, keyword)) apply(schema[keyword] ?? null, place, { schema, outcome });
  return outcome;
}

/** @throws RE2JSSyntaxException for look-around and back references, SyntaxError for what is no pattern */
function compile(pattern: string): RE2JS {
  return RE2JS.compile(RE2JS.translateRegExp(new RegExp(pattern)));
}

/** Returns what a reference names in its own schema: all of it, an anchor, or what a pointer leads to. */
function targetOf(read: ReadSchema, reference: string): Schema {
  const { schema, anchors, schemas } = read;
  const fragment = fragmentOf(schema, reference);
  const isPointer = fragment === '' || fragment.startsWith('/');
  const target = isPointer ? walk(schema, fragment) : anchors.get(fragment);
  if (typeof target === 'boolean' || (isObject(target) && schemas.has(target))) return target;
  throw new Error(`the reference ${reference} leads to no schema`);
}

/** What stands behind the `#` of a reference. @throws Error for one to another schema */
function fragmentOf(schema: Schema, reference: string): string {
  const id = isObject(schema) ? schema['$id'] : undefined;
  const root = typeof id === 'string' ? id.replace(/#$/, '') : '';
  const local = reference.startsWith(root) ? reference.slice(root.length) : reference;
  if (local === '' || local.startsWith('#')) return decodeURIComponent(local.slice(1));
  throw new Error(`the reference ${reference} leads elsewhere`);
}

function walk(schema: Json, pointer: string): Json | undefined {
  const names = pointer.split('/').slice(1);
  return names.reduce<Json | undefined>((at, name) => {
    const plain = name.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, plain)) return undefined;
    return (at as JsonObject)[plain];
  }, schema);
}
