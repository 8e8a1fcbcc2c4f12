import { readFile } from 'node:fs/promises';
import { Client, Connection } from '@temporalio/client';
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

/** A client that connects when it is first used: Hookloom takes webhooks also while Temporal is away. */
export async function createTemporalClient(target: TemporalTarget): Promise<Client> {
  const connection = Connection.lazy(await connectionOptions(target));
  return new Client({ connection, namespace: target.namespace });
}
