import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { MongoClient } from 'mongodb';
import type { Db } from 'mongodb';
import { programPath } from '../config.ts';
import { startChild } from './child-server.ts';
import { findBinary } from './find-binary.ts';
import { endLeftover } from './leftover.ts';
import { mongodRecipe } from './mongod-binary.ts';
import { claimPort, startOnClaimedPorts } from './ports.ts';

/** A running embedded MongoDB. */
export interface EmbeddedMongo {
  url: string;
  /** Process id, for tests that stop it. */
  pid: number;
  stop(): Promise<void>;
}

const replicaSet = 'hookloom';

/** Without bounds, the cache takes half of somebody's memory and the oplog a twentieth of the disk. */
const flags = [
  ...['--bind_ip', '127.0.0.1', '--nounixsocket', '--replSet', replicaSet],
  ...['--wiredTigerCacheSizeGB', '1', '--oplogSize', '1024'],
  // There is nobody to hand over to: the end need not wait for it.
  ...['--setParameter', 'shutdownTimeoutMillisForSignaledShutdown=100'],
  // What a killed process leaves open holds its keys; none of ours takes longer than five seconds. See docs/operations.md.
  ...['--setParameter', 'transactionLifetimeLimitSeconds=10'],
];

/**
 * Starts a MongoDB of this machine as a replica set of one, with its data in `dataDir`. A taken port moves on.
 * @throws Error when no program is found, another living process uses the data, or it has no primary in a minute
 */
export async function startEmbeddedMongo(given: {
  dataDir: string;
  port: number;
  /** Folder of the programs; default `<dataDir>/cache`. */
  cacheDir?: string;
  log: (line: string) => void;
}): Promise<EmbeddedMongo> {
  const { log } = given;
  const dataDir = resolve(given.dataDir);
  const cacheDir = given.cacheDir ?? join(dataDir, 'cache');
  const binary = await findBinary(mongodRecipe(), { cacheDir, path: programPath, log });
  const folder = join(dataDir, 'mongodb');
  const data = join(folder, 'data');
  await mkdir(data, { recursive: true });
  await endLeftover(folder, 'mongod', log);
  return startOnClaimedPorts(async () => {
    const port = await claimPort({ name: 'MongoDB', wanted: given.port, log });
    const args = ['--dbpath', data, '--port', String(port), ...flags];
    const server = await startChild({ name: 'mongod', program: binary.path, args, folder, log });
    const host = `127.0.0.1:${port}`;
    try {
      await server.ready(() => isPrimary(host));
    } catch (error) {
      await server.stop();
      throw error;
    }
    return {
      url: `mongodb://${host}/?replicaSet=${replicaSet}`,
      pid: server.child.pid as number,
      stop: server.stop,
    };
  });
}

/** Whether the server is primary. Makes its set on the first start; later, tells it the port it has now. */
async function isPrimary(host: string): Promise<boolean> {
  // A client whose first connection failed stays closed: every try needs its own.
  const client = await MongoClient.connect(`mongodb://${host}/?directConnection=true`, {
    serverSelectionTimeoutMS: 1_000,
  });
  try {
    const admin = client.db('admin');
    const hello = await admin.command({ hello: 1 });
    if (hello['isWritablePrimary'] !== true) await configure(admin, host);
    return hello['isWritablePrimary'] === true;
  } finally {
    await client.close();
  }
}

async function configure(admin: Db, host: string): Promise<void> {
  const notYetInitialized = 94;
  const known = await admin.command({ replSetGetConfig: 1 }).catch((error: { code?: number }) => {
    if (error.code === notYetInitialized) return undefined;
    throw error;
  });
  if (known === undefined) {
    await admin.command({ replSetInitiate: { _id: replicaSet, version: 1, members: [{ _id: 0, host }] } });
    return;
  }
  const { config } = known;
  const [member] = config.members;
  if (member.host === host) return;
  const moved = { ...config, version: config.version + 1, members: [{ ...member, host }] };
  await admin.command({ replSetReconfig: moved, force: true });
}
