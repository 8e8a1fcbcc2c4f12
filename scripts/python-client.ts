/** The Python client: types and one method per operation, from the OpenAPI document. */
import { createOpenApi } from '../src/api/documents/openapi.ts';
import { routes } from '../src/api/routing/routes.ts';

interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | boolean;
}

interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  schema: Schema;
}

interface Operation {
  operationId: string;
  summary?: string;
  parameters?: Parameter[];
  requestBody?: { required?: boolean; content: Record<string, { schema: Schema }> };
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>;
}

const head = `"""Made from the OpenAPI document by npm run generate."""

from __future__ import annotations

from typing import Any, Dict, List, Literal, Optional, TypedDict, Union

from ._quote import quote
`;

/** Python's own words and names that would hide them. */
const words = new Set(
  'from class def return import global in is not and or if else for while with as pass None True False'.split(
    ' ',
  ),
);

/** Returns the text of `clients/python/hookloom/api.py`. */
export function describePythonClient(): string {
  const document = JSON.parse(JSON.stringify(createOpenApi(routes, 'http://localhost:3000'))) as {
    paths: Record<string, Record<string, Operation>>;
    components: { schemas: Record<string, Schema> };
  };
  const types = Object.entries(document.components.schemas).map(([name, schema]) => typeText(name, schema));
  const methods = Object.entries(document.paths)
    .flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, one]) => ({ path, method, one })),
    )
    // A webhook's address is for its senders; streams are read by `follow`.
    .filter(({ path, one }) => path !== '/v1/webhooks/{secret}' && !isStream(one))
    .map(methodText);
  const api = `class Api:
    """Every operation of the API. Answers are the parsed body; a refusal raises HookloomProblem."""

    def request(
        self,
        method: str,
        path: str,
        query: Optional[Dict[str, Any]] = None,
        headers: Optional[Dict[str, Any]] = None,
        body: Any = None,
    ) -> Any:
        raise NotImplementedError

${methods.join('\n')}`;
  return `${head}\n\n${types.join('\n\n')}\n\n${api}`;
}

function isStream({ responses }: Operation): boolean {
  return Object.values(responses).some(({ content = {} }) => 'text/event-stream' in content);
}

function typeText(name: string, schema: Schema): string {
  const { properties } = schema;
  if (!properties) return `${name} = ${JSON.stringify(typeOf(schema))}\n`;
  const fields = Object.entries(properties).map(
    ([field, one]) => `        ${JSON.stringify(field)}: ${JSON.stringify(typeOf(one))},\n`,
  );
  // Python 3.9 knows no fields that may be absent beside others that may not.
  return `${name} = TypedDict(\n    ${JSON.stringify(name)},\n    {\n${fields.join('')}    },\n    total=False,\n)\n`;
}

const plainTypes: Record<string, string> = {
  string: 'str',
  integer: 'int',
  number: 'float',
  boolean: 'bool',
  null: 'None',
  array: 'List[Any]',
  object: 'Dict[str, Any]',
};

function typeOf(schema: Schema): string {
  if (schema.$ref) return schema.$ref.split('/').at(-1) ?? 'Any';
  const literals = schema.enum ?? ('const' in schema ? [schema.const] : undefined);
  if (literals) return `Literal[${literals.map((one) => pythonLiteral(one)).join(', ')}]`;
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return union(choices.map(typeOf));
  if (Array.isArray(schema.type)) return union(schema.type.map((type) => typeOf({ ...schema, type })));
  if (schema.type === 'array' && schema.items) return `List[${typeOf(schema.items)}]`;
  if (schema.type === 'object' && typeof schema.additionalProperties === 'object')
    return `Dict[str, ${typeOf(schema.additionalProperties)}]`;
  return plainTypes[String(schema.type)] ?? 'Any';
}

function union(types: string[]): string {
  const distinct = [...new Set(types)];
  return distinct.length === 1 ? (distinct[0] ?? 'Any') : `Union[${distinct.join(', ')}]`;
}

function pythonLiteral(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return value === null ? 'None' : JSON.stringify(value);
}

function snake(name: string): string {
  const text = name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll('-', '_')
    .toLowerCase();
  return words.has(text) ? `${text}_` : text;
}

function methodText({ path, method, one }: { path: string; method: string; one: Operation }): string {
  const parameters = one.parameters ?? [];
  const [inPath, others] = [
    parameters.filter((given) => given.in === 'path'),
    parameters.filter((given) => given.in !== 'path'),
  ];
  const json = one.requestBody?.content['application/json']?.schema;
  const given = [
    ...inPath.map(({ name, schema }) => `${snake(name)}: ${typeOf(schema)}`),
    ...(json || others.length > 0 ? ['*'] : []),
    ...(json
      ? [one.requestBody?.required ? `body: ${typeOf(json)}` : `body: Optional[${typeOf(json)}] = None`]
      : []),
    ...others.map(({ name, schema }) => `${snake(name)}: Optional[${typeOf(schema)}] = None`),
  ];
  const named = (where: string) =>
    `{${others
      .filter((each) => each.in === where)
      .map(({ name }) => `${JSON.stringify(name)}: ${snake(name)}`)
      .join(', ')}}`;
  const holes = inPath.map(({ name }) => `quote(${snake(name)})`).join(', ');
  const address =
    inPath.length > 0
      ? `${JSON.stringify(path.replaceAll(/\{[^}]+\}/g, '{}'))}.format(${holes})`
      : JSON.stringify(path);
  const lines = given.map((line) => `        ${line},`).join('\n');
  return `    def ${snake(one.operationId)}(
        self,
${lines === '' ? '' : `${lines}\n`}    ) -> ${answerOf(one)}:
        """${(one.summary ?? one.operationId).replaceAll('"', "'")}. ${method.toUpperCase()} ${path}"""
        return self.request(
            ${JSON.stringify(method.toUpperCase())},
            ${address},
            query=${named('query')},
            headers=${named('header')},
            body=${json ? 'body' : 'None'},
        )
`;
}

function answerOf({ responses }: Operation): string {
  const good = Object.entries(responses).find(([status]) => status.startsWith('2'))?.[1].content;
  const schema = good?.['application/json']?.schema;
  if (schema) return typeOf(schema);
  return good ? 'str' : 'None';
}
