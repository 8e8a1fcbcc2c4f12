import { randomBytes } from 'node:crypto';

/** One-time tokens that are exchanged for an API key: how development signs its dashboard in. */
export interface SignInLinks {
  /** Makes a token for a key; it is good once, for an hour. */
  create(apiKey: string): string;
  /** Returns the key of a token and forgets it; `undefined` for every token that is of no use, all alike. */
  redeem(token: string): string | undefined;
}

const validMs = 60 * 60 * 1000;

/** Creates the links of one process: tokens are kept in memory only. `now`: milliseconds since the epoch. */
export function createSignInLinks(now: () => number): SignInLinks {
  const open = new Map<string, { apiKey: string; expiresAtMs: number }>();
  return {
    create(apiKey) {
      const token = randomBytes(24).toString('base64url');
      open.set(token, { apiKey, expiresAtMs: now() + validMs });
      return token;
    },
    redeem(token) {
      const found = open.get(token);
      open.delete(token);
      return found && found.expiresAtMs > now() ? found.apiKey : undefined;
    },
  };
}
