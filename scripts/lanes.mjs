/** Which test files go side by side, and in which order. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Files that need the machine for themselves: they measure time, load it on purpose, or stop servers under load. */
const alone = [
  'test/e2e/readme.test.ts',
  'test/e2e/single-faults.test.ts',
  'test/e2e/storm.test.ts',
  'test/integration/cancel-request.test.ts',
  'test/integration/clock-jumps.test.ts',
  'test/integration/faults.test.ts',
  'test/integration/flow-crashes.test.ts',
  'test/integration/hook-fairness.test.ts',
  'test/integration/hook-load.test.ts',
  'test/integration/listen-soak.test.ts',
  'test/integration/long-lived-parts.test.ts',
  'test/integration/long-tasks.test.ts',
  'test/integration/restart-of-everything.test.ts',
  'test/store/contention.test.ts',
];

/** The longest of the others, longest first, so that no lane ends with one of them. */
const longest = [
  'test/integration/lost-namespace.test.ts',
  'test/integration/kill-worker.test.ts',
  'test/integration/hook-crashes.test.ts',
  'test/integration/cases.test.ts',
  'test/integration/run-retries.test.ts',
];

/** What a quick look before a commit runs: every layer once. */
const smoke = [
  'test/integration/main-job.test.ts',
  'test/integration/node-types.test.ts',
  'test/integration/hooks.test.ts',
  'test/integration/waits.test.ts',
  'test/integration/webhooks.test.ts',
  'test/store/run-log.test.ts',
  'test/workflows/replay.test.ts',
];

/** Returns the test files of each lane: `parallel` may run side by side, `serial` one after the other. */
export function lanes({ isSmoke = false } = {}) {
  if (isSmoke) return { parallel: smoke, serial: [] };
  const files = readdirSync('test', { recursive: true })
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => join('test', file));
  for (const file of [...alone, ...longest, ...smoke])
    if (!files.includes(file)) throw new Error(`scripts/lanes.mjs names ${file}, which is not there`);
  const others = files.filter((file) => !alone.includes(file) && !longest.includes(file)).sort();
  return { parallel: [...longest, ...others], serial: alone };
}
