/** Reads a schema: refuses what is no JSON Schema, and every keyword that is not judged here. */
import type { Json, JsonObject } from '../json/json.ts';
import { kindNames } from './assertions.ts';
import { isObject } from './schema-types.ts';
import type { Schema } from './schema-types.ts';

/** Where the subschemas of a keyword stand: it is one, a list of them, or an object of them by name. */
const inside: Readonly<Record<string, 'one' | 'list' | 'named'>> = {
  ...{ allOf: 'list', anyOf: 'list', oneOf: 'list', prefixItems: 'list' },
  ...{ properties: 'named', patternProperties: 'named', dependentSchemas: 'named', $defs: 'named' },
  ...{ not: 'one', if: 'one', then: 'one', else: 'one', items: 'one', contains: 'one', propertyNames: 'one' },
  ...{ additionalProperties: 'one', unevaluatedItems: 'one', unevaluatedProperties: 'one' },
};

const isCount = (value: Json) => Number.isInteger(value) && Number(value) >= 0;
const isNames = (value: Json) => Array.isArray(value) && value.every((one) => typeof one === 'string');

/** What the value of a keyword must be, beside schemas. */
const values: Readonly<Record<string, (value: Json) => boolean>> = {
  type: (value) => {
    const names = [value].flat();
    return names.length > 0 && names.every((name) => kindNames.includes(String(name)));
  },
  enum: (value) => Array.isArray(value),
  const: () => true,
  multipleOf: (value) => typeof value === 'number' && value > 0,
  ...Object.fromEntries(
    ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'].map((name) => [
      name,
      (value: Json) => typeof value === 'number',
    ]),
  ),
  ...Object.fromEntries(
    ['minLength', 'maxLength', 'minItems', 'maxItems', 'minProperties', 'maxProperties']
      .concat(['minContains', 'maxContains'])
      .map((name) => [name, isCount]),
  ),
  pattern: (value) => typeof value === 'string',
  uniqueItems: (value) => typeof value === 'boolean',
  required: isNames,
  dependentRequired: (value) => isObject(value) && Object.values(value).every(isNames),
  $ref: (value) => typeof value === 'string',
  $anchor: (value) => typeof value === 'string' && /^[A-Za-z_][\w.-]*$/.test(value),
  $schema: (value) => /^https:\/\/json-schema\.org\/draft\/2020-12\/schema#?$/.test(String(value)),
};

// As maps, so that no keyword finds what every object inherits.
const insideOf = new Map(Object.entries(inside));
const valueRules = new Map(Object.entries(values));

/** Keywords that say something to people or programs and judge nothing; in 2020-12 `format` is one of them. */
const annotations =
  /^(title|description|default|examples|deprecated|readOnly|writeOnly|\$comment|format|contentEncoding|contentMediaType|contentSchema|x-.+)$/;

/** A schema with what its references name. */
export interface ReadSchema {
  schema: Schema;
  anchors: ReadonlyMap<string, Schema>;
  /** Every pattern in it. */
  patterns: ReadonlySet<string>;
  references: readonly string[];
  /** Every schema in it: what a reference may name. */
  schemas: ReadonlySet<Json>;
}

interface Reading {
  anchors: Map<string, Schema>;
  patterns: Set<string>;
  references: string[];
  schemas: Set<Json>;
}

/** Reads a schema. @throws Error that names the first keyword that is not supported, or whose value is wrong */
export function readSchema(given: Json): ReadSchema {
  const reading: Reading = { anchors: new Map(), patterns: new Set(), references: [], schemas: new Set() };
  read(given, reading, true);
  return { schema: given as Schema, ...reading };
}

function read(schema: Json, reading: Reading, isRoot: boolean): void {
  if (typeof schema === 'boolean') return;
  if (!isObject(schema)) throw new Error('a schema is an object, true or false');
  for (const [keyword, value] of Object.entries(schema)) readKeyword({ keyword, value, isRoot }, reading);
  note(schema, reading);
}

function readKeyword(
  { keyword, value, isRoot }: { keyword: string; value: Json; isRoot: boolean },
  reading: Reading,
): void {
  if (annotations.test(keyword) || (isRoot && keyword === '$id' && typeof value === 'string')) return;
  const place = insideOf.get(keyword);
  const isValue = valueRules.get(keyword);
  if (!place && !isValue) throw new Error(`${keyword} is not supported`);
  if (isValue?.(value) === false) throw new Error(`the value of ${keyword} is wrong`);
  for (const one of schemasOf(keyword, value, place)) read(one, reading, false);
}

function schemasOf(keyword: string, value: Json, place: 'one' | 'list' | 'named' | undefined): Json[] {
  if (place === undefined) return [];
  if (place === 'one') return [value];
  const isRight = place === 'list' ? Array.isArray(value) && value.length > 0 : isObject(value);
  if (!isRight) throw new Error(`the value of ${keyword} is wrong`);
  return Object.values(value as JsonObject);
}

function note(schema: JsonObject, { anchors, patterns, references, schemas }: Reading): void {
  schemas.add(schema);
  const { $anchor, $ref, pattern, patternProperties } = schema;
  if (typeof $anchor === 'string') anchors.set($anchor, schema);
  if (typeof $ref === 'string') references.push($ref);
  if (typeof pattern === 'string') patterns.add(pattern);
  if (isObject(patternProperties)) for (const one of Object.keys(patternProperties)) patterns.add(one);
}
