/** API and worker within the test's own process, from what is built. */
import { loadConfig } from '../../src/config.ts';
import type * as logModule from '../../src/log.ts';
import type * as apiModule from '../../src/processes/api.ts';
import type * as workerModule from '../../src/processes/worker.ts';
import { eventually } from './eventually.ts';
import { freePort } from './free-port.ts';

const built = <Module>(file: string): Promise<Module> =>
  import(new URL(`../../dist/${file}`, import.meta.url).href) as Promise<Module>;

/** An API or a worker in this process. */
export interface InProcess {
  /** Where the API listens. */
  url?: string;
  /** What it wrote to its log so far. */
  output(): string;
  stop(): Promise<void>;
}

/** Starts an API or a worker in this process and waits until it is ready. */
export async function startInProcess(
  kind: 'api' | 'worker',
  settings: Record<string, string>,
): Promise<InProcess & { url: string }> {
  let output = '';
  const { createLogger } = await built<typeof logModule>('log.js');
  const log = createLogger(settings['LOG_LEVEL'] ?? 'info', kind, {
    write: (line: string) => void (output += line),
  });
  if (kind === 'worker') {
    const { startWorker } = await built<typeof workerModule>('processes/worker.js');
    const worker = await startWorker(loadConfig(settings), log);
    return { url: '', output: () => output, stop: once(() => worker.stop()) };
  }
  const PORT = String(await freePort());
  const url = `http://127.0.0.1:${PORT}`;
  const { startApi } = await built<typeof apiModule>('processes/api.js');
  const api = await startApi(loadConfig({ PUBLIC_URL: url, ...settings, PORT }), log);
  await eventually(async () => (await fetch(`${url}/readyz`)).status === 200, 60_000);
  return { url, output: () => output, stop: once(() => api.stop()) };
}

function once(stop: () => Promise<void>): () => Promise<void> {
  let stopped: Promise<void> | undefined;
  return () => (stopped ??= stop());
}
