/** `login`, `context`, `start`: the servers that the command line talks to. */
import { createInterface } from 'node:readline/promises';
import { createClient } from '../../client/index.ts';
import { readContexts, writeContexts } from '../contexts.ts';
import { environment, setLogLevel } from '../environment.ts';
import { CliError } from '../exit.ts';
import { note, printJson, printTable } from '../output.ts';
import type { CommonOptions } from '../session.ts';

/** Starts the product in this process, with its data in this folder. */
export async function start(): Promise<void> {
  if (environment.logLevel === undefined) setLogLevel('warn');
  if (environment.isFromNpm) (await import('../../dev/stop-request.ts')).stopWithParent();
  await import('../../dev/start.ts');
}

/** Keeps a server under a name and uses it from now on. */
export async function login(name: string, options: CommonOptions): Promise<void> {
  const { url = 'http://localhost:3000' } = options;
  const apiKey = options.apiKey ?? environment.apiKey ?? (await askKey());
  // A key that cannot even read is not kept.
  await createClient({ baseUrl: url, apiKey }).get('/v1/runs', { params: { query: { limit: 1 } } });
  const { contexts } = await readContexts();
  await writeContexts({
    current: name,
    contexts: { ...contexts, [name]: { ...contexts[name], url, apiKey } },
  });
  note(`logged in to ${url} as context ${name}`);
}

async function askKey(): Promise<string> {
  if (!process.stdin.isTTY)
    throw new CliError('Expected the key in --api-key or HOOKLOOM_API_KEY.', { exitCode: 2 });
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const key = await terminal.question('API key (hl_…): ');
  terminal.close();
  return key.trim();
}

/** Lists the known servers. */
export async function listContexts(options: CommonOptions): Promise<void> {
  const { current, contexts } = await readContexts();
  const rows = Object.entries(contexts).map(([name, { url }]) => ({ name, url, current: name === current }));
  if (options.json) return rows.forEach(printJson);
  printTable(
    ['', 'CONTEXT', 'URL'],
    rows.map((row) => [row.current ? '*' : '', row.name, row.url]),
  );
}

/** Uses another of the known servers from now on. */
export async function useContext(name: string): Promise<void> {
  const { contexts } = await readContexts();
  if (!contexts[name]) throw new CliError(`No context is called ${name}; \`hookloom context\` lists them.`);
  await writeContexts({ current: name, contexts });
}

/** Forgets a server and its key. */
export async function removeContext(name: string): Promise<void> {
  const { current, contexts } = await readContexts();
  const { [name]: _, ...others } = contexts;
  await writeContexts({ current: current === name ? null : current, contexts: others });
}
