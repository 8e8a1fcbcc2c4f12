import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { Client, Connection, defaultGrpcRetryOptions, makeGrpcRetryInterceptor } from '@temporalio/client';
import type { TLSConfig } from '@temporalio/client';

/** Where and how Temporal is reached. */
export interface TemporalTarget {
  address: string;
  namespace: string;
  apiKey?: string | undefined;
  tls?: { ca?: string | undefined; cert?: string | undefined; key?: string | undefined } | undefined;
}

/** Connection options both the client and the Worker take; reads the certificate files. */
export async function connectionOptions(
  target: TemporalTarget,
): Promise<{ address: string; apiKey?: string; tls?: TLSConfig | true }> {
  const { address, apiKey } = target;
  const tls = await readTls(target.tls);
  return { address, ...(apiKey ? { apiKey } : {}), ...(tls ? { tls } : apiKey ? { tls: true } : {}) };
}

async function readTls(files: TemporalTarget['tls']): Promise<TLSConfig | undefined> {
  if (!files || (!files.ca && !files.cert)) return undefined;
  const [ca, cert, key] = await Promise.all(
    [files.ca, files.cert, files.key].map((file) => (file ? readFile(file) : undefined)),
  );
  return {
    ...(ca ? { serverRootCACertificate: ca } : {}),
    ...(cert && key ? { clientCertPair: { crt: cert, key } } : {}),
  };
}

/** The retries of each client's calls. */
const retriesOf = new WeakMap<Client, ReturnType<typeof createRetries>>();

/** Creates a client that connects when it is first used: Hookloom takes webhooks also while Temporal is away. */
export async function createTemporalClient(target: TemporalTarget): Promise<Client> {
  const retries = createRetries();
  const options = await connectionOptions(target);
  const connection = Connection.lazy({ ...options, interceptors: [retries.interceptor] });
  const client = new Client({ connection, namespace: target.namespace });
  retriesOf.set(client, retries);
  return client;
}

/** Closes a client when no retry of its calls is to come any more: on a closed connection it would throw out of any promise. */
export async function closeTemporalClient(client: Client): Promise<void> {
  await retriesOf.get(client)?.end();
  await client.connection.close();
}

/** The SDK's own retries, which can be ended. */
function createRetries() {
  const { retryableDecider, delayFunction } = defaultGrpcRetryOptions();
  let isEnding = false;
  let lastAt = 0;
  return {
    interceptor: makeGrpcRetryInterceptor({
      retryableDecider: (attempt, status) => !isEnding && retryableDecider(attempt, status),
      delayFunction(attempt, status) {
        const delayMs = delayFunction(attempt, status);
        lastAt = Math.max(lastAt, performance.now() + delayMs);
        return delayMs;
      },
    }),
    /** Begins no retry any more. Resolves when those that wait have gone: after five seconds at most. */
    async end(): Promise<void> {
      isEnding = true;
      const leftMs = lastAt - performance.now();
      // Timers are exact to a millisecond, and the retry's was set first.
      if (leftMs > 0) await delay(leftMs + 2);
    },
  };
}
