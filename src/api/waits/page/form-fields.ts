/** A JSON Schema as the fields of a form. What is too free for a field of its own is asked for as JSON. */
import type { Json, JsonObject } from '../../../engine/json/json.ts';
import { isObject } from '../../../engine/json-schema/schema-types.ts';

/** How a value is asked for. */
export type FieldKind = 'text' | 'long-text' | 'number' | 'flag' | 'choice' | 'choices' | 'json' | 'group';

/** One field of a form. */
export interface Field {
  kind: FieldKind;
  /** Name in the form: `data` and the RFC 6901 pointer of the value in it. */
  name: string;
  /** Name of the member that it gives; empty for the root. */
  member: string;
  label: string;
  description: string | undefined;
  isRequired: boolean;
  schema: JsonObject;
  /** Of `choice` and `choices`. */
  options: { value: Json; label: string }[];
  /** Of `group`. */
  fields: Field[];
}

/** Returns the root field of a form; `undefined` when there is nothing to ask for. */
export function fieldOf(formSchema: Json): Field | undefined {
  if (!isObject(formSchema) || Object.keys(formSchema).length === 0) return undefined;
  return makeField(formSchema, { name: 'data', member: '', isRequired: true });
}

/** Texts that may be longer than this get several lines. */
const longText = 200;

function makeField(schema: JsonObject, at: Pick<Field, 'name' | 'member' | 'isRequired'>): Field {
  const { title, description } = schema;
  const options = optionsOf(schema) ?? optionsOf(isObject(schema['items']) ? schema['items'] : {});
  const kind = kindOf(schema);
  return {
    ...at,
    kind,
    label: typeof title === 'string' ? title : at.member || 'Answer',
    description: typeof description === 'string' ? description : undefined,
    schema,
    options: options ?? [],
    fields: kind === 'group' ? membersOf(schema, at.name) : [],
  };
}

function membersOf({ properties, required }: JsonObject, base: string): Field[] {
  const names = Array.isArray(required) ? required : [];
  return Object.entries(properties as JsonObject).map(([member, schema]) =>
    makeField(isObject(schema) ? schema : {}, {
      name: `${base}/${member.replaceAll('~', '~0').replaceAll('/', '~1')}`,
      member,
      isRequired: names.includes(member),
    }),
  );
}

function kindOf(schema: JsonObject): FieldKind {
  if (optionsOf(schema)) return 'choice';
  const { type, properties, items } = schema;
  const [named] = (Array.isArray(type) ? type : [type]).filter((one) => one !== 'null');
  if (named === 'string' && Number(schema['maxLength']) > longText) return 'long-text';
  if (named === 'array' && isObject(items) && optionsOf(items)) return 'choices';
  return plainKinds[String(named)] ?? (isObject(properties) ? 'group' : 'json');
}

/** Types that one field takes. */
const plainKinds: Readonly<Record<string, FieldKind>> = {
  string: 'text',
  boolean: 'flag',
  number: 'number',
  integer: 'number',
};

/** The values of an `enum`, or of a list of `const` with titles. */
function optionsOf({ enum: listed, oneOf, anyOf }: JsonObject): Field['options'] | undefined {
  if (Array.isArray(listed)) return listed.map((value) => ({ value, label: labelOf(value) }));
  const forms = [oneOf, anyOf].find(Array.isArray) ?? [];
  const named = forms.filter(isObject).filter((form) => form['const'] !== undefined);
  if (named.length === 0 || named.length < forms.length) return undefined;
  return named.map(({ const: value = null, title }) => ({
    value,
    label: typeof title === 'string' ? title : labelOf(value),
  }));
}

function labelOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
