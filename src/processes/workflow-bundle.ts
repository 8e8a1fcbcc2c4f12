/** The workflow code as one bundle: built once per state of its sources, then read from the data directory. */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode } from '@temporalio/worker';
import type { Logger } from '../log.ts';
import { readSandboxSource, withoutPromiseTraces } from './promise-traces.ts';

const here = fileURLToPath(new URL('..', import.meta.url));
const extension = extname(fileURLToPath(import.meta.url));

/**
 * Returns the file of the bundle, building it when the sources or the SDK have changed.
 * @param options.traces whether the SDK traces promises, for its query `__stack_trace`
 */
export async function workflowBundle(
  dataDir: string,
  log: Logger,
  { traces = false } = {},
): Promise<{ codePath: string }> {
  const prelude = traces ? '' : await preludeOf(log);
  const folder = join(dataDir, 'cache');
  const codePath = join(folder, `workflows-${await hashSources(prelude)}.js`);
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

/** On the bundle's first line, to keep its others. */
async function preludeOf(log: Logger): Promise<string> {
  const prelude = withoutPromiseTraces(await readSandboxSource());
  if (prelude === undefined)
    log.warn('this SDK traces promises in another way: workflow code takes more CPU time than it could');
  return prelude ?? '';
}

async function hashSources(prelude: string): Promise<string> {
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
