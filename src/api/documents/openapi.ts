import type { z } from 'zod';
import { errorCodes } from '../../errors/registry.ts';
import { wordsOf } from '../routing/route.ts';
import type { AnswerSchema, Route } from '../routing/route.ts';
import { exampleOf } from './answer-example.ts';
import { describeEventSchemas } from './event-components.ts';
import { examples } from './examples.ts';
import type { Example } from './examples.ts';
import { operationIdOf } from './operation-id.ts';
import { createSchemaCollector } from './json-schemas.ts';
import type { JsonSchema, SchemaCollector } from './json-schemas.ts';

/** What a route that takes every method is listed under. */
const everyMethod = ['get', 'head', 'post', 'put', 'patch', 'delete', 'options'] as const;

/** What each tag is about, in the order in which a reader meets them. */
const tags: Record<string, string> = {
  Workflows: 'Workflows, their versions and their states.',
  Incoming: 'Webhooks: where they come in, how they are judged, what came.',
  Runs: 'Runs of workflows: what they did, cancel, retry, resume.',
  Schedules: 'What starts workflows by time.',
  'Flow control': 'How many runs go at once, and what waits for its turn.',
  Streams: 'What happens, live and afterwards.',
  Hooks: 'Hook endpoints: who is told what, and what became of it.',
  Variables: 'Named values of the organization, with their history.',
  Platform: 'Keys, credentials, organizations, catalogs, health.',
};

const introduction = `Webhooks in, durable runs, an ordered log, signed hooks out.

Calls take an API key: \`Authorization: Bearer hl_…\`. What is refused is answered as \`application/problem+json\` (RFC 9457),
with a pointer to each place. Lists are read page by page: \`nextCursor\` of one is the \`cursor\` of the next. A POST that
creates takes an \`Idempotency-Key\`: the same request with the same key creates once.`;

/** The OpenAPI 3.1 document of a route table. Source: OpenAPI Specification 3.1. */
export function createOpenApi(routes: readonly Route[], server: string): object {
  const collector = createSchemaCollector();
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) {
    const methods = route.method === 'all' ? everyMethod : [route.method];
    const members = methods.map((method) => [method, describeRoute(route, method, collector)]);
    paths[route.path] = { ...paths[route.path], ...Object.fromEntries(members) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Hookloom',
      version: '1',
      description: introduction,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: server }],
    tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
    paths,
    components: {
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', description: 'An API key, `hl_…`.' },
        streamToken: {
          type: 'apiKey',
          in: 'query',
          name: 'access_token',
          description:
            'A token of `POST /v1/stream-tokens`: for browsers, whose `EventSource` sends no header.',
        },
      },
      // `Event` of the answers is of any type; the types are told in full here.
      schemas: { ...collector.components(), ...describeEventSchemas(), Problem: problemSchema },
    },
  };
}

const problemSchema = {
  type: 'object',
  description: 'RFC 9457 problem details',
  required: ['type', 'title', 'status', 'detail', 'instance'],
  properties: {
    type: { type: 'string', enum: Object.keys(errorCodes).map((code) => `/problems/${code}`) },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    instance: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'detail'],
        properties: {
          pointer: { type: 'string' },
          detail: { type: 'string' },
          code: { type: 'string', description: 'Of a definition’s problem: its code.' },
        },
      },
    },
  },
};

const describeProblem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});
const problem = describeProblem('A problem.');
const invalid = describeProblem('What was sent is not valid; `errors` names each place.');
const noKey = describeProblem('The API key is missing, unknown, expired or revoked.');
const noScope = describeProblem('The API key lacks the scope.');
const nothing = describeProblem('Nothing is here, for this organization.');
const tooLarge = describeProblem('The body is larger than allowed.');
const noJson = describeProblem('The body is of another content type than JSON.');
const keyInUse = describeProblem('`request-in-progress`: the first request with the key is still running.');
const keyReused = describeProblem('`idempotency-key-reused`: the key was used for another request.');

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'The same request with the same key within 24 hours creates once and is answered the same.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
};

function describeRoute(route: Route, method: string, collector: SchemaCollector): object {
  const operationId = operationIdOf(route, method);
  const example = examples[operationId] ?? {};
  const answers = Object.entries(route.answers).map(([status, answer], index) => [
    status,
    describeAnswer(route, Number(status), {
      answer,
      collector,
      told: index === 0 && 'answer' in example ? { example: example.answer } : {},
    }),
  ]);
  return {
    operationId,
    summary: route.summary,
    tags: [route.tag],
    security: securityOf(route),
    parameters: [
      ...parametersOf(collector, route.params, 'path'),
      ...parametersOf(collector, route.query, 'query'),
      ...(route.creates ? [idempotencyKey] : []),
    ],
    ...(route.body
      ? { requestBody: describeBody(route, collector.describe(route.body, 'input'), example) }
      : {}),
    responses: withPages(route, {
      ...refusalsOf(route),
      ...Object.fromEntries(answers),
      default: problem,
    }),
  };
}

/** What opens a route: any one of these. */
function securityOf({ scope, streamOf }: Route): object[] {
  if (scope === 'public') return [];
  return [{ apiKey: [] }, ...(streamOf === undefined ? [] : [{ streamToken: [] }])];
}

interface Described {
  content?: object;
}

/** Browsers are answered with a page in the place of JSON. */
function withPages({ hasPage = false }: Route, responses: Record<string, Described>): object {
  if (!hasPage) return responses;
  const page = { 'text/html': { schema: { type: 'string' } } };
  const both = Object.entries(responses).map(([status, response]) => [
    status,
    { ...response, content: { ...response.content, ...page } },
  ]);
  return Object.fromEntries(both);
}

/** What a route may refuse by what it takes. */
function refusalsOf(route: Route): Record<string, Described> {
  return {
    ...(route.params || route.query || route.body ? { 400: invalid } : {}),
    ...(route.scope === 'public' ? {} : { 401: noKey, 403: noScope }),
    404: nothing,
    ...(route.body ? { 413: tooLarge, 415: noJson } : {}),
    ...(route.creates ? { 409: keyInUse, 422: keyReused } : {}),
  };
}

function describeAnswer(
  route: Route,
  status: number,
  given: { answer: string | AnswerSchema; collector: SchemaCollector; told: { example?: unknown } },
): object {
  const { answer, collector, told } = given;
  const description = wordsOf(answer);
  if (typeof answer === 'string') return status >= 400 ? describeProblem(description) : { description };
  const type = route.produces ?? 'application/json';
  const schema = collector.describe(answer.schema, 'output');
  const made = 'example' in told ? undefined : exampleOf(schema);
  return {
    description,
    content: { [type]: { schema, ...told, ...(made === undefined ? {} : { example: made }) } },
  };
}

function describeBody({ formHandler }: Route, schema: JsonSchema, { body }: Example): object {
  const { required = [] } = schema as { required?: string[] };
  const content = {
    'application/json': { schema, ...(body === undefined ? {} : { example: body }) },
    ...(formHandler ? { 'application/x-www-form-urlencoded': { schema: formSchema } } : {}),
  };
  return { required: required.length > 0, content };
}

const formSchema = {
  type: 'object',
  description: 'The fields of the page that the route shows to a browser.',
};

function parametersOf(
  collector: SchemaCollector,
  schema: z.ZodType | undefined,
  place: 'path' | 'query',
): object[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = collector.describe(schema, 'input') as {
    properties?: Record<string, JsonSchema>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
  }));
}
