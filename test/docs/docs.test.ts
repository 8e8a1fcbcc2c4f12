import assert from 'node:assert/strict';
import { access, readdir, readFile } from 'node:fs/promises';
import { describeErrors, describeRoutes } from '../../src/api/documents/markdown.ts';
import { describeClientTypes } from '../../scripts/client-types.ts';
import { describePythonClient } from '../../scripts/python-client.ts';
import { describeEvents } from '../../src/api/documents/event-page.ts';
import { createOpenApi } from '../../src/api/documents/openapi.ts';
import { routes } from '../../src/api/routing/routes.ts';
import { eventJsonSchemas } from '../../src/engine/log/event.schema.ts';
import { caseJsonSchema } from '../engine/case.schema.ts';
import { matchers } from '../support/match.ts';

/** Markdown without what a formatter may change. */
const bare = (text: string): string =>
  text
    .replaceAll(/[ \t]+|(?<=\|)-+(?=\|)|\n/g, ' ')
    .replaceAll(/-{3,}/g, '---')
    .replaceAll(/ +/g, ' ')
    .trim();
const read = (file: string): Promise<string> => readFile(file, 'utf8');

/** Names of all fields that a JSON Schema knows, except its own. */
function fieldsOf(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { properties = {} } = schema as { properties?: Record<string, unknown> };
  const names = Object.keys(properties).filter((name) => name !== '$schema');
  return [
    ...names,
    ...Object.values(schema).flatMap(fieldsOf),
    ...Object.values(properties).flatMap(fieldsOf),
  ];
}

describe('the documentation', () => {
  it('lists every route as it is', async () => {
    assert.equal(bare(await read('docs/api.md')), bare(describeRoutes(routes)));
  });

  it('lists every error code as it is', async () => {
    assert.equal(bare(await read('docs/errors.md')), bare(describeErrors()));
  });

  it('lists every event type as it is', async () => {
    assert.equal(bare(await read('docs/events.md')), bare(describeEvents()));
  });

  it('publishes the JSON Schema of every event type as it is', async () => {
    assert.deepEqual(JSON.parse(await read('docs/event-schemas.json')), eventJsonSchemas());
  });

  it('publishes the JSON Schema of case tables as it is, and explains each of its fields', async () => {
    const schema = caseJsonSchema();
    assert.deepEqual(JSON.parse(await read('docs/case-schema.json')), schema);
    const page = await read('docs/cases.md');
    for (const name of [...fieldsOf(schema), ...Object.keys(matchers)])
      assert.ok(page.includes(`\`${name}\``), `docs/cases.md does not name ${name}`);
  });

  it('has the client’s types as the OpenAPI document gives them: npm run generate', async () => {
    assert.ok((await read('src/client/api-types.ts')) === (await describeClientTypes()));
  });

  it('has the Python client as the OpenAPI document gives it: npm run generate', async () => {
    assert.ok((await read('clients/python/hookloom/api.py')) === describePythonClient());
  });

  it('has no link to a page that is not there', async () => {
    const pages = [
      'README.md',
      'CONTRIBUTING.md',
      ...(await readdir('docs')).filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`),
    ];
    for (const page of pages) {
      const folder = page.startsWith('docs/') ? 'docs/' : '';
      for (const [, target = ''] of (await read(page)).matchAll(/\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)/g)) {
        await access(folder + target).catch(() => assert.fail(`${page} links to ${target}`));
      }
    }
  });

  it('names no file of the sources that is not there', async () => {
    const pages = ['CONTRIBUTING.md', ...(await readdir('docs')).map((name) => `docs/${name}`)];
    for (const page of pages.filter((name) => name.endsWith('.md'))) {
      for (const [, file = ''] of (await read(page)).matchAll(/`((?:src|test|scripts)\/[\w./-]+)`/g))
        await access(file).catch(() => assert.fail(`${page} names ${file}`));
    }
  });

  it('describes every route in OpenAPI', () => {
    const document = createOpenApi(routes, 'http://localhost') as {
      openapi: string;
      paths: Record<string, Record<string, object>>;
    };
    assert.equal(document.openapi, '3.1.0');
    for (const route of routes) {
      assert.ok(
        document.paths[route.path]?.[route.method === 'all' ? 'post' : route.method],
        `${route.method} ${route.path}`,
      );
    }
  });
});

describe('the README', () => {
  it('names only commands that exist', async () => {
    const { scripts } = JSON.parse(await read('package.json')) as { scripts: Record<string, string> };
    for (const [, name = ''] of (await read('README.md')).matchAll(/npm (?:run )?(start|test|[a-z:]+)\b/g)) {
      assert.ok(name === 'run' || scripts[name], `npm run ${name}`);
    }
  });
});
