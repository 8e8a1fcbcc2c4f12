/** `npm start`: the servers that are missing, the worker and the API in one process, and where to find them. */
import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { loadConfig, publicUrl } from '../config.ts';
import type { Config } from '../config.ts';
import { startEmbeddedServers } from '../embedded/servers.ts';
import { claimPort } from '../embedded/ports.ts';
import { createLogger } from '../log.ts';
import { demoReceiver } from './example.ts';
import { keepSecret } from './keep-secret.ts';
import { onStopRequest } from './stop-request.ts';

const readyMs = 60_000;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** What has been started, newest last; stopped from the end. */
type Started = (() => Promise<void>)[];

async function main(): Promise<void> {
  // A closed terminal must not keep the servers from being stopped in order.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  const started: Started = [];
  let isStopping = false;
  const stop = async (code: number) => {
    isStopping = true;
    for (const end of started.reverse())
      await end().catch((error: unknown) => say(`while stopping: ${why(error)}`));
    process.exit(code);
  };
  const stopped = onStopRequest(() => say('stopping … (once more to force)'));
  const onFailure = (error: Error) => {
    say(`a Worker stopped: ${error.message}`);
    void stop(1);
  };
  const starting = start(started, onFailure).catch((error: unknown) => {
    if (isStopping) return;
    say(why(error));
    void stop(1);
  });
  await stopped;
  // What is starting must be known before it can be stopped.
  await starting;
  await stop(0);
}

async function start(started: Started, onFailure: (error: Error) => void): Promise<void> {
  const servers = await startEmbeddedServers(await developmentConfig(loadConfig()), { log: say });
  started.push(servers.stop);
  const port = await claimPort({ name: 'the API', wanted: servers.config.PORT, log: say });
  const config: Config = { ...servers.config, PORT: port };
  const log = createLogger(config.LOG_LEVEL, 'hookloom');
  const [{ startWorker }, { startApi }, { createSignInLinks }, { Parts }] = await Promise.all([
    import('../processes/worker.ts'),
    import('../processes/api.ts'),
    import('../api/access/sign-in/sign-in-links.ts'),
    import('../processes/parts.ts'),
  ]);
  const parts = new Parts();
  const worker = await startWorker(config, log, parts);
  started.push(() => worker.stop());
  void worker.failed.then(onFailure);
  const signInLinks = createSignInLinks(Date.now);
  const api = await startApi(config, log, { signInLinks, parts });
  started.push(() => api.stop());
  await waitUntilReady(api.url);
  const signInToken = signInLinks.create(String(config.HOOKLOOM_BOOTSTRAP_KEY));
  await printAddresses(config, { apiUrl: api.url, uiUrl: servers.uiUrl, signInToken });
}

/** The settings, with what development may make up: keys, and a way to the demo's receiver. */
async function developmentConfig(config: Config): Promise<Config> {
  if (config.NODE_ENV === 'production')
    throw new Error(
      'NODE_ENV is production, and this start is for development: run the API and the worker by themselves (docs/operations.md)',
    );
  const dataDir = resolve(config.HOOKLOOM_DATA_DIR);
  return {
    ...config,
    HOOKLOOM_DATA_DIR: dataDir,
    HOOKLOOM_MASTER_KEY: config.HOOKLOOM_MASTER_KEY ?? (await keepSecret(dataDir, 'master-key', 'base64')),
    HOOKLOOM_BOOTSTRAP_KEY:
      config.HOOKLOOM_BOOTSTRAP_KEY ?? `hl_${await keepSecret(dataDir, 'bootstrap-key', 'base64url')}`,
    HOOKLOOM_EGRESS_ALLOW: [...config.HOOKLOOM_EGRESS_ALLOW, demoReceiver],
  };
}

async function waitUntilReady(apiUrl: string): Promise<void> {
  const deadline = Date.now() + readyMs;
  let last = 'no answer';
  while (Date.now() < deadline) {
    const response = await fetch(`${apiUrl}/readyz`).catch((error: unknown) => why(error));
    if (typeof response !== 'string' && response.ok) return;
    last = typeof response === 'string' ? response : await response.text();
    await delay(100);
  }
  throw new Error(`not ready after ${readyMs / 1000} s: ${last}`);
}

async function printAddresses(
  config: Config,
  { apiUrl, uiUrl, signInToken }: { apiUrl: string; uiUrl: string | undefined; signInToken: string },
): Promise<void> {
  const { seedExample } = await import('./seed.ts');
  const { lines } = await seedExample({
    dataDir: config.HOOKLOOM_DATA_DIR,
    apiUrl,
    apiKey: String(config.HOOKLOOM_BOOTSTRAP_KEY),
  });
  const url = publicUrl(config);
  say('');
  say('Hookloom is ready');
  // After the hash: what stands there is sent to no server and stands in no log.
  say(`Dashboard      ${url}/sign-in#${signInToken}`);
  say(`API            ${url}`);
  say(`API docs       ${url}/docs`);
  if (uiUrl) say(`Temporal UI    ${uiUrl}`);
  for (const line of lines) say(line);
}

function why(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

void main();
