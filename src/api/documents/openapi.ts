import { z } from 'zod';
import { errorCodes } from '../../errors/registry.ts';
import type { Route } from '../routing/route.ts';

/** The OpenAPI 3.1 document of a route table. Source: OpenAPI Specification 3.1. */
export function createOpenApi(routes: readonly Route[], server: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) {
    const method = route.method === 'all' ? 'post' : route.method;
    paths[route.path] = { ...paths[route.path], [method]: describeRoute(route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Hookloom',
      version: '1',
      description: 'Webhooks in, durable runs, an ordered log, signed hooks out.',
    },
    servers: [{ url: server }],
    paths,
    components: {
      securitySchemes: { apiKey: { type: 'http', scheme: 'bearer', description: 'hl_…' } },
      schemas: { Problem: problemSchema },
    },
  };
}

const problemSchema = {
  type: 'object',
  description: 'RFC 9457 problem details',
  properties: {
    type: { type: 'string', enum: Object.keys(errorCodes).map((code) => `/problems/${code}`) },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    instance: { type: 'string' },
    errors: {
      type: 'array',
      items: { type: 'object', properties: { pointer: { type: 'string' }, detail: { type: 'string' } } },
    },
  },
};

const describeProblem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});
const problem = describeProblem('A problem.');
const keyInUse = describeProblem('`request-in-progress`: the first request with the key is still running.');
const keyReused = describeProblem('`idempotency-key-reused`: the key was used for another request.');

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'The same request with the same key within 24 hours creates once and is answered the same.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
};

function describeRoute(route: Route): object {
  const answers = Object.entries(route.answers).map(([status, description]) => [
    status,
    status === '204'
      ? { description }
      : { description, content: { [route.produces ?? 'application/json']: {} } },
  ]);
  return {
    summary: route.summary,
    tags: [route.tag],
    security: route.scope === 'public' ? [] : [{ apiKey: [] }],
    parameters: [
      ...parametersOf(route.params, 'path'),
      ...parametersOf(route.query, 'query'),
      ...(route.creates ? [idempotencyKey] : []),
    ],
    ...(route.body
      ? { requestBody: { content: { 'application/json': { schema: schemaOf(route.body) } } } }
      : {}),
    responses: {
      ...(route.creates ? { 409: keyInUse, 422: keyReused } : {}),
      ...Object.fromEntries(answers),
      default: problem,
    },
  };
}

function parametersOf(schema: z.ZodType | undefined, place: 'path' | 'query'): object[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = schemaOf(schema) as {
    properties?: Record<string, object>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
  }));
}

function schemaOf(schema: z.ZodType): object {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return json;
}
