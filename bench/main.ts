/** `npm run bench [name …]`: every benchmark, or the named ones, on real servers of its own. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { loadConfig } from '../src/config.ts';
import { startEmbeddedServers } from '../src/embedded/servers.ts';
import type { Bench, Measure } from './bench.ts';

const suffix = '.bench.ts';

async function chooseBenches(names: readonly string[]): Promise<string[]> {
  const files = await readdir(import.meta.dirname);
  const known = files.filter((file) => file.endsWith(suffix)).map((file) => file.slice(0, -suffix.length));
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new Error(`no benchmark ${unknown.join(', ')}; there are ${known.join(', ')}`);
  return names.length > 0 ? [...names] : known.sort();
}

function print({ what, value, unit, target }: Measure): void {
  const number = value >= 100 ? value.toFixed(0) : value.toPrecision(3);
  console.log(`  ${`${number} ${unit}`.padStart(12)}  ${what}${target ? `  (target ${target})` : ''}`);
}

async function main(): Promise<void> {
  const names = await chooseBenches(process.argv.slice(2));
  const dataDir = await mkdtemp(join(tmpdir(), 'hookloom-bench-'));
  const anyPorts = { EMBEDDED_TEMPORAL_PORT: 0, EMBEDDED_TEMPORAL_UI_PORT: 0, EMBEDDED_MONGODB_PORT: 0 };
  const servers = await startEmbeddedServers(
    { ...loadConfig(), ...anyPorts, HOOKLOOM_DATA_DIR: dataDir },
    { cacheDir: resolve('.hookloom/cache'), log: (line) => console.log(line) },
  );
  const { MONGODB_URL, TEMPORAL_ADDRESS } = servers.config;
  Object.assign(process.env, { MONGODB_URL, TEMPORAL_ADDRESS, HOOKLOOM_TEST_DATA_DIR: dataDir });
  try {
    for (const name of names) {
      const { bench } = (await import(`./${name}${suffix}`)) as { bench: Bench };
      console.log(`\n${name}: ${bench.question}`);
      for (const measure of await bench.run()) print(measure);
    }
  } finally {
    await servers.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
