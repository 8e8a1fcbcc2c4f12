/**
 * Prints a page of docs/ from its table: `routes` (api.md), `errors` (errors.md), `events` (events.md), `event-schemas`
 * (event-schemas.json), `cases` (case-schema.json).
 */
import { describeEvents } from '../src/api/documents/event-page.ts';
import { describeErrors, describeRoutes } from '../src/api/documents/markdown.ts';
import { routes } from '../src/api/routing/routes.ts';
import { eventJsonSchemas } from '../src/engine/log/event.schema.ts';
import { caseJsonSchema } from '../test/engine/case.schema.ts';

const pages = {
  routes: () => describeRoutes(routes),
  errors: describeErrors,
  events: describeEvents,
  'event-schemas': () => `${JSON.stringify(eventJsonSchemas(), null, 2)}\n`,
  cases: () => `${JSON.stringify(caseJsonSchema(), null, 2)}\n`,
};
const page = process.argv[2] ?? 'routes';
if (!Object.hasOwn(pages, page)) throw new Error(`which page: ${Object.keys(pages).join(', ')}`);
process.stdout.write(pages[page as keyof typeof pages]());
