import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Connection } from '@temporalio/client';
import { searchAttributes } from '../workflows/messages.ts';
import { programPath } from '../config.ts';
import { startChild } from './child-server.ts';
import { findBinary } from './find-binary.ts';
import { claimPort, startOnClaimedPorts } from './ports.ts';
import { endLeftover } from './leftover.ts';
import { temporalRecipe } from './temporal-binary.ts';

/** A running embedded Temporal. */
export interface EmbeddedTemporal {
  address: string;
  uiUrl: string;
  /** Process id, for tests that stop it. */
  pid: number;
  stop(): Promise<void>;
}

/** What comes in goes before what runs; see docs/operations.md. */
const niceness = 5;

/**
 * Starts a Temporal server of this machine, with its data in `dataDir`. Ports that are taken move on.
 * @throws Error when no program is found, another living process uses the data, or it does not come up in a minute
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
  const { namespace, log } = given;
  const dataDir = resolve(given.dataDir);
  const cacheDir = given.cacheDir ?? join(dataDir, 'cache');
  const binary = await findBinary(temporalRecipe(), { cacheDir, path: programPath, log });
  const folder = join(dataDir, 'temporal');
  await mkdir(folder, { recursive: true });
  await endLeftover(folder, 'temporal', log);
  return startOnClaimedPorts(async () => {
    const port = await claimPort({ name: 'Temporal', wanted: given.port, log });
    const uiPort = await claimPort({ name: 'the Temporal UI', wanted: given.uiPort, taken: [port], log });
    const args = argumentsOf({ folder, port, uiPort, namespace });
    const program = { name: 'temporal', program: binary.path, niceness };
    const server = await startChild({ ...program, args, folder, log });
    const address = `127.0.0.1:${port}`;
    try {
      await server.ready(() => answers(address, namespace));
    } catch (error) {
      await server.stop();
      throw error;
    }
    const uiUrl = `http://127.0.0.1:${uiPort}`;
    return { address, uiUrl, pid: server.child.pid as number, stop: server.stop };
  });
}

/** Dynamic configuration by key, values as JSON. Source: measured; see docs/operations.md. */
export const dynamicConfig = {
  'history.transferProcessorMaxPollRPS': '1000',
  'history.timerProcessorMaxTimeShift': '"10ms"',
  'activity.enableStandalone': 'true',
  'history.enableStandaloneActivityOperatorCommands': 'true',
  'matching.enableFairness': 'true',
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

/** Whether runs can be started: the namespace is there, and so are the search attributes that they carry. */
async function answers(address: string, namespace: string): Promise<boolean> {
  const connection = await Connection.connect({ address, connectTimeout: 2_000 });
  try {
    await connection.workflowService.describeNamespace({ namespace });
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
    return Object.values(searchAttributes).every((name) => name in customAttributes);
  } finally {
    await connection.close();
  }
}
