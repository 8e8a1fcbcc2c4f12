import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { envExample } from '../../scripts/env-example.ts';
import { loadConfig, settings } from '../../src/config.ts';

describe('the settings', () => {
  it('are in .env.example as the table has them: npm run generate', async () => {
    assert.equal(await readFile('.env.example', 'utf8'), envExample());
  });

  it('accept .env.example with every default set', async () => {
    const lines = (await readFile('.env.example', 'utf8')).split('\n');
    const given = lines.flatMap((line) => {
      const [, name, value] = /^# ([A-Z_]+)=(.*)$/.exec(line) ?? [];
      return name === undefined ? [] : [[name, value]];
    });
    assert.deepEqual(loadConfig(Object.fromEntries(given)), loadConfig({}));
  });

  it('are all in docs/operations.md, and nothing else is', async () => {
    const text = await readFile('docs/operations.md', 'utf8');
    const table = text.slice(
      text.indexOf('## Settings'),
      text.indexOf('\n## ', text.indexOf('## Settings') + 1),
    );
    const documented = [...table.matchAll(/^\| `([A-Z_]+)`/gm)].map(([, name]) => name);
    assert.deepEqual(documented.sort(), Object.keys(settings).sort());
  });

  const bad: [string, string][] = [
    ['PORT', 'http'],
    ['PORT', '70000'],
    ['PUBLIC_URL', 'example'],
    ['MONGODB_DB', 'a.b'],
    ['HOOKLOOM_BOOTSTRAP_KEY', 'secret'],
    ['HOOKLOOM_MASTER_KEY', 'c2hvcnQ='],
    ['HOOKLOOM_RETENTION_DAYS', '0'],
    ['LOG_LEVEL', 'loud'],
    ['SHUTDOWN_GRACE_MS', '-1'],
  ];
  for (const [name, value] of bad)
    it(`name ${name} when it is ${JSON.stringify(value)}, and keep secrets to themselves`, () => {
      assert.throws(
        () => loadConfig({ [name]: value }),
        (error: Error) => error.message.includes(name) && !error.message.includes('c2hvcnQ='),
      );
    });

  it('name every one that is missing in production', () => {
    assert.throws(
      () => loadConfig({ NODE_ENV: 'production' }),
      /MONGODB_URL, TEMPORAL_ADDRESS, HOOKLOOM_MASTER_KEY/,
    );
  });
});
