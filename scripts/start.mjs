/** `npm start`: packages, then API, worker and the servers they need in this terminal. */
import { build } from './build.mjs';
import { ensurePackages } from './packages.mjs';
import { runNode } from './run-child.mjs';

ensurePackages();
build('web/dist');
process.exitCode = await runNode(['--import', 'tsx', 'src/dev/start.ts'], {
  // The terminal is for people here: addresses and warnings, not a line per request.
  env: { LOG_LEVEL: process.env.LOG_LEVEL || 'warn' },
});
