/** Named servers, with their keys, in the user's settings; the file is readable by its owner only. */
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { configDir, environment } from './environment.ts';
import { CliError } from './exit.ts';

/** A server that the command line knows. */
export interface Context {
  url: string;
  apiKey?: string | undefined;
  /** Signs what `listen` forwards. */
  listenSecret?: string;
}

/** All servers, and the one that is used. */
export interface Contexts {
  current: string | null;
  contexts: Record<string, Context>;
}

const file = (): string => join(configDir(), 'contexts.json');

/** Reads the known servers. */
export async function readContexts(): Promise<Contexts> {
  const text = await readFile(file(), 'utf8').catch(() => undefined);
  if (text === undefined) return { current: null, contexts: {} };
  try {
    return JSON.parse(text) as Contexts;
  } catch {
    throw new CliError(`${file()} is no JSON; mend it or delete it, then log in again.`);
  }
}

/** Writes a file that only its owner may read, whole or not at all. */
export async function writePrivate(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const next = `${path}.${process.pid}`;
  await writeFile(next, text, { mode: 0o600 });
  await chmod(next, 0o600);
  await rename(next, path);
}

/** Keeps the known servers. */
export function writeContexts(contexts: Contexts): Promise<void> {
  return writePrivate(file(), `${JSON.stringify(contexts, null, 2)}\n`);
}

/** What commands take to say which server they mean. */
export interface TargetOptions {
  url?: string;
  apiKey?: string;
  context?: string;
}

/** The server that a command talks to. */
export interface Target extends Context {
  /** Name of the context; `null` for one that is named by options, environment or folder. */
  name: string | null;
}

/** Finds the server: options, environment, the named or current context, what `hookloom start` left here, the default. */
export async function findTarget(options: TargetOptions): Promise<Target> {
  const known = await knownServer(options.context);
  // Who names a context means all of it.
  const surroundings = options.context === undefined ? environment : { url: undefined, apiKey: undefined };
  const apiKey = options.apiKey ?? surroundings.apiKey;
  const url = options.url ?? surroundings.url;
  if (url === undefined) return { ...known, ...(apiKey ? { apiKey } : {}) };
  // The key of one server is not shown to another.
  const own = new URL(url).origin === new URL(known.url).origin ? known : { name: null };
  return { ...own, url, ...(apiKey ? { apiKey } : {}) };
}

async function knownServer(wanted: string | undefined): Promise<Target> {
  const { current, contexts } = await readContexts();
  const name = wanted ?? current;
  const context = name === null ? undefined : contexts[name];
  if (wanted !== undefined && !context)
    throw new CliError(`No context is called ${wanted}; \`hookloom context\` lists them.`);
  if (context) return { ...context, name };
  return { ...((await readDevelopment()) ?? { url: 'http://localhost:3000' }), name: null };
}

async function readDevelopment(): Promise<Context | undefined> {
  const path = join(environment.dataDir, 'development.json');
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const { apiUrl, apiKey } = JSON.parse(text) as { apiUrl: string; apiKey: string };
  return { url: apiUrl, apiKey };
}
