/** Which parts of a JSON Schema speak of a place of a text. */
import type { Json, JsonObject } from '../../../src/engine/json/json.ts';

/** Reads a text member of the object at a depth of the path: what `if` looks at. */
export type ReadMember = (depth: number, name: string) => string | undefined;

/** Returns the schemas that hold for what a path leads to. */
export function schemasAt(root: JsonObject, path: readonly string[], read: ReadMember): JsonObject[] {
  return path.reduce<JsonObject[]>(
    (schemas, part, depth) =>
      schemas.flatMap((schema) => inner(schema, part)).flatMap((one) => parts(one, depth + 1, read)),
    parts(root, 0, read),
  );
}

/** A schema with everything that holds beside it. */
function parts(schema: JsonObject, depth: number, read: ReadMember): JsonObject[] {
  const lists = ['allOf', 'anyOf', 'oneOf'].flatMap((name) => objectsOf(schema[name]));
  const then = isObject(schema['if']) && fits(schema['if'], depth, read) ? objectsOf(schema['then']) : [];
  return [schema, ...[...lists, ...then].flatMap((one) => parts(one, depth, read))];
}

/** Whether the members that an `if` names by `const` are so. */
function fits(condition: JsonObject, depth: number, read: ReadMember): boolean {
  const { properties } = condition;
  if (!isObject(properties)) return false;
  return Object.entries(properties).every(
    ([name, one]) => isObject(one) && one['const'] === read(depth, name),
  );
}

function inner(schema: JsonObject, part: string): JsonObject[] {
  const { properties, additionalProperties, items } = schema;
  const named = isObject(properties) ? properties[part] : undefined;
  return [...objectsOf(named ?? additionalProperties), ...objectsOf(items)];
}

/** The members that schemas name, each with what is known of it. */
export function membersOf(schemas: readonly JsonObject[]): Map<string, JsonObject> {
  const members = schemas.flatMap(({ properties }) =>
    isObject(properties) ? Object.entries(properties) : [],
  );
  return new Map(members.map(([name, one]) => [name, isObject(one) ? one : {}]));
}

/** A value that a place may have. */
export interface Choice {
  value: Json;
  title: string | undefined;
}

/** The values that schemas name for a place. */
export function choicesOf(schemas: readonly JsonObject[]): Choice[] {
  return schemas.flatMap((schema) => {
    const title = typeof schema['title'] === 'string' ? schema['title'] : undefined;
    if (schema['const'] !== undefined) return [{ value: schema['const'], title }];
    if (Array.isArray(schema['enum'])) return schema['enum'].map((value) => ({ value, title }));
    return schema['type'] === 'boolean' ? [true, false].map((value) => ({ value, title })) : [];
  });
}

function objectsOf(given: Json | undefined): JsonObject[] {
  return (Array.isArray(given) ? given : [given]).filter(isObject);
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
