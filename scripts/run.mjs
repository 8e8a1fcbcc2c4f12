/** `npm run api`, `npm run worker`, `npm run bench`: builds what is needed, then runs it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from './build.mjs';
import { fail, root } from './packages.mjs';
import { watchParent } from './run-child.mjs';

const programs = { api: 'dist/processes/api.js', worker: 'dist/worker.js', bench: 'bench/main.ts' };

const program = programs[process.argv[2]];
if (!program) fail(`what to run: ${Object.keys(programs).join(', ')}`);
process.chdir(root);
if (!existsSync('node_modules')) fail('packages are missing: run npm ci first');
build();
if (program.endsWith('.ts')) (await import('tsx/esm/api')).register();

// The program runs in this very process: signals need nobody to pass them on. npm, ended, would leave it an orphan.
watchParent(() => process.kill(process.pid, 'SIGTERM'));
process.argv.splice(1, 2, join(root, program));
await import(pathToFileURL(process.argv[1]).href);
