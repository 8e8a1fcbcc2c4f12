/** The workflow code as one bundle: built once per state of its sources, then read from the data directory. */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode } from '@temporalio/worker';
import type { Logger } from '../log.ts';

const here = fileURLToPath(new URL('..', import.meta.url));
const extension = extname(fileURLToPath(import.meta.url));

/**
 * What the SDK compiles anew for every promise in the sandbox, to trace it for its query `__stack_trace`, and what stands in
 * for it here: an error has no stack, so nothing is traced. Code that is not listed is compiled as ever.
 * Source: `GlobalHandlers` of @temporalio/worker 1.24.
 */
export const sandboxCode = {
  'return globalThis.__TEMPORAL_ACTIVATOR__': '() => globalThis.__TEMPORAL_ACTIVATOR__',
  'return globalThis.Error': '() => class {}',
} as const;

/**
 * Runs before all else in the sandbox. Traces of promises take half of the CPU time of a run's workflow; what a run is at
 * is in its log. On the bundle's first line, to keep its others.
 */
const prelude = [
  'Error.stackTraceLimit = 0;',
  `{ const known = new Map([${Object.entries(sandboxCode)
    .map(([code, standIn]) => `['${code}', ${standIn}]`)
    .join(', ')}]);`,
  `Object.defineProperty(Promise, 'constructor', { value: (code) => known.get(code) ?? Function(code) }); } `,
].join(' ');

/** Returns the file of the bundle, building it when the sources or the SDK have changed. */
export async function workflowBundle(dataDir: string, log: Logger): Promise<{ codePath: string }> {
  const folder = join(dataDir, 'cache');
  const codePath = join(folder, `workflows-${await hashSources()}.js`);
  if (await exists(codePath)) return { codePath };
  const { code } = await bundleWorkflowCode({
    workflowsPath: join(here, 'workflows', `workflows${extension}`),
    workflowInterceptorModules: [join(here, 'workflows', `interceptors${extension}`)],
    logger: quiet(log),
  });
  await mkdir(folder, { recursive: true });
  // Another process may be reading: the file appears whole or not at all.
  const partial = `${codePath}.${process.pid}`;
  await writeFile(partial, prelude + code);
  await rename(partial, codePath);
  return { codePath };
}

async function hashSources(): Promise<string> {
  const sdk = createRequire(import.meta.url)('@temporalio/workflow/package.json') as { version: string };
  const hash = createHash('sha256').update(sdk.version).update(prelude);
  for (const folder of ['engine', 'workflows']) {
    const names = await readdir(join(here, folder), { recursive: true });
    for (const name of names.filter((file) => extname(file) === extension).sort()) {
      hash.update(name).update(await readFile(join(here, folder, name)));
    }
  }
  return hash.digest('hex').slice(0, 16);
}

async function exists(file: string): Promise<boolean> {
  return readFile(file).then(
    () => true,
    () => false,
  );
}

function quiet(log: Logger) {
  const ignore = () => {};
  return {
    log: ignore,
    trace: ignore,
    debug: ignore,
    info: ignore,
    warn: (message: string) => log.warn(message),
    error: (message: string) => log.error(message),
  };
}
