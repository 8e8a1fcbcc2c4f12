/** `npm test`: packages, the build, real servers on free ports, every test; the last line counts. Arguments go to mocha. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from './build.mjs';
import { ensurePackages } from './packages.mjs';
import { runNode } from './run-child.mjs';

ensurePackages();
build();
const dataDir = mkdtempSync(join(tmpdir(), 'hookloom-test-'));
const countsFile = join(dataDir, 'counts.json');
const mocha = ['--import', 'tsx', 'node_modules/mocha/bin/mocha.js', '--reporter', 'scripts/count-tests.mjs'];
// Mocha adds named files to those of its settings: who names some wants only these.
const settings = [
  '--no-config',
  '--extension',
  'ts',
  '--timeout',
  '60000',
  '--forbid-only',
  '--forbid-pending',
];
const chosen = process.argv.slice(2);
const options = chosen.some((argument) => argument.startsWith('test/')) ? [...settings, ...chosen] : chosen;
let isInterrupted = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => (isInterrupted = true));

const servers = startServers();
let code = 1;
try {
  const addresses = await servers.ready;
  const env = {
    ...addresses,
    HOOKLOOM_TEST_DATA_DIR: dataDir,
    HOOKLOOM_TEST_COUNTS: countsFile,
    NODE_ENV: 'test',
  };
  if (!isInterrupted) code = await runNode([...mocha, ...options], { env });
} catch (error) {
  console.error(error.message);
}
await servers.stop();
const { passes, failures } = readCounts();
rmSync(dataDir, { recursive: true, force: true });
// A run that broke off before its end counts as one failure.
const failed = failures === 0 && (code !== 0 || isInterrupted) ? 1 : failures;
console.log(`${passes} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

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

function readCounts() {
  try {
    return JSON.parse(readFileSync(countsFile, 'utf8'));
  } catch {
    return { passes: 0, failures: 0 };
  }
}
