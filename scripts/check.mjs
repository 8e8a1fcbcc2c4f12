/** `npm run check`: everything that needs no servers. Runs all of it, also after a failure. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensurePackages, root } from './packages.mjs';

ensurePackages();
const bin = (name) => join(root, 'node_modules', name);
const fastTests = ['engine', 'outbound', 'expressions'].filter((folder) => existsSync(`test/${folder}`));
const mocha = [
  '--import',
  'tsx',
  bin('mocha/bin/mocha.js'),
  '--no-config',
  '--extension',
  'ts',
  '--forbid-only',
];
const checks = [
  ['format', [bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.']],
  ['types', [bin('typescript/bin/tsc'), '-p', '.']],
  ['lint', [bin('eslint/bin/eslint.js'), '.']],
  ['import rules', [bin('dependency-cruiser/bin/dependency-cruise.mjs'), '--output-type', 'err', 'src']],
  ['unused code', [bin('knip/bin/knip.js')]],
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
];

const failed = checks.filter(([name, args]) => {
  const from = Date.now();
  const { status } = spawnSync(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${((Date.now() - from) / 1000).toFixed(1)} s)`);
  return status !== 0;
});
process.exitCode = failed.length === 0 ? 0 : 1;
