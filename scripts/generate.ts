/** `npm run generate`: writes every file that is made from a table of the sources. Tests hold them to it. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { describeEvents } from '../src/api/documents/event-page.ts';
import { describeErrors, describeRoutes } from '../src/api/documents/markdown.ts';
import { routes } from '../src/api/routing/routes.ts';
import { eventJsonSchemas } from '../src/engine/log/event.schema.ts';
import { caseJsonSchema } from '../test/engine/case.schema.ts';
import { describeClientTypes } from './client-types.ts';
import { envExample } from './env-example.ts';
import { describePythonClient } from './python-client.ts';

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
const files: Record<string, string> = {
  '.env.example': envExample(),
  'docs/api.md': describeRoutes(routes),
  'docs/errors.md': describeErrors(),
  'docs/events.md': describeEvents(),
  'docs/event-schemas.json': json(eventJsonSchemas()),
  'docs/case-schema.json': json(caseJsonSchema()),
  'src/client/api-types.ts': await describeClientTypes(),
  'clients/python/hookloom/api.py': describePythonClient(),
};
for (const [file, text] of Object.entries(files)) writeFileSync(file, text);

const formatted = Object.keys(files).filter((file) => /\.(md|json)$/.test(file));
const prettier = ['node_modules/prettier/bin/prettier.cjs', '--write', '--log-level', 'warn', ...formatted];
process.exitCode = spawnSync(process.execPath, prettier, { stdio: 'inherit' }).status ?? 1;
