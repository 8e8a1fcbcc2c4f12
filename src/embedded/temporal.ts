import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { searchAttributes } from '../workflows/messages.ts';
import { startChild } from './child-server.ts';
import { findBinary } from './find-binary.ts';
import { claimPort } from './ports.ts';
import { temporalRecipe } from './temporal-binary.ts';

/** A running embedded Temporal. */
export interface EmbeddedTemporal {
  address: string;
  uiUrl: string;
  stop(): Promise<void>;
}

const readyMs = 60_000;

/**
 * Starts a Temporal server of this machine, with its data in `dataDir`. Ports that are taken move on.
 * @throws Error when no program is found or the server does not come up within a minute
 */
export async function startEmbeddedTemporal(given: {
  dataDir: string;
  port: number;
  uiPort: number;
  namespace: string;
  /** Folder of the programs; default `<dataDir>/cache`. */
  cacheDir?: string;
  log: (line: string) => void;
}): Promise<EmbeddedTemporal> {
  const { dataDir, namespace, log } = given;
  const cacheDir = given.cacheDir ?? join(dataDir, 'cache');
  const { path: program } = await findBinary(temporalRecipe(), {
    cacheDir,
    path: process.env['PATH'] ?? '',
    log,
  });
  const folder = join(dataDir, 'temporal');
  const port = await claimPort({ name: 'Temporal', wanted: given.port, log });
  const uiPort = await claimPort({ name: 'the Temporal UI', wanted: given.uiPort, taken: [port], log });
  const server = await startChild({
    name: 'temporal',
    program,
    args: argumentsOf({ folder, port, uiPort, namespace }),
    folder,
  });
  const address = `127.0.0.1:${port}`;
  try {
    await waitUntilReady(address, namespace);
  } catch (cause) {
    await server.stop();
    throw new Error(`the embedded Temporal did not come up; see ${join(folder, 'temporal.log')}`, { cause });
  }
  return { address, uiUrl: `http://127.0.0.1:${uiPort}`, stop: () => server.stop() };
}

/** Source of the values: measured; see docs/operations.md. */
const dynamicConfig = {
  'history.transferProcessorMaxPollRPS': '1000',
  'history.timerProcessorMaxTimeShift': '"10ms"',
  'activity.enableStandalone': 'true',
};

function argumentsOf(given: { folder: string; port: number; uiPort: number; namespace: string }): string[] {
  return [
    'server',
    'start-dev',
    ...['--ip', '127.0.0.1', '--port', String(given.port), '--ui-port', String(given.uiPort)],
    ...['--namespace', given.namespace, '--log-level', 'warn'],
    ...['--db-filename', join(given.folder, 'temporal.db')],
    ...['--sqlite-pragma', 'journal_mode=wal', '--sqlite-pragma', 'synchronous=normal'],
    ...Object.entries(dynamicConfig).flatMap(([key, value]) => ['--dynamic-config-value', `${key}=${value}`]),
    ...Object.values(searchAttributes).flatMap((name) => ['--search-attribute', `${name}=Keyword`]),
  ];
}

async function waitUntilReady(address: string, namespace: string): Promise<void> {
  const deadline = Date.now() + readyMs;
  for (;;) {
    try {
      const connection = await Connection.connect({ address, connectTimeout: 2_000 });
      try {
        await connection.workflowService.describeNamespace({ namespace });
        return;
      } finally {
        await connection.close();
      }
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
