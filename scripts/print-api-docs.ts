/** Prints docs/api.md from the route table, and with `errors` docs/errors.md from the error registry. */
import { describeErrors, describeRoutes } from '../src/api/documents/markdown.ts';
import { routes } from '../src/api/routes.ts';

process.stdout.write(process.argv[2] === 'errors' ? describeErrors() : describeRoutes(routes));
