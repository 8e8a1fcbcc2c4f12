import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

const host = '127.0.0.1';
const mostTries = 100;
const mostStarts = 5;

/** Somebody took a server's port between its claim and its start. */
export class PortLostError extends Error {}

/** Starts a server that claims its ports; again, on the ports that are free then, when it loses one. At most five times. */
export async function startOnClaimedPorts<Server>(start: () => Promise<Server>): Promise<Server> {
  for (let starts = 1; ; starts += 1)
    try {
      return await start();
    } catch (error) {
      if (!(error instanceof PortLostError) || starts === mostStarts) throw error;
    }
}

/**
 * Returns the first free TCP port of the loopback address from `wanted` upwards that is not in `taken`; 0 asks for any.
 * @throws Error when a hundred ports in a row are taken
 */
export async function findFreePort(wanted: number, taken: readonly number[] = []): Promise<number> {
  for (let port = wanted; port < wanted + mostTries && port <= 65_535; port += wanted === 0 ? 0 : 1) {
    const free = taken.includes(port) ? undefined : await tryPort(port);
    if (free !== undefined) return free;
  }
  throw new Error(`no free port between ${wanted} and ${wanted + mostTries - 1} on ${host}`);
}

async function tryPort(port: number): Promise<number | undefined> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      // EACCES: a port below 1024 that only root may bind is as good as taken.
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(undefined);
      else reject(error);
    });
    server.listen({ port, host, exclusive: true }, () => {
      const { port: bound } = server.address() as AddressInfo;
      server.close(() => resolve(bound));
    });
  });
}

/** Like `findFreePort`, and says so when it is not the wanted one. */
export async function claimPort(given: {
  name: string;
  wanted: number;
  taken?: readonly number[];
  log: (line: string) => void;
}): Promise<number> {
  const port = await findFreePort(given.wanted, given.taken);
  if (given.wanted !== 0 && port !== given.wanted)
    given.log(`port ${given.wanted} is taken: ${given.name} uses ${port}`);
  return port;
}
