import { publicUrl } from '../../config.ts';
import { route } from '../routing/route.ts';
import type { Route } from '../routing/route.ts';
import { openApiDocument, text } from './answers.ts';
import { createDocsPage, docsPolicy } from './docs-page.ts';
import { createOpenApi } from './openapi.ts';

/** The API's description, for programs and for people. `all` answers every route, these two included. */
export const createDocumentRoutes = (all: () => readonly Route[]): Route[] => [
  route({
    method: 'get',
    path: '/openapi.json',
    scope: 'public',
    tag: 'Platform',
    summary: 'The OpenAPI 3.1 document of this API',
    answers: { 200: { is: 'The document.', schema: openApiDocument } },
    handler: ({ deps }) => ({ body: createOpenApi(all(), publicUrl(deps.config)) }),
  }),
  route({
    method: 'get',
    path: '/docs',
    scope: 'public',
    tag: 'Platform',
    summary: 'The reference of the API, for people: with a field for the key, to try each call',
    produces: 'text/html',
    answers: { 200: { is: 'A page.', schema: text } },
    handler: () => ({
      body: createDocsPage(all()),
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': docsPolicy,
      },
    }),
  }),
];
