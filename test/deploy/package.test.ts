import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

interface Manifest {
  bin: Record<string, string>;
  exports: Record<string, string | Record<string, string>>;
  scripts: Record<string, string>;
}

describe('the package', function () {
  this.timeout(60_000);

  it('holds what its entries name, and is built before it is packed (fault 56)', () => {
    const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
    // What is built stands in dist already; a fresh clone builds it first.
    const packed = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      encoding: 'utf8',
    });
    const [{ files = [] } = {}] = JSON.parse(packed) as { files?: { path: string }[] }[];
    const names = new Set(files.map(({ path }) => path));
    const entries = [manifest.exports, manifest.bin].flatMap((all) =>
      Object.values(all).flatMap((one) => (typeof one === 'string' ? [one] : Object.values(one))),
    );
    const missing = entries.map((path) => path.replace('./', '')).filter((path) => !names.has(path));
    assert.deepEqual(missing, []);
    assert.equal(manifest.scripts['prepack'], 'node scripts/prepack.mjs');
    assert.match(readFileSync('scripts/prepack.mjs', 'utf8'), /build/);
  });
});
