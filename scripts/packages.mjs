/** Packages from the lock file, before anything else can be imported. Uses nothing but Node. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of package.json. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const leastNode = [20, 19];
const stampFile = `${root}/node_modules/.hookloom-lock`;

/**
 * Installs the packages of package-lock.json unless they are there, and ends the process with a message when that is not
 * possible.
 */
export function ensurePackages() {
  process.chdir(root);
  assertNode();
  const lock = readFileSync('package-lock.json');
  const stamp = createHash('sha256').update(lock).digest('hex');
  if (readStamp() === stamp || installedByHand(lock)) return;
  console.log('installing packages …');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  // No package needs its install script: programs come in platform packages. Nothing is run that nobody has read.
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status, error } = spawnSync(npm, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  if (error || status !== 0) fail(`npm ci failed (${error?.message ?? status}): see above`);
  writeFileSync(stampFile, stamp);
}

/** Prints why and ends the process. */
export function fail(message) {
  console.error(message);
  process.exit(1);
}

function assertNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < leastNode[0] || (major === leastNode[0] && minor < leastNode[1]))
    fail(`Hookloom needs Node.js ${leastNode.join('.')} or newer; this is ${process.versions.node}`);
}

function readStamp() {
  return existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : undefined;
}

/** npm leaves a copy of what it installed: somebody who ran `npm ci` need not wait for it twice. */
function installedByHand(lock) {
  if (existsSync(stampFile) || !existsSync('node_modules/.package-lock.json')) return false;
  const { packages: wanted } = JSON.parse(lock.toString('utf8'));
  const { packages: there } = JSON.parse(readFileSync('node_modules/.package-lock.json', 'utf8'));
  return Object.entries(wanted).every(
    ([path, entry]) => path === '' || entry.optional || there[path]?.version === entry.version,
  );
}
