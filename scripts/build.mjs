/** Compiles `src` to `dist`, for whoever runs what ships. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail, root } from './packages.mjs';

const built = join(root, 'dist');
const compiler = join(root, 'node_modules/typescript/bin/tsc');
const others = ['src', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json'];

/** Compiles when a source is newer than the last build; ends the process when that fails. */
export function build() {
  const stampFile = join(built, '.built');
  const builtAt = existsSync(stampFile) ? statSync(stampFile).mtimeMs : 0;
  const isFresh = [...readdirSync('src', { recursive: true }).map((file) => join('src', file)), ...others]
    .filter((file) => existsSync(file))
    .every((file) => statSync(file).mtimeMs < builtAt);
  if (isFresh || (builtAt > 0 && !existsSync(compiler))) return;
  if (!existsSync(compiler))
    fail('nothing is built and TypeScript is missing: run npm ci with development packages');
  const folder = join(root, '.hookloom', `build-${process.pid}`);
  const next = join(folder, 'next');
  mkdirSync(next, { recursive: true });
  // Before it compiles: what changes meanwhile is newer.
  writeFileSync(join(next, '.built'), '');
  const args = [compiler, '-p', 'tsconfig.build.json', '--outDir', next];
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
  if (status !== 0) {
    rmSync(folder, { recursive: true, force: true });
    fail('the build failed: see above');
  }
  // Whole or not at all: another process may be running what was built before, or be building too.
  if (existsSync(built)) renameSync(built, join(folder, 'last'));
  renameSync(next, built);
  rmSync(folder, { recursive: true, force: true });
}
