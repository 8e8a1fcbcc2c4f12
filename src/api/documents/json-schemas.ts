import { z } from 'zod';

/** A JSON Schema as part of a document. */
export type JsonSchema = Record<string, unknown>;

/** Turns schemas into JSON Schemas (draft 2020-12) that name each other by `#/components/schemas/…`. */
export interface SchemaCollector {
  /** Returns the schema of what is read (`input`) or written (`output`). */
  describe(schema: z.ZodType, io: 'input' | 'output'): JsonSchema;
  /** Every schema with a `meta({ id })` that was met, by that id. */
  components(): Record<string, JsonSchema>;
}

/** Creates a collector of one document. @throws Error when two different schemas have one id */
export function createSchemaCollector(): SchemaCollector {
  const known: Record<string, JsonSchema> = {};
  return {
    describe(schema, io) {
      // A schema with an id is named by what holds it: a document's root is never a component by itself.
      const whole = z.toJSONSchema(z.object({ it: schema }), { io, unrepresentable: 'any', override });
      const { properties, $defs = {} } = whole as unknown as {
        properties: { it: JsonSchema };
        $defs?: typeof known;
      };
      for (const [id, one] of Object.entries($defs)) if (!isAnonymous(id)) keep(known, id, relinked(one));
      return relinked(properties.it);
    },
    components: () => Object.fromEntries(Object.entries(known).sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

function keep(known: Record<string, JsonSchema>, id: string, schema: JsonSchema): void {
  const before = known[id];
  if (before && JSON.stringify(before) !== JSON.stringify(schema))
    throw new Error(`two schemas have the id ${id}: one of the document's components has one form`);
  known[id] = schema;
}

/** Answers hold dates, which are texts on the wire. */
function override({ zodSchema, jsonSchema }: { zodSchema: z.core.$ZodTypes; jsonSchema: JsonSchema }): void {
  if (zodSchema._zod.def.type === 'date') Object.assign(jsonSchema, { type: 'string', format: 'date-time' });
}

/** Only `z.json()` is recursive without a name: any JSON value. */
const isAnonymous = (id: string): boolean => id.startsWith('__');

function relinked<Value>(value: Value): Value {
  if (Array.isArray(value)) return value.map(relinked) as Value;
  if (typeof value !== 'object' || value === null) return value;
  const { $ref, ...rest } = value as JsonSchema;
  const others = Object.entries(rest).map(([name, one]) => [name, relinked(one)]);
  const id = typeof $ref === 'string' ? $ref.replace('#/$defs/', '') : undefined;
  if (id === undefined || isAnonymous(id)) return Object.fromEntries(others) as Value;
  return { $ref: `#/components/schemas/${id}`, ...Object.fromEntries(others) } as Value;
}
