/**
 * `npm run release:check`: what a release must be, without publishing it. Packs, looks at the package as other tools see it,
 * and runs the product from it.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fail, root } from './packages.mjs';
import { runPackage } from './release-run.mjs';

process.chdir(root);
const folder = mkdtempSync(join(tmpdir(), 'hookloom-release-'));
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));

function run(what, [program, ...args]) {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: root, encoding: 'utf8' });
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${what}`);
  if (status !== 0) {
    rmSync(folder, { recursive: true, force: true });
    fail(`${stdout}\n${stderr}`);
  }
  return stdout;
}

const bin = (name) => [process.execPath, join(root, 'node_modules', name)];

if (!readFileSync('CHANGELOG.md', 'utf8').includes('## Unreleased'))
  fail('CHANGELOG.md has no section "Unreleased"');
const packed = run('npm pack', ['npm', 'pack', '--json', '--pack-destination', folder]);
const [{ filename, files }] = JSON.parse(packed.slice(packed.lastIndexOf('\n[') + 1));
const tarball = join(folder, filename);
const paths = files.map(({ path }) => path);
const needed = [
  'dist/cli/main.js',
  'dist/client/index.js',
  'dist/client/index.d.ts',
  'examples/payment.json',
  'CHANGELOG.md',
];
const missing = [...needed, 'web/dist/index.html'].filter((path) => !paths.includes(path));
if (missing.length > 0) fail(`the package lacks ${missing.join(', ')}`);
const strange = paths.filter((path) => /^(src|test|scripts)\/|\.tsbuildinfo$/.test(path));
if (strange.length > 0) fail(`the package has ${strange.join(', ')}`);
run('publint', [...bin('publint/src/cli.js'), tarball, '--strict']);
run('are the types wrong', [
  ...bin('@arethetypeswrong/cli/dist/index.js'),
  tarball,
  '--profile',
  'esm-only',
  '--exclude-entrypoints',
  'package.json',
]);
await runPackage({ tarball, folder, version });
rmSync(folder, { recursive: true, force: true });
console.log(`hookloom ${version} can be released`);
