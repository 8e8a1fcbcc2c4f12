/**
 * Loaded first by a process and each of its threads: writes a CPU profile to the folder `HOOKLOOM_PROFILE_DIR`, of the time
 * from 10 seconds after its start on, every 10 seconds anew; threads that are ended at once have no other moment.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { Session } from 'node:inspector';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { setInterval, setTimeout } from 'node:timers';
import { threadId } from 'node:worker_threads';

const folder = process.env['HOOKLOOM_PROFILE_DIR'] ?? '.';
mkdirSync(folder, { recursive: true });
const file = join(folder, `${process.pid}-${threadId}.cpuprofile`);
const session = new Session();
session.connect();
session.post('Profiler.enable');

function write() {
  session.post('Profiler.stop', (error, { profile }) => {
    if (!error)
      writeFileSync(
        file.replace('.cpu', `-${Math.round(performance.now() / 1_000)}s.cpu`),
        JSON.stringify(profile),
      );
    session.post('Profiler.start');
  });
}
setTimeout(() => {
  session.post('Profiler.start');
  setInterval(write, 10_000).unref();
}, 10_000).unref();
