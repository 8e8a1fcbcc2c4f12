/** Compiles `src` to `dist` and the dashboard to `web/dist`, for whoever runs what ships. */
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fail, root } from './packages.mjs';

/** What is built, from what, by which program: `args` take the folder that it is built into. */
const parts = [
  {
    built: 'dist',
    sources: ['src', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json'],
    program: 'node_modules/typescript-7/bin/tsc',
    args: (next) => ['-p', 'tsconfig.build.json', '--outDir', next],
  },
  {
    built: 'web/dist',
    sources: [
      'web/src',
      'web/public',
      'web/index.html',
      'web/vite.config.ts',
      'package-lock.json',
      'examples',
      'src/client',
      'src/engine',
      'src/expressions/parse',
      'src/import',
    ],
    program: 'node_modules/vite/bin/vite.js',
    args: (next) => ['build', 'web', '--outDir', next, '--emptyOutDir', '--logLevel', 'warn'],
  },
];

/** Builds what is older than its sources, or only one part of it; ends the process when that fails. */
export function build(only) {
  for (const part of parts) if (only === undefined || only === part.built) buildPart(part);
}

function buildPart({ built, sources, program, args }) {
  const stampFile = join(root, built, '.built');
  const builtAt = existsSync(stampFile) ? statSync(stampFile).mtimeMs : 0;
  const isFresh = sources.flatMap(filesOf).every((file) => statSync(file).mtimeMs < builtAt);
  const hasProgram = existsSync(join(root, program));
  if (isFresh || (builtAt > 0 && !hasProgram)) return;
  if (!hasProgram)
    fail(`${built} is not built and ${program} is missing: run npm ci with development packages`);
  const folder = join(root, '.hookloom', `build-${process.pid}`);
  const next = join(folder, 'next');
  mkdirSync(next, { recursive: true });
  // Before it compiles: what changes meanwhile is newer.
  const startedAt = new Date();
  const { status } = spawnSync(process.execPath, [join(root, program), ...args(next)], { stdio: 'inherit' });
  if (status !== 0) {
    rmSync(folder, { recursive: true, force: true });
    fail(`the build of ${built} failed: see above`);
  }
  writeFileSync(join(next, '.built'), '');
  utimesSync(join(next, '.built'), startedAt, startedAt);
  // Whole or not at all: another process may be running what was built before, or be building too.
  if (existsSync(join(root, built))) renameSync(join(root, built), join(folder, 'last'));
  renameSync(next, join(root, built));
  rmSync(folder, { recursive: true, force: true });
}

function filesOf(source) {
  if (!existsSync(source)) return [];
  if (!statSync(source).isDirectory()) return [source];
  return readdirSync(source, { recursive: true }).map((file) => join(source, file));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.chdir(root);
  build();
}
