import { resolve } from 'node:path';
import type { Config } from '../config.ts';
import { startEmbeddedMongo } from './mongodb.ts';
import { startEmbeddedTemporal } from './temporal.ts';

/** The servers that the settings leave to Hookloom. */
export interface EmbeddedServers {
  /** The settings, with the addresses of the servers that were started. */
  config: Config;
  /** Address of Temporal's UI; `undefined` when Temporal is not embedded. */
  uiUrl: string | undefined;
  /** Ends Temporal, then MongoDB. */
  stop(): Promise<void>;
}

/**
 * Starts MongoDB and Temporal, each unless the settings name one.
 * @throws Error when one does not start; the other is stopped then
 */
export async function startEmbeddedServers(
  config: Config,
  given: { cacheDir?: string; log: (line: string) => void },
): Promise<EmbeddedServers> {
  const shared = { dataDir: resolve(config.HOOKLOOM_DATA_DIR), ...given };
  const [mongo, temporal] = await Promise.allSettled([
    config.MONGODB_URL === undefined
      ? startEmbeddedMongo({ ...shared, port: config.EMBEDDED_MONGODB_PORT })
      : undefined,
    config.TEMPORAL_ADDRESS === undefined
      ? startEmbeddedTemporal({
          ...shared,
          port: config.EMBEDDED_TEMPORAL_PORT,
          uiPort: config.EMBEDDED_TEMPORAL_UI_PORT,
          namespace: config.TEMPORAL_NAMESPACE,
        })
      : undefined,
  ]);
  const stop = async () => {
    if (temporal.status === 'fulfilled') await temporal.value?.stop();
    if (mongo.status === 'fulfilled') await mongo.value?.stop();
  };
  if (mongo.status === 'rejected' || temporal.status === 'rejected') {
    await stop();
    throw mongo.status === 'rejected' ? mongo.reason : (temporal as PromiseRejectedResult).reason;
  }
  return {
    config: {
      ...config,
      ...(mongo.value && { MONGODB_URL: mongo.value.url }),
      ...(temporal.value && { TEMPORAL_ADDRESS: temporal.value.address }),
    },
    uiUrl: temporal.value?.uiUrl,
    stop,
  };
}
