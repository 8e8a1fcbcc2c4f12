import type { JsonSchema } from './json-schemas.ts';
import { hookExamples } from './schema-examples/hooks.ts';
import { platformExamples } from './schema-examples/platform.ts';
import { runExamples } from './schema-examples/runs.ts';
import { workflowExamples } from './schema-examples/workflows.ts';

const bySchema: Readonly<Record<string, unknown>> = {
  ...workflowExamples,
  ...runExamples,
  ...hookExamples,
  ...platformExamples,
};

/** An example of what a schema describes, made of those of the schemas that it names; `undefined` when one has none. */
export function exampleOf(schema: JsonSchema): unknown {
  const { $ref, type, items } = schema as Shape;
  if ($ref !== undefined) return bySchema[$ref.split('/').at(-1) ?? ''];
  if (Array.isArray(type) && type.includes('null')) return null;
  if (type === 'object') return objectOf(schema);
  const one = type === 'array' && items ? exampleOf(items) : undefined;
  return one === undefined ? undefined : [one];
}

function objectOf({ properties, required = [] }: Shape): unknown {
  if (!properties) return undefined;
  const members = required.map((name) => [name, exampleOf(properties[name] ?? {})] as const);
  return members.some(([, value]) => value === undefined) ? undefined : Object.fromEntries(members);
}

interface Shape {
  $ref?: string;
  type?: string | string[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
}
