/** What every command gets: a client of the server that is meant, and how results are to be shown. */
import { createClient } from '../client/index.ts';
import type { HookloomClient } from '../client/index.ts';
import { findTarget } from './contexts.ts';
import type { Target, TargetOptions } from './contexts.ts';
import { lastSession } from './session-url.ts';

/** Options of every command. */
export interface CommonOptions extends TargetOptions {
  /** Print JSON instead of tables. */
  json?: boolean;
}

/** A command that talks to a server. */
export interface Session {
  client: HookloomClient;
  target: Target;
  isJson: boolean;
}

/** Opens a session. */
export async function openSession(options: CommonOptions, signal?: AbortSignal): Promise<Session> {
  const target = await findTarget(options);
  lastSession.url = target.url;
  const client = createClient({ baseUrl: target.url, apiKey: target.apiKey, signal });
  return { client, target, isJson: options.json === true };
}
