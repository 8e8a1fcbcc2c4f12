import { z } from 'zod';
import { namedValues, orExpression, url, wholeNumber } from './fields.schema.ts';
import { declareNodeType } from './node-type.schema.ts';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];
const methodRule = `one of ${methods.join(', ')}`;
const statusRule = 'a status from 100 to 599, a class such as "2xx", or a list of them';
const number = z.number().int(statusRule).min(100, statusRule).max(599, statusRule);
const status = z.union([number, z.string().regex(/^[1-5]xx$/i, statusRule)], { error: statusRule });

/** Sends one request. */
export const httpRequestType = declareNodeType({
  type: 'http-request',
  title: 'HTTP request',
  description: 'Sends a request and checks the status of the answer.',
  mode: 'remote',
  network: true,
  secretFields: ['headers', 'query', 'body', 'url'],
  payload: z.strictObject({
    method: orExpression(
      z.string().refine((method) => methods.includes(method.toUpperCase()), { error: methodRule }),
      methodRule,
    ).optional(),
    url,
    headers: namedValues.optional(),
    query: namedValues.optional(),
    body: z.unknown().optional(),
    expectStatus: orExpression(z.union([status, z.array(status).min(1, statusRule)]), statusRule).optional(),
    followRedirects: wholeNumber(0, 5).optional(),
  }),
  result: '{ status, headers, body }',
});
