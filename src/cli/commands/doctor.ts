/** `doctor`: what most often goes wrong, each finding with its cure. */
import { access, constants } from 'node:fs/promises';
import { createServer } from 'node:net';
import { createClient } from '../../client/index.ts';
import type { Config } from '../../config.ts';
import { findTarget } from '../contexts.ts';
import type { Target } from '../contexts.ts';
import { CliError } from '../exit.ts';
import { paint, print, printJson } from '../output.ts';
import type { CommonOptions } from '../session.ts';

interface Finding {
  check: string;
  level: 'ok' | 'warning' | 'error';
  found: string;
  cure?: string;
}

/** Looks at what most often goes wrong; fails when something is an error. */
export async function doctor(options: CommonOptions, version: string): Promise<void> {
  const target = await findTarget(options);
  const { config, findings: settings } = await readSettings();
  const server = await lookAtServer(target, version);
  const findings = [
    nodeVersion(),
    ...settings,
    ...(config ? [...keys(config), egress(config), await dataFolder(config)] : []),
    ...server.findings,
    ...(config && !server.answers ? await ports(config) : []),
  ];
  for (const finding of findings) {
    if (options.json) printJson(finding);
    else show(finding);
  }
  const errors = findings.filter(({ level }) => level === 'error').length;
  if (errors === 0) return;
  const problem = { code: 'unhealthy', errors };
  throw new CliError(`${errors === 1 ? 'One thing is' : `${errors} things are`} to be mended; see above.`, {
    problem,
  });
}

function show({ check, level, found, cure }: Finding): void {
  const colors = { ok: 'green', warning: 'yellow', error: 'red' } as const;
  print(`${paint(colors[level], level.padEnd(7))}  ${check.padEnd(9)}  ${found}`);
  if (cure) print(`${' '.repeat(20)}→ ${cure}`);
}

/** Whether a version such as `1.31.2` is at least another. */
function isAtLeast(version: string, least: string): boolean {
  const [have, need] = [version, least].map((text) => text.split('.').map(Number));
  const [major = 0, minor = 0] = have ?? [];
  const [leastMajor = 0, leastMinor = 0] = need ?? [];
  return major > leastMajor || (major === leastMajor && minor >= leastMinor);
}

function nodeVersion(): Finding {
  const { node } = process.versions;
  const found = `Node.js ${node}`;
  if (isAtLeast(node, '20.19')) return { check: 'node', level: 'ok', found };
  return { check: 'node', level: 'error', found, cure: 'install Node.js 20.19 or newer' };
}

async function readSettings(): Promise<{ config?: Config; findings: Finding[] }> {
  const { loadConfig } = await import('../../config.ts');
  try {
    const config = loadConfig();
    const { NODE_ENV: mode, MONGODB_URL, TEMPORAL_ADDRESS } = config;
    const given = (url: string | undefined, name: string) =>
      `${name} ${url === undefined ? 'embedded' : 'of yours'}`;
    const found = `${mode}; ${given(MONGODB_URL, 'MongoDB')}, ${given(TEMPORAL_ADDRESS, 'Temporal')}`;
    return { config, findings: [{ check: 'settings', level: 'ok', found }] };
  } catch (error) {
    const found = (error as Error).message.replaceAll(/\s+/g, ' ');
    const cure = 'mend the setting; docs/operations.md lists all';
    return { findings: [{ check: 'settings', level: 'error', found, cure }] };
  }
}

function keys({ HOOKLOOM_MASTER_KEY: key, MONGODB_URL, NODE_ENV }: Config): Finding[] {
  if (key !== undefined) return [{ check: 'keys', level: 'ok', found: 'HOOKLOOM_MASTER_KEY is set' }];
  // `start` makes and keeps one of its own.
  if (MONGODB_URL === undefined && NODE_ENV !== 'production') return [];
  const found = 'HOOKLOOM_MASTER_KEY is not set here';
  const cure = 'where API and worker run, set it to what `openssl rand -base64 32` prints, the same for all';
  return [{ check: 'keys', level: NODE_ENV === 'production' ? 'error' : 'warning', found, cure }];
}

/** A range so wide that it takes in whole networks. */
const wideRange = /\/(?:[0-9]|1[0-5])$/;

function egress({ HOOKLOOM_EGRESS_ALLOW: allowed }: Config): Finding {
  const wide = allowed.filter((range) => wideRange.test(range));
  if (wide.length === 0) {
    const found =
      allowed.length === 0 ? 'public addresses alone' : `public addresses, and ${allowed.join(', ')}`;
    return { check: 'egress', level: 'ok', found };
  }
  const cure = 'name the hosts and ports that workflows need in HOOKLOOM_EGRESS_ALLOW, not their networks';
  return { check: 'egress', level: 'warning', found: `workflows may reach all of ${wide.join(', ')}`, cure };
}

async function dataFolder({ HOOKLOOM_DATA_DIR: folder }: Config): Promise<Finding> {
  const isWritable = await access(folder, constants.W_OK).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code === 'ENOENT',
  );
  if (isWritable) return { check: 'data', level: 'ok', found: folder };
  const cure = 'let this user write there, or name another folder in HOOKLOOM_DATA_DIR';
  return { check: 'data', level: 'error', found: `${folder} cannot be written`, cure };
}

/** Ports that `start` would take. */
async function ports(config: Config): Promise<Finding[]> {
  const wanted = [
    ['PORT', config.PORT, true],
    ['EMBEDDED_TEMPORAL_PORT', config.EMBEDDED_TEMPORAL_PORT, config.TEMPORAL_ADDRESS === undefined],
    ['EMBEDDED_MONGODB_PORT', config.EMBEDDED_MONGODB_PORT, config.MONGODB_URL === undefined],
  ] as const;
  const taken: string[] = [];
  for (const [name, port, isNeeded] of wanted)
    if (isNeeded && !(await isFree(port))) taken.push(`${port} (${name})`);
  if (taken.length === 0) return [{ check: 'ports', level: 'ok', found: 'free for `hookloom start`' }];
  const cure = '`hookloom start` takes the next free ones; to keep these, end what has them';
  return [{ check: 'ports', level: 'warning', found: `taken: ${taken.join(', ')}`, cure }];
}

function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** Least versions that a server needs. Source: docs/operations.md. */
const least: Readonly<Record<string, { version: string; why: string }>> = {
  temporal: { version: '1.31', why: 'standalone Activities, which deliver hooks' },
  mongodb: { version: '6.0', why: 'transactions and change streams of a replica set' },
};
const skewMs = 30_000;

interface Readiness {
  dependencies?: Record<string, string>;
  versions?: Record<string, string | null>;
}

async function lookAtServer(
  { url, apiKey }: Target,
  version: string,
): Promise<{ answers: boolean; findings: Finding[] }> {
  const sent = Date.now();
  const response = await fetch(new URL('/readyz', url)).catch(() => undefined);
  if (!response) {
    const cure =
      'start it with `hookloom start`, or name another with --url, HOOKLOOM_URL or `hookloom context use`';
    const finding: Finding = { check: 'server', level: 'error', found: `nothing answers at ${url}`, cure };
    return { answers: false, findings: [finding] };
  }
  const { dependencies, versions = {} } = (await response.json().catch(() => ({}))) as Readiness;
  if (!dependencies) {
    const cure = 'name the address of Hookloom’s API with --url or HOOKLOOM_URL';
    const finding: Finding = { check: 'server', level: 'error', found: `${url} is no Hookloom`, cure };
    return { answers: true, findings: [finding] };
  }
  const states = Object.entries(dependencies).map(([name, state]) =>
    dependency(name, state, versions[name] ?? undefined),
  );
  const findings = [
    own(url, versions['hookloom'] ?? undefined, version),
    ...states,
    ...clock(response.headers.get('date'), sent),
    await accepted(url, apiKey),
  ];
  return { answers: true, findings };
}

function own(url: string, theirs: string | undefined, ours: string): Finding {
  const found = `answers at ${url}${theirs === undefined ? '' : `, version ${theirs}`}`;
  if (theirs === undefined || theirs === ours) return { check: 'server', level: 'ok', found };
  const cure = `this command line is ${ours}; use the same version, as \`npx hookloom@${theirs}\``;
  return { check: 'server', level: 'warning', found, cure };
}

function dependency(check: string, state: string, version: string | undefined): Finding {
  const found = version === undefined ? state : `${state}, version ${version}`;
  if (state !== 'up') {
    const what =
      check === 'workers'
        ? 'a worker runs: `npm run worker`, or `hookloom start`'
        : `${check} runs and the API can reach it`;
    return { check, level: 'error', found, cure: `see that ${what}` };
  }
  const needed = least[check];
  if (!needed || version === undefined || isAtLeast(version, needed.version))
    return { check, level: 'ok', found };
  const cure = `bring it to ${needed.version} or newer: it lacks ${needed.why}`;
  return { check, level: 'error', found, cure };
}

function clock(date: string | null, sent: number): Finding[] {
  if (date === null) return [];
  const differenceMs = Date.parse(date) - (sent + Date.now()) / 2;
  const seconds = Math.abs(Math.round(differenceMs / 1_000));
  if (Math.abs(differenceMs) < skewMs) return [{ check: 'clock', level: 'ok', found: 'like the server’s' }];
  const cure = 'set the clocks by NTP: signatures are judged by time';
  const found = `the server’s is ${seconds} s ${differenceMs > 0 ? 'ahead' : 'behind'}`;
  return [{ check: 'clock', level: 'warning', found, cure }];
}

async function accepted(url: string, apiKey: string | undefined): Promise<Finding> {
  const cure = 'log in with `hookloom login`, or set HOOKLOOM_API_KEY';
  if (apiKey === undefined) return { check: 'key', level: 'error', found: 'no API key is known', cure };
  const ask = createClient({ baseUrl: url, apiKey }).get('/v1/runs', { params: { query: { limit: 1 } } });
  return ask.then(
    (): Finding => ({ check: 'key', level: 'ok', found: 'the server takes it' }),
    (error: unknown): Finding => ({ check: 'key', level: 'error', found: (error as Error).message, cure }),
  );
}
