/** `npm run check`: everything that needs no servers. Runs all of it, also after a failure. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { ensurePackages, root } from './packages.mjs';

ensurePackages();
const bin = (name) => join(root, 'node_modules', name);
const fastTests = ['engine', 'relay', 'outbound', 'expressions', 'import'].filter((folder) =>
  existsSync(`test/${folder}`),
);
const mocha = [
  '--import',
  'tsx',
  bin('mocha/bin/mocha.js'),
  '--no-config',
  '--extension',
  'ts',
  '--forbid-only',
];
/** The cache holds what each file's content came to, under this version and these options. */
const prettier = [
  bin('prettier/bin/prettier.cjs'),
  '--cache',
  '--cache-strategy',
  'content',
  '--cache-location',
  '.hookloom/cache/prettier',
];
// Two of TypeScript: that of today, compiled, five times as fast; and the last one with an API, for the linter.
const tsc = bin('typescript-7/bin/tsc');
const checks = [
  [
    'unit tests',
    [
      ...mocha,
      '--forbid-pending',
      '--timeout',
      '60000',
      '--reporter',
      'dot',
      ...fastTests.map((folder) => `test/${folder}/**/*.test.ts`),
    ],
  ],
  ['lint', [bin('eslint/bin/eslint.js'), '.']],
  ['types', [tsc, '-p', '.']],
  ['types of the dashboard', [tsc, '-p', 'web']],
  ['format', [...prettier, '--check', '--log-level', 'warn', '.']],
  [
    'import rules',
    [bin('dependency-cruiser/bin/dependency-cruise.mjs'), '--output-type', 'err', 'src', 'web/src'],
  ],
  ['unused code', [bin('knip/bin/knip.js')]],
];

/** Most take one core; the longest begin first. */
const waiting = [...checks];
const results = [];
await Promise.all(
  Array.from({ length: availableParallelism() }, async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) results.push(await run(check));
  }),
);
process.exitCode = results.every(Boolean) ? 0 : 1;

/** Runs one check and prints what it wrote, in one piece, when it is over. Resolves whether it passed. */
async function run([name, args]) {
  const from = Date.now();
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const output = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => output.push(chunk));
  const [code] = await once(child, 'close');
  process.stdout.write(Buffer.concat(output));
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${((Date.now() - from) / 1000).toFixed(1)} s)`);
  return code === 0;
}
