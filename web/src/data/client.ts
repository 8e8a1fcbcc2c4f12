import { createClient } from '../../../src/client/index.ts';
import type { HookloomClient } from '../../../src/client/index.ts';
import { keepKey, readKey } from '../session/session.ts';
import { watchedFetch } from './connection.ts';

let current: { key: string | null; client: HookloomClient } | undefined;

/** The client of who is signed in. */
export function api(): HookloomClient {
  const key = readKey();
  if (current?.key !== key) current = { key, client: clientFor(key) };
  return (current as { client: HookloomClient }).client;
}

/** Creates a client for a key, such as one that is about to sign in. */
export function clientFor(key: string | null): HookloomClient {
  return createClient({
    baseUrl: location.origin,
    apiKey: key ?? undefined,
    fetch: async (request) => {
      const response = await watchedFetch(request);
      // The key was revoked or has expired: nothing that is shown may be trusted any more.
      if (response.status === 401 && key !== null && key === readKey()) keepKey(null);
      return response;
    },
  });
}
