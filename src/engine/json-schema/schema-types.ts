/** What the parts of JSON Schema share. Source: JSON Schema 2020-12, Core and Validation. */
import type { Json, JsonObject } from '../json/json.ts';

/** A schema that was read. */
export type Schema = boolean | JsonObject;

/** One thing that is wrong with a value. */
export interface SchemaProblem {
  /** RFC 6901, from the value's root. */
  pointer: string;
  /** Completes "expected …". */
  expected: string;
}

/** What came of a value and a schema. */
export interface Outcome {
  problems: SchemaProblem[];
  /** Members of an object, and places in a list, that a subschema has looked at and found right. */
  properties: Set<string>;
  items: Set<number>;
}

/** An outcome without anything. */
export function emptyOutcome(): Outcome {
  return { problems: [], properties: new Set(), items: new Set() };
}

/** A value with its place, and what judges the values inside. */
export interface Place {
  value: Json;
  pointer: string;
  /** Judges a value by a schema. */
  judge(schema: Schema, value: Json, pointer: string): Outcome;
  /** Whether a pattern is found in a text. */
  matches(pattern: string, text: string): boolean;
  /** The schema that a reference names. */
  refer(reference: string): Schema;
}

/** Whether a value is an object, and no list. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
