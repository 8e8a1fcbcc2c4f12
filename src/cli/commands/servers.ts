/** `login`, `context`, `doctor`, `start`: the servers that the command line talks to. */
import { createInterface } from 'node:readline/promises';
import { createClient } from '../../client/index.ts';
import { findTarget, readContexts, writeContexts } from '../contexts.ts';
import type { Target } from '../contexts.ts';
import { environment, setLogLevel } from '../environment.ts';
import { CliError } from '../exit.ts';
import { note, paint, print, printJson, printTable } from '../output.ts';
import type { CommonOptions } from '../session.ts';

/** Starts the product in this process, with its data in this folder. */
export async function start(): Promise<void> {
  if (environment.logLevel === undefined) setLogLevel('warn');
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

interface Finding {
  check: string;
  level: 'ok' | 'warning' | 'error';
  found: string;
  cure?: string;
}

/** Looks at what most often goes wrong; fails when something is an error. */
export async function doctor(options: CommonOptions): Promise<void> {
  const target = await findTarget(options);
  const findings = [nodeVersion(), ...(await settingsOf()), ...(await serverOf(target))];
  for (const finding of findings) {
    if (options.json) printJson(finding);
    else show(finding);
  }
  if (findings.some(({ level }) => level === 'error'))
    throw new CliError('Something is to be mended; see above.');
}

function show({ check, level, found, cure }: Finding): void {
  const colors = { ok: 'green', warning: 'yellow', error: 'red' } as const;
  print(`${paint(colors[level], level.padEnd(7))}  ${check.padEnd(10)}  ${found}`);
  if (cure) print(`         ${' '.repeat(10)}  ${cure}`);
}

function nodeVersion(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const isEnough = major > 20 || (major === 20 && minor >= 19);
  const found = `Node.js ${process.versions.node}`;
  return isEnough
    ? { check: 'node', level: 'ok', found }
    : { check: 'node', level: 'error', found, cure: 'install Node.js 20.19 or newer' };
}

async function settingsOf(): Promise<Finding[]> {
  const { loadConfig } = await import('../../config.ts');
  try {
    const config = loadConfig();
    const found = `as ${config.NODE_ENV}, data in ${config.HOOKLOOM_DATA_DIR}`;
    const keyed: Finding[] =
      config.HOOKLOOM_MASTER_KEY === undefined && config.MONGODB_URL !== undefined
        ? [
            {
              check: 'keys',
              level: 'warning',
              found: 'HOOKLOOM_MASTER_KEY is not set here',
              cure: 'set the base64 of 32 random bytes where the API and the worker run',
            },
          ]
        : [];
    return [{ check: 'settings', level: 'ok', found }, ...keyed];
  } catch (error) {
    const found = (error as Error).message.replaceAll(/\s+/g, ' ');
    return [
      { check: 'settings', level: 'error', found, cure: 'mend the setting; docs/operations.md has all' },
    ];
  }
}

const skewMs = 30_000;

async function serverOf({ url, apiKey }: Target): Promise<Finding[]> {
  const sent = Date.now();
  const response = await fetch(new URL('/readyz', url)).catch(() => undefined);
  if (!response) {
    const cure = 'start it with `hookloom start`, or name another with --url or HOOKLOOM_URL';
    return [{ check: 'server', level: 'error', found: `nothing answers at ${url}`, cure }];
  }
  const { dependencies = {} } = (await response.json().catch(() => ({}))) as {
    dependencies?: Record<string, unknown>;
  };
  return [
    { check: 'server', level: 'ok', found: `answers at ${url}` },
    ...Object.entries(dependencies).map(([name, state]) => dependency(name, state)),
    ...clock(response.headers.get('date'), sent),
    await key(url, apiKey),
  ];
}

function dependency(check: string, told: unknown): Finding {
  const state = typeof told === 'string' ? told : JSON.stringify(told);
  return /"?up"?/.test(state) && !/down/.test(state)
    ? { check, level: 'ok', found: state }
    : {
        check,
        level: 'error',
        found: state,
        cure: `see whether ${check} runs and can be reached by the API`,
      };
}

function clock(date: string | null, sent: number): Finding[] {
  if (date === null) return [];
  const differenceMs = Date.parse(date) - (sent + Date.now()) / 2;
  const seconds = Math.round(differenceMs / 1_000);
  if (Math.abs(differenceMs) < skewMs) return [{ check: 'clock', level: 'ok', found: 'like the server’s' }];
  const cure = 'set the clocks by NTP: signatures and streams go by time';
  return [{ check: 'clock', level: 'warning', found: `the server’s is ${seconds} s ahead`, cure }];
}

async function key(url: string, apiKey: string | undefined): Promise<Finding> {
  const cure = 'log in with `hookloom login`, or set HOOKLOOM_API_KEY';
  if (apiKey === undefined) return { check: 'key', level: 'error', found: 'no API key is known', cure };
  const ask = createClient({ baseUrl: url, apiKey }).get('/v1/runs', { params: { query: { limit: 1 } } });
  return ask.then(
    (): Finding => ({ check: 'key', level: 'ok', found: 'is taken' }),
    (error: unknown): Finding => ({ check: 'key', level: 'error', found: (error as Error).message, cure }),
  );
}
