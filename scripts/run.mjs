/** `npm run api`, `npm run worker`, `npm run bench`: builds what is needed, then runs it. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { fail, root } from './packages.mjs';
import { watchParent } from './run-child.mjs';

const programs = { api: 'dist/api/main.js', worker: 'dist/worker.js', bench: 'bench/main.ts' };
const stampFile = join(root, 'dist/.built');
const compiler = join(root, 'node_modules/typescript/bin/tsc');

const program = programs[process.argv[2]];
if (!program) fail(`what to run: ${Object.keys(programs).join(', ')}`);
process.chdir(root);
if (!existsSync('node_modules')) fail('packages are missing: run npm ci first');
if (program.startsWith('dist/')) build();
else (await import('tsx/esm/api')).register();

// The program runs in this very process: signals need nobody to pass them on. npm, ended, would leave it an orphan.
watchParent(() => process.kill(process.pid, 'SIGTERM'));
process.argv.splice(1, 2, join(root, program));
await import(pathToFileURL(process.argv[1]).href);

/** Compiles `src` to `dist` when a source is newer than the last build. */
function build() {
  const builtAt = existsSync(stampFile) ? statSync(stampFile).mtimeMs : 0;
  const isFresh = [
    ...readdirSync('src', { recursive: true }).map((file) => join('src', file)),
    'package-lock.json',
  ]
    .map((file) => statSync(file).mtimeMs)
    .every((changedAt) => changedAt < builtAt);
  if (isFresh || (builtAt > 0 && !existsSync(compiler))) return;
  if (!existsSync(compiler))
    fail('nothing is built and TypeScript is missing: run npm ci with development packages');
  rmSync('dist', { recursive: true, force: true });
  const { status } = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.build.json'], {
    stdio: 'inherit',
  });
  if (status !== 0) fail('the build failed: see above');
  writeFileSync(stampFile, '');
}
