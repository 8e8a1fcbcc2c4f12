/** The servers of `npm test`: on free ports unless `--keep-ports`, with programs from the checkout's own cache. */
import { resolve } from 'node:path';
import { loadConfig } from '../config.ts';
import { startEmbeddedServers } from '../embedded/servers.ts';

const anyPorts = { EMBEDDED_TEMPORAL_PORT: 0, EMBEDDED_TEMPORAL_UI_PORT: 0, EMBEDDED_MONGODB_PORT: 0 };

async function main(): Promise<void> {
  const isOver = new Promise<void>((end) => {
    process.once('disconnect', end);
    process.once('SIGTERM', end);
    // A Ctrl-C is for the tests: they end first and close the channel.
    process.on('SIGINT', () => {});
    process.on('SIGHUP', () => {});
  });
  const ports = process.argv.includes('--keep-ports') ? {} : anyPorts;
  const servers = await startEmbeddedServers(
    { ...loadConfig(), ...ports },
    { cacheDir: resolve('.hookloom/cache'), log: (line) => console.log(line) },
  );
  const { MONGODB_URL, TEMPORAL_ADDRESS } = servers.config;
  process.send?.({ MONGODB_URL, TEMPORAL_ADDRESS });
  await isOver;
  await servers.stop();
  process.exit(0);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
