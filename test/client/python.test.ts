/** The Python client's own tests, against a server; nothing is installed for them. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom } from '../support/hookloom.ts';

describe('the Python client', function () {
  this.timeout(240_000);
  let hookloom: Hookloom;

  before(async () => {
    hookloom = await startHookloom();
  });
  after(() => hookloom?.stop());

  it('passes its tests', async () => {
    const child = spawn('python3', ['-m', 'unittest', 'discover', '-s', 'clients/python/tests'], {
      env: {
        ...process.env,
        PYTHONDONTWRITEBYTECODE: '1',
        HOOKLOOM_URL: hookloom.url,
        HOOKLOOM_API_KEY: hookloom.key,
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const [told, [code]] = await Promise.all([
      buffer(child.stderr),
      once(child, 'close') as Promise<[number]>,
    ]);
    assert.equal(code, 0, told.toString());
    assert.match(told.toString(), /Ran [5-9] tests/);
  });
});
