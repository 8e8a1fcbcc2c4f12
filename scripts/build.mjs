import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail, root } from './packages.mjs';

const stampFile = join(root, 'dist/.built');
const compiler = join(root, 'node_modules/typescript/bin/tsc');

/** Compiles `src` to `dist` when a source is newer than the last build; ends the process when that fails. */
export function build() {
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
