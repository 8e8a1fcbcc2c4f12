import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Connection } from '@temporalio/client';
import { MongoClient } from 'mongodb';
import { loadConfig } from '../../src/config.ts';
import { startEmbeddedServers } from '../../src/embedded/servers.ts';
import type { EmbeddedServers } from '../../src/embedded/servers.ts';
import { searchAttributes } from '../../src/workflows/messages.ts';
import { eventually } from '../support/eventually.ts';
import { freePort } from '../support/free-port.ts';

const cacheDir = resolve('.hookloom/cache');
const anyPorts = {
  EMBEDDED_MONGODB_PORT: '0',
  EMBEDDED_TEMPORAL_PORT: '0',
  EMBEDDED_TEMPORAL_UI_PORT: '0',
};

describe('the embedded servers', () => {
  let dataDir: string;
  let lines: string[];
  let started: EmbeddedServers[];

  const start = async (
    env: Record<string, string> = {},
    log = (line: string): void => void lines.push(line),
  ): Promise<EmbeddedServers> => {
    const config = loadConfig({ ...anyPorts, HOOKLOOM_DATA_DIR: dataDir, ...env });
    const servers = await startEmbeddedServers(config, { cacheDir, log });
    started.push(servers);
    return servers;
  };

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'hookloom-embedded-'));
    lines = [];
    started = [];
  });

  afterEach(async () => {
    for (const servers of started) await servers.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('are a MongoDB with transactions and a Temporal with the search attributes, and say where they come from', async () => {
    const { config } = await start();
    await withMongo(config.MONGODB_URL, async (client) => {
      const pets = client.db('test').collection('pets');
      await client.withSession((session) =>
        session.withTransaction(async () => void (await pets.insertOne({ name: 'Ada' }, { session }))),
      );
      assert.equal(await pets.countDocuments(), 1);
    });
    const connection = await Connection.connect({ address: String(config.TEMPORAL_ADDRESS) });
    const known = await connection.operatorService.listSearchAttributes({ namespace: 'default' });
    await connection.close();
    for (const name of Object.values(searchAttributes)) assert.ok(name in known.customAttributes, name);
    for (const name of ['mongod', 'temporal'])
      assert.ok(
        lines.some((line) => new RegExp(`^${name} \\d+\\.\\d+.* (on|from|by) `).test(line)),
        lines.join('\n'),
      );
  });

  it('keep their data over a restart, also on other ports', async () => {
    const first = await start();
    await withMongo(first.config.MONGODB_URL, (client) => client.db('test').collection('pets').insertOne({}));
    await first.stop();
    const second = await start({ EMBEDDED_MONGODB_PORT: String(await freePort()) });
    assert.notEqual(second.config.MONGODB_URL, first.config.MONGODB_URL);
    await withMongo(second.config.MONGODB_URL, async (client) =>
      assert.equal(await client.db('test').collection('pets').countDocuments(), 1),
    );
  });

  it('move on from taken ports and say so', async () => {
    const others = await Promise.all([occupy(), occupy(), occupy()]);
    const [mongo, temporal, ui] = others.map(({ port }) => String(port)) as [string, string, string];
    const { config, uiUrl } = await start({
      EMBEDDED_MONGODB_PORT: mongo,
      EMBEDDED_TEMPORAL_PORT: temporal,
      EMBEDDED_TEMPORAL_UI_PORT: ui,
    });
    for (const other of others) other.close();
    assert.ok(!config.MONGODB_URL?.includes(`:${mongo}/`));
    assert.ok(!config.TEMPORAL_ADDRESS?.endsWith(`:${temporal}`));
    assert.ok(!uiUrl?.endsWith(`:${ui}`));
    for (const port of [mongo, temporal, ui])
      assert.ok(
        lines.some((line) => line.startsWith(`port ${port} is taken: `)),
        lines.join('\n'),
      );
  });

  it('start again on other ports when somebody takes theirs before they do', async () => {
    const [wanted, uiWanted] = await Promise.all([occupy(), occupy()]);
    const thieves: Server[] = [];
    const stolen: string[] = [];
    const steal = (line: string) => {
      lines.push(line);
      const [, port] = /(?:MongoDB|the Temporal UI) uses (\d+)/.exec(line) ?? [];
      if (!port || stolen.length === 2) return;
      stolen.push(port);
      thieves.push(createServer().listen(Number(port), '127.0.0.1'));
    };
    const ports = {
      EMBEDDED_MONGODB_PORT: String(wanted.port),
      EMBEDDED_TEMPORAL_UI_PORT: String(uiWanted.port),
    };
    const closeAll = () => [wanted, uiWanted, ...thieves].forEach((server) => server.close());
    const { uiUrl } = await start(ports, steal).finally(closeAll);
    assert.equal(stolen.length, 2, lines.join('\n'));
    assert.equal((await fetch(String(uiUrl))).status, 200);
    for (const port of stolen)
      assert.equal(lines.filter((line) => line.endsWith(` uses ${port}`)).length, 1, lines.join('\n'));
  });

  it('leave no process behind', async () => {
    const { stop } = await start();
    assert.notDeepEqual(await processesOn(dataDir), []);
    await stop();
    await eventually(async () => assert.deepEqual(await processesOn(dataDir), []));
  });

  it('are not started a second time on the same data', async () => {
    const first = await start();
    await assert.rejects(start(), /already runs on .* stop that one first/);
    await withMongo(first.config.MONGODB_URL, (client) => client.db('admin').command({ ping: 1 }));
  });

  it('end with a start that was killed, and the next start goes on with their data and ports', async () => {
    const ports = {
      EMBEDDED_MONGODB_PORT: String(await freePort()),
      EMBEDDED_TEMPORAL_PORT: String(await freePort()),
      EMBEDDED_TEMPORAL_UI_PORT: String(await freePort()),
    };
    const env = {
      ...process.env,
      ...ports,
      HOOKLOOM_DATA_DIR: dataDir,
      MONGODB_URL: '',
      TEMPORAL_ADDRESS: '',
    };
    const child = spawn(process.execPath, ['--import', 'tsx', 'src/dev/serve-tests.ts', '--keep-ports'], {
      env,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const [addresses] = (await once(child, 'message')) as [{ MONGODB_URL: string }];
    await withMongo(addresses.MONGODB_URL, (client) => client.db('test').collection('pets').insertOne({}));
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
    const { config } = await start(ports);
    assert.ok(config.MONGODB_URL?.includes(`:${ports.EMBEDDED_MONGODB_PORT}/`), lines.join('\n'));
    assert.ok(config.TEMPORAL_ADDRESS?.endsWith(`:${ports.EMBEDDED_TEMPORAL_PORT}`), lines.join('\n'));
    await withMongo(config.MONGODB_URL, async (client) =>
      assert.equal(await client.db('test').collection('pets').countDocuments(), 1),
    );
  });

  it('end by themselves when the process that started them is killed', async () => {
    const env = { ...process.env, HOOKLOOM_DATA_DIR: dataDir, MONGODB_URL: '', TEMPORAL_ADDRESS: '' };
    const child = spawn(process.execPath, ['--import', 'tsx', 'src/dev/serve-tests.ts'], {
      env,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    await once(child, 'message');
    assert.notDeepEqual(await processesOn(dataDir), []);
    child.kill('SIGKILL');
    await eventually(async () => assert.deepEqual(await processesOn(dataDir), []), 20_000);
  });

  it('are not started where the settings name some', async () => {
    const servers = await start({
      MONGODB_URL: 'mongodb://db.example',
      TEMPORAL_ADDRESS: 'temporal.example:7233',
    });
    assert.equal(servers.config.MONGODB_URL, 'mongodb://db.example');
    assert.equal(servers.config.TEMPORAL_ADDRESS, 'temporal.example:7233');
    assert.equal(servers.uiUrl, undefined);
    assert.deepEqual(await processesOn(dataDir), []);
  });
});

async function withMongo(
  url: string | undefined,
  use: (client: MongoClient) => Promise<unknown>,
): Promise<void> {
  const client = await MongoClient.connect(String(url), { serverSelectionTimeoutMS: 5_000 });
  try {
    await use(client);
  } finally {
    await client.close();
  }
}

/** A port that somebody else listens on. */
async function occupy(): Promise<{ port: number; close: () => void }> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, close: () => server.close() };
}

/** Command lines of the processes that were started on a folder. */
async function processesOn(folder: string): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(
    pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')),
  );
  return lines.filter((line) => line.includes(folder));
}
