import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { startChild } from '../../src/embedded/child-server.ts';
import type { ChildServer } from '../../src/embedded/child-server.ts';
import { findBinary } from '../../src/embedded/find-binary.ts';
import { mongodRecipe } from '../../src/embedded/mongod-binary.ts';
import { eventually } from './eventually.ts';
import { freePort } from './free-port.ts';

/** One mongod of a set. */
export interface Member {
  host: string;
  /** Sends a signal, such as SIGKILL or SIGSTOP. */
  signal(name: NodeJS.Signals): void;
  /** Starts it again after it has ended, with the data it had. */
  restart(): Promise<void>;
}

/** A real replica set of three, which elects another primary within about a second. */
export interface ReplicaSet {
  url: string;
  members: Member[];
  /** The member that takes writes now. */
  primary(): Promise<Member>;
  /** Makes the primary step down; another takes over. */
  stepDown(): Promise<void>;
  stop(): Promise<void>;
}

const name = 'faults';

/** Starts a replica set in a folder of its own. */
export async function startReplicaSet(size = 3): Promise<ReplicaSet> {
  const dataDir = await mkdtemp(join(tmpdir(), 'hookloom-set-'));
  const cacheDir = join(process.cwd(), '.hookloom', 'cache');
  const binary = await findBinary(mongodRecipe(), {
    cacheDir,
    path: process.env['PATH'] ?? '',
    log: () => {},
  });
  const started = await Promise.all(
    Array.from({ length: size }, (_, index) => startMember(binary.path, join(dataDir, String(index)))),
  );
  const members = started.map(({ member }) => member);
  const hosts = members.map(({ host }) => host);
  await initiate(hosts);
  return {
    url: `mongodb://${hosts.join(',')}/?replicaSet=${name}`,
    members,
    primary: () => eventually(() => findPrimary(members), 60_000),
    async stepDown() {
      const primary = await eventually(() => findPrimary(members), 60_000);
      await direct(primary.host, (client) =>
        client.db('admin').command({ replSetStepDown: 10, secondaryCatchUpPeriodSecs: 5, force: true }),
      ).catch(() => undefined);
    },
    async stop() {
      await Promise.all(started.map(({ stop }) => stop()));
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function startMember(program: string, folder: string) {
  const port = await freePort();
  const host = `127.0.0.1:${port}`;
  const args = [
    ...['--dbpath', join(folder, 'data'), '--port', String(port), '--bind_ip', '127.0.0.1'],
    ...['--nounixsocket', '--replSet', name, '--wiredTigerCacheSizeGB', '0.25', '--oplogSize', '256'],
    ...['--setParameter', 'shutdownTimeoutMillisForSignaledShutdown=100'],
    ...['--setParameter', 'transactionLifetimeLimitSeconds=10'],
    // Fail points: a write that is held in its middle.
    ...['--setParameter', 'enableTestCommands=1'],
  ];
  await mkdir(join(folder, 'data'), { recursive: true });
  const start = async (): Promise<ChildServer> => {
    const server = await startChild({ name: 'mongod', program, args, folder, log: () => {} });
    await server.ready(() => direct(host, async () => true));
    return server;
  };
  let server = await start();
  const member: Member = {
    host,
    signal: (signal) => void server.child.kill(signal),
    async restart() {
      await server.stop();
      server = await start();
    },
  };
  const stop = async () => {
    server.child.kill('SIGCONT');
    await server.stop();
  };
  return { member, stop };
}

async function initiate(hosts: readonly string[]): Promise<void> {
  const config = {
    _id: name,
    members: hosts.map((host, _id) => ({ _id, host })),
    settings: { electionTimeoutMillis: 1_000, heartbeatIntervalMillis: 250, catchUpTimeoutMillis: 2_000 },
  };
  await direct(hosts[0] as string, (client) => client.db('admin').command({ replSetInitiate: config }));
}

async function findPrimary(members: readonly Member[]): Promise<Member> {
  for (const member of members) {
    const hello = await direct(member.host, (client) => client.db('admin').command({ hello: 1 })).catch(
      () => undefined,
    );
    if (hello?.['isWritablePrimary'] === true) return member;
  }
  throw new Error('no member is primary');
}

async function direct<Result>(host: string, use: (client: MongoClient) => Promise<Result>): Promise<Result> {
  const client = new MongoClient(`mongodb://${host}/?directConnection=true`, {
    serverSelectionTimeoutMS: 1_000,
    connectTimeoutMS: 1_000,
    socketTimeoutMS: 5_000,
  });
  try {
    await client.connect();
    return await use(client);
  } finally {
    await client.close();
  }
}
