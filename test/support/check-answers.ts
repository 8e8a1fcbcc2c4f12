/** Holds every answer of the API to what the OpenAPI document says of it. */
import assert from 'node:assert/strict';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { ValidateFunction } from 'ajv';
import { createOpenApi } from '../../src/api/documents/openapi.ts';
import { routes } from '../../src/api/routing/routes.ts';

interface Answered {
  description: string;
  content?: Record<string, { schema?: object }>;
}
interface Document {
  paths: Record<string, Record<string, { responses: Record<string, Answered> }>>;
}

const document = createOpenApi(routes, 'http://localhost') as Document;
const ajv = new Ajv2020({ strict: false, allErrors: false });
(addFormats as unknown as (ajv: Ajv2020) => void)(ajv);
ajv.addSchema({ $id: 'openapi', ...document });

/** Paths with their patterns, literal ones before those with parameters, as the router goes. */
const patterns = Object.keys(document.paths).map((path) => ({
  path,
  pattern: new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`),
}));
const validators = new Map<string, ValidateFunction>();

/** @throws AssertionError for an answer that the document does not have, or whose body is off its schema */
export function checkAnswer(answer: {
  method: string;
  path: string;
  status: number;
  contentType: string | null;
  body: unknown;
}): void {
  const [path = ''] = answer.path.split('?');
  const found = patterns.find(
    (one) => one.pattern.test(path) && answer.method.toLowerCase() in (document.paths[one.path] ?? {}),
  );
  // The door answers as the workflow's author says.
  if (!found || found.path === '/v1/webhooks/{secret}') return;
  const at = `${answer.method} ${found.path} ${answer.status}`;
  const { responses = {} } = document.paths[found.path]?.[answer.method.toLowerCase()] ?? {};
  const key = String(answer.status) in responses ? String(answer.status) : 'default';
  const told = Object.entries(responses[key]?.content ?? {});
  const fitting = told.find(([type]) => answer.contentType?.startsWith(type));
  const [type = '', { schema = undefined } = {}] = fitting ?? told[0] ?? [];
  if (type === '') return assert.equal(answer.contentType, null, `${at} is documented without a body`);
  assert.ok(answer.contentType?.startsWith(type), `${at}: documented as ${type}, came ${answer.contentType}`);
  if (!schema || !type.endsWith('json')) return;
  const validate = validatorOf(found.path, answer.method.toLowerCase(), { key, type });
  assert.ok(
    validate(answer.body),
    `${at} is off its schema: ${ajv.errorsText(validate.errors)}; came ${JSON.stringify(answer.body)?.slice(0, 600)}`,
  );
}

function validatorOf(path: string, method: string, { key, type }: { key: string; type: string }) {
  const pointer = ['paths', path, method, 'responses', key, 'content', type, 'schema']
    .map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')))
    .join('/');
  const known = validators.get(pointer);
  if (known) return known;
  const made = ajv.compile({ $ref: `openapi#/${pointer}` });
  validators.set(pointer, made);
  return made;
}
