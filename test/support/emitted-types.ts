/** Types of the events that the suite has emitted so far, over all processes that run tests: one empty file each. */
import assert from 'node:assert/strict';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const known = new Set<string>();

/** Notes that an event of this type was emitted. */
export async function noteEmitted(type: string): Promise<void> {
  if (known.has(type)) return;
  known.add(type);
  await mkdir(folder(), { recursive: true });
  await writeFile(join(folder(), type), '');
}

/** Returns all types that were noted. */
export async function readEmittedTypes(): Promise<Set<string>> {
  return new Set(await readdir(folder()));
}

function folder(): string {
  const dataDir = process.env['HOOKLOOM_TEST_DATA_DIR'] ?? assert.fail('run the tests with `npm test`');
  return join(dataDir, 'emitted');
}
