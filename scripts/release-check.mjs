/**
 * `npm run release:check`: what a release must be, without publishing it. Packs, looks at the package as other tools see it,
 * installs it in an empty folder and runs its command line there.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fail, root } from './packages.mjs';

process.chdir(root);
const folder = mkdtempSync(join(tmpdir(), 'hookloom-release-'));
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));

function run(what, [program, ...args], cwd = root) {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: 'utf8' });
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
run(
  'npm install',
  ['npm', 'install', '--prefix', folder, '--no-audit', '--no-fund', '--ignore-scripts', tarball],
  folder,
);
const told = run('hookloom --version', ['npx', '--no-install', 'hookloom', '--version'], folder);
if (told.trim() !== version) fail(`hookloom --version says ${told.trim()}; expected ${version}`);
await runThere();
rmSync(folder, { recursive: true, force: true });
console.log(`hookloom ${version} can be released`);

/** Starts the product in the empty folder: API, worker, servers and dashboard. */
async function runThere() {
  const port = 20_000 + (process.pid % 20_000);
  const child = spawn('npx', ['--no-install', 'hookloom', 'start'], {
    cwd: folder,
    env: {
      ...process.env,
      PORT: String(port),
      EMBEDDED_TEMPORAL_PORT: '0',
      EMBEDDED_TEMPORAL_UI_PORT: '0',
      EMBEDDED_MONGODB_PORT: '0',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const closed = once(child, 'close');
  let told = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (told += chunk));
  const get = (path) => fetch(`http://127.0.0.1:${port}${path}`).catch(() => undefined);
  const deadline = Date.now() + 300_000;
  let isReady = false;
  while (!isReady && Date.now() < deadline && child.exitCode === null) {
    isReady = (await get('/readyz'))?.status === 200;
    if (!isReady) await new Promise((resolve) => setTimeout(resolve, 500));
  }
  const page = (await (await get('/'))?.text()) ?? '';
  // The group: npx passes no signal on.
  process.kill(-child.pid, 'SIGTERM');
  await closed;
  const isWhole = isReady && page.includes('<script');
  console.log(`${isWhole ? 'ok    ' : 'FAILED'} hookloom start`);
  if (!isWhole) fail(`${isReady ? 'the dashboard is not there' : 'it did not get ready'}:\n${told}`);
}
