import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { startChild } from './child-server.ts';
import { findBinary } from './find-binary.ts';
import { mongodRecipe } from './mongod-binary.ts';
import { claimPort } from './ports.ts';

/** A running embedded MongoDB. */
export interface EmbeddedMongo {
  url: string;
  /** Process id, for tests that stop it. */
  pid: number;
  stop(): Promise<void>;
}

const replicaSet = 'hookloom';
const readyMs = 60_000;

/**
 * Starts a MongoDB of this machine as a replica set of one, with its data in `dataDir`. A taken port moves on.
 * @throws Error when no program is found or it has no primary within a minute
 */
export async function startEmbeddedMongo(given: {
  dataDir: string;
  port: number;
  /** Folder of the programs; default `<dataDir>/cache`. */
  cacheDir?: string;
  log: (line: string) => void;
}): Promise<EmbeddedMongo> {
  const { dataDir, log } = given;
  const cacheDir = given.cacheDir ?? join(dataDir, 'cache');
  const { path: program } = await findBinary(mongodRecipe(), {
    cacheDir,
    path: process.env['PATH'] ?? '',
    log,
  });
  const folder = join(dataDir, 'mongodb');
  const data = join(folder, 'data');
  await mkdir(data, { recursive: true });
  const port = await claimPort({ name: 'MongoDB', wanted: given.port, log });
  const args = [
    '--dbpath',
    data,
    '--bind_ip',
    '127.0.0.1',
    '--port',
    String(port),
    '--replSet',
    replicaSet,
    '--wiredTigerCacheSizeGB',
    '1',
  ];
  const server = await startChild({ name: 'mongod', program, args, folder });
  const host = `127.0.0.1:${port}`;
  try {
    await ensurePrimary(host);
  } catch (cause) {
    await server.stop();
    throw new Error(`the embedded MongoDB did not come up; see ${join(folder, 'mongod.log')}`, { cause });
  }
  return {
    url: `mongodb://${host}/?replicaSet=${replicaSet}`,
    pid: server.child.pid ?? 0,
    stop: () => server.stop(),
  };
}

/** Makes the set on the first start; later, tells it the port it has now. Then waits for its primary. */
async function ensurePrimary(host: string): Promise<void> {
  const deadline = Date.now() + readyMs;
  const client = new MongoClient(`mongodb://${host}/?directConnection=true`, {
    serverSelectionTimeoutMS: readyMs,
  });
  try {
    const admin = (await client.connect()).db('admin');
    const config = { _id: replicaSet, version: 1, members: [{ _id: 0, host }] };
    const known = await admin.command({ replSetGetConfig: 1 }).catch(() => undefined);
    if (!known) await admin.command({ replSetInitiate: config });
    else if (known['config'].members[0].host !== host) {
      const version = Number(known['config'].version) + 1;
      await admin.command({
        replSetReconfig: { ...known['config'], version, members: [{ ...known['config'].members[0], host }] },
        force: true,
      });
    }
    while (!(await admin.command({ hello: 1 }))['isWritablePrimary']) {
      if (Date.now() > deadline) throw new Error('no primary');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  } finally {
    await client.close();
  }
}
