/** Runs the product from its tarball as a newcomer does: `npx`, an empty folder, an empty home; then stops it and looks. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fail } from './packages.mjs';

const readyMs = 300_000;
const stopMs = 60_000;

/** What a machine behind a proxy needs to fetch packages and servers; nothing else of this shell goes along. */
const ofTheNetwork = /_proxy$|^NODE_EXTRA_CA_CERTS$|^SSL_CERT|^PIP_|^npm_config_registry$/i;

const workflow = {
  name: 'Checked',
  definition: {
    nodes: {
      root: { type: 'webhook', children: ['note'] },
      note: { type: 'log', payload: { message: 'came: {{$trigger.body.order}}' } },
    },
  },
};

/** `folder` is made empty by the caller, who removes it; ends the process when something is not as it must be. */
export async function runPackage({ tarball, folder, version }) {
  const [home, place] = ['home', 'place'].map((name) => join(folder, name));
  for (const path of [home, place]) mkdirSync(path);
  const port = await freePort();
  const env = {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => ofTheNetwork.test(name))),
    PATH: process.env.PATH,
    HOME: home,
    PORT: String(port),
    EMBEDDED_TEMPORAL_PORT: '0',
    EMBEDDED_TEMPORAL_UI_PORT: '0',
    EMBEDDED_MONGODB_PORT: '0',
  };
  // An absolute path alone means a program to npx.
  const npx = ['--yes', `file:${tarball}`];
  const product = spawn('npx', [...npx, 'start'], {
    cwd: place,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let told = '';
  const closed = once(product, 'close');
  const ready = new Promise((resolve) => {
    for (const stream of [product.stdout, product.stderr])
      stream.on('data', (chunk) => {
        told += chunk;
        if (/\nHookloom is ready\n[^]*\n.*--watch/.test(told)) resolve(true);
      });
  });
  const expect = (what, isSo, more = '') => {
    console.log(`${isSo ? 'ok    ' : 'FAILED'} ${what}`);
    if (isSo) return;
    for (const { pid } of leftIn(folder)) process.kill(pid, 'SIGKILL');
    fail(`${more}\nThe product said:\n${told}`);
  };
  const isReady = await Promise.race([
    ready,
    closed.then(() => false),
    delay(readyMs, false, { ref: false }),
  ]);
  expect('npx <tarball> start, in an empty folder with an empty home', isReady);
  await useIt({ url: `http://localhost:${port}`, version, npx, place, env, told: () => told, expect });
  // npx alone, as a supervisor would: it does not pass the signal on.
  process.kill(product.pid, 'SIGTERM');
  const isClosed = await Promise.race([closed.then(() => true), delay(stopMs, false, { ref: false })]);
  const left = leftIn(folder);
  expect(
    'it stops with npx, and leaves nothing running',
    isClosed && left.length === 0,
    JSON.stringify(left),
  );
}

async function useIt({ url, version, npx, place, env, told, expect }) {
  const page = await fetch(url).then((answer) => answer.text());
  expect('the dashboard is served', page.includes('<script'), page);
  const [, token = ''] = /Dashboard\s+http\S+\/sign-in#(\S+)/.exec(told()) ?? [];
  const signIn = await post(`${url}/v1/sign-in`, { token });
  expect('the sign-in link gives a key', /^hl_/.test(signIn.body.apiKey), JSON.stringify(signIn));

  const cli = (...args) => spawnSync('npx', [...npx, ...args], { cwd: place, env, encoding: 'utf8' });
  const { stdout: answered } = cli('--version');
  expect('hookloom --version', answered.trim() === version, answered);
  writeFileSync(join(place, 'checked.json'), JSON.stringify(workflow));
  const deployed = cli('deploy', 'checked.json', '--publish');
  const [, webhook = ''] = /webhook\s+(http\S+)/.exec(deployed.stdout) ?? [];
  expect('hookloom deploy', deployed.status === 0 && webhook !== '', deployed.stdout + deployed.stderr);
  const accepted = await post(webhook, { order: 'o-1' });
  expect('its webhook starts a run', accepted.status === 202, JSON.stringify(accepted));
  const watched = cli('watch', accepted.body.runIds[0]);
  const isOver = watched.status === 0 && watched.stdout.includes('success');
  expect('hookloom watch, to the end of the run', isOver, watched.stdout + watched.stderr);
}

async function post(url, body) {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  return { status: answer.status, body: await answer.json().catch(() => ({})) };
}

/** Processes whose command names the folder: the servers have their data there, the product its files. */
function leftIn(folder) {
  const { stdout } = spawnSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' });
  return stdout
    .split('\n')
    .filter((line) => line.includes(`${folder}/`) && !line.includes('ps -eo'))
    .map((line) => ({ pid: Number.parseInt(line, 10), args: line.trim().slice(0, 120) }));
}

async function freePort() {
  const server = createServer().listen(0);
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
