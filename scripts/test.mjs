/**
 * `npm test`: packages, the build, real servers on free ports, every test; the last line counts. Arguments go to mocha:
 * with files named, only these run, one after the other. `--smoke`: a quick look at every layer.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from './build.mjs';
import { lanes } from './lanes.mjs';
import { ensurePackages } from './packages.mjs';
import { runNode } from './run-child.mjs';

ensurePackages();
build();
const dataDir = mkdtempSync(join(tmpdir(), 'hookloom-test-'));
const mocha = ['--import', 'tsx', 'node_modules/mocha/bin/mocha.js', '--no-config'];
const settings = [
  '--extension=ts',
  '--reporter=scripts/count-tests.mjs',
  '--require=./test/support/root-hooks.ts',
  '--timeout=60000',
  // What a failed test left open must not keep the others' results back.
  '--exit',
  '--forbid-only',
  '--forbid-pending',
];
/** Tests mostly wait: for timers, for a killed process to be missed, for a server to come back. */
const jobs = 2 * availableParallelism();
let isInterrupted = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => (isInterrupted = true));

const servers = startServers();
const counts = { passes: 0, failures: 0, failed: [] };
try {
  const addresses = await servers.ready;
  const env = { ...addresses, HOOKLOOM_TEST_DATA_DIR: dataDir, NODE_ENV: 'test' };
  for (const [index, args] of chosenRuns(process.argv.slice(2)).entries()) {
    if (isInterrupted) break;
    const countsFile = join(dataDir, `counts-${index}.json`);
    const code = await runNode([...mocha, ...settings, ...args], {
      env: { ...env, HOOKLOOM_TEST_COUNTS: countsFile },
    });
    const { passes, failures, failed } = readCounts(countsFile);
    counts.passes += passes;
    counts.failed.push(...failed);
    // A run that broke off before its end counts as one failure.
    counts.failures += failures === 0 && code !== 0 ? 1 : failures;
  }
} catch (error) {
  console.error(error.message);
  counts.failures += 1;
}
await servers.stop();
rmSync(dataDir, { recursive: true, force: true });
if (isInterrupted) counts.failures += 1;
// Mocha tells them in the middle of a long output.
for (const failure of counts.failed) console.log(`failed: ${failure.slice(0, 4_000)}\n`);
console.log(`${counts.passes} passed, ${counts.failures} failed`);
process.exitCode = counts.failures === 0 ? 0 : 1;

/** Returns mocha's arguments for each run, in order. */
function chosenRuns(chosen) {
  if (chosen.some((argument) => argument.startsWith('test/'))) return [chosen];
  const isSmoke = chosen.includes('--smoke');
  const more = chosen.filter((argument) => argument !== '--smoke');
  const { parallel, serial } = lanes({ isSmoke });
  const runs = [['--parallel', `--jobs=${jobs}`, ...more, ...parallel]];
  if (serial.length > 0) runs.push([...more, ...serial]);
  if (!isSmoke && more.length === 0) runs.push(['test/suite/every-event-type.ts']);
  return runs;
}

/** Starts the servers in a process of their own; they end when its channel closes. */
function startServers() {
  let child;
  let exit;
  const ready = new Promise((resolve, reject) => {
    exit = runNode(['--import', 'tsx', 'src/dev/serve-tests.ts'], {
      env: { HOOKLOOM_DATA_DIR: dataDir },
      onMessage: resolve,
      onStart: (process) => (child = process),
    });
    exit.then(() => reject(new Error('the servers for the tests did not start')), reject);
  });
  return {
    ready,
    async stop() {
      if (child.connected) child.disconnect();
      await exit;
    },
  };
}

function readCounts(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { passes: 0, failures: 0, failed: [] };
  }
}
