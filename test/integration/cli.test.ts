import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { verifyHook } from '../../src/outbound/signing/verify-hook.ts';
import { eventually } from '../support/eventually.ts';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom } from '../support/hookloom.ts';

const main = resolve('dist/cli/main.js');
const flow = (name: string, node: object, root = 'webhook') => ({
  name,
  definition: { nodes: { root: { type: root, children: ['a'] }, a: node } },
});
const good = flow('good', { type: 'log', payload: { message: 'hello {{$trigger.body.name}}' } });
const bad = flow('bad', { type: 'fail', payload: { type: 'no_luck', message: 'no luck' } }, 'manual');

describe('the command line', function () {
  this.timeout(240_000);
  let hookloom: Hookloom;
  let folder: string;

  before(async () => {
    hookloom = await startHookloom();
    folder = await mkdtemp(join(tmpdir(), 'hookloom-cli-'));
    await writeFile(join(folder, 'good.json'), JSON.stringify(good));
    await writeFile(join(folder, 'bad.yaml'), JSON.stringify(bad));
  });
  after(async () => {
    await hookloom?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  function launch(args: string[], env: Record<string, string> = {}): ChildProcess {
    const own = { HOOKLOOM_URL: hookloom.url, HOOKLOOM_API_KEY: hookloom.key, XDG_CONFIG_HOME: folder };
    return spawn(process.execPath, [main, ...args], {
      cwd: folder,
      env: { PATH: process.env['PATH'], HOME: folder, ...own, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  async function cli(args: string[], env: Record<string, string> = {}) {
    const child = launch(args, env);
    const [out, err, [code]] = await Promise.all([
      buffer(child.stdout!),
      buffer(child.stderr!),
      once(child, 'close') as Promise<[number]>,
    ]);
    return { code, out: out.toString(), err: err.toString() };
  }

  it('ends with 2 for what it does not know, and 3 where nothing answers, with the problem as its last line', async () => {
    assert.equal((await cli(['nonsense'])).code, 2);
    assert.equal((await cli(['watch'])).code, 2);
    const away = await cli(['runs', '--json'], { HOOKLOOM_URL: 'http://127.0.0.1:9' });
    assert.equal(away.code, 3);
    assert.equal(away.out, '');
    assert.equal(JSON.parse(away.err.trim().split('\n').at(-1) ?? '').code, 'unreachable');
    const refused = await cli(['runs', '--json'], { HOOKLOOM_API_KEY: 'hl_wrong' });
    assert.equal(refused.code, 1);
    assert.equal(JSON.parse(refused.err).code, 'unauthorized');
  });

  it('deploys files, shows no difference then, and changes nothing for a broken one', async () => {
    assert.equal((await cli(['validate', 'good.json', 'bad.yaml'])).code, 0);
    assert.equal((await cli(['diff', 'good.json', 'bad.yaml', '--source', 'shop'])).code, 1);
    const args = ['good.json', 'bad.yaml', '--publish', '--source', 'shop'];
    const deployed = await cli(['deploy', ...args]);
    assert.equal(deployed.code, 0, deployed.err);
    assert.match(deployed.out, /\+ create {5}good/);
    assert.match(deployed.out, /webhook {2}http/);
    const again = await cli(['diff', ...args]);
    assert.equal(again.code, 0, again.out);
    await writeFile(join(folder, 'broken.json'), JSON.stringify({ name: 'good', definition: { nodes: {} } }));
    const broken = await cli(['deploy', 'broken.json', 'bad.yaml', '--source', 'shop', '--prune']);
    assert.equal(broken.code, 1);
    assert.match(broken.err, /broken\.json/);
    assert.equal((await cli(['diff', ...args])).code, 0);
  });

  it('runs, follows and lists, and fails with the run', async () => {
    const done = await cli(['run', 'good', '--data', '{"name":"you"}', '--watch']);
    assert.equal(done.code, 0, done.err);
    assert.match(done.out, /✔ a/);
    assert.match(done.err, /hello you/);
    const failed = await cli(['run', 'bad', '--watch', '--json']);
    assert.equal(failed.code, 1);
    const events = failed.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    assert.equal(events.at(-1).type, 'run.failed');
    assert.equal(JSON.parse(failed.err.trim()).code, 'run-failed');
    const listed = (await cli(['runs', '--json'])).out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    assert.deepEqual(listed.map(({ status }) => status).toSorted(), ['failure', 'success']);
    const logged = await cli(['logs', listed.find(({ status }) => status === 'success').id]);
    assert.match(logged.out, /hello you/);
  });

  it('keeps servers by name, their keys for their owner alone', async () => {
    const none = { HOOKLOOM_URL: '', HOOKLOOM_API_KEY: '' };
    const login = ['login', 'here', '--url', hookloom.url, '--api-key', hookloom.key];
    assert.equal((await cli(login, none)).code, 0);
    assert.equal((await stat(join(folder, 'hookloom/contexts.json'))).mode & 0o777, 0o600);
    assert.equal((await cli(['runs'], none)).code, 0);
    const doctor = await cli(['doctor', '--json'], none);
    assert.equal(doctor.code, 0, doctor.out);
    assert.match((await cli(['completion', 'bash'])).out, /complete -F _hookloom hookloom/);
  });

  it('writes an example that deploys', async () => {
    const made = await cli(['init', 'payment']);
    assert.equal(made.out, 'payment.json\n');
    assert.equal(JSON.parse(await readFile(join(folder, 'hookloom.schema.json'), 'utf8')).type, 'object');
    const deployed = await cli(['deploy', 'payment.json', '--dry-run']);
    assert.equal(deployed.code, 0, deployed.err);
  });

  describe('listen', () => {
    interface Got {
      id: string;
      kind: string;
      body: string;
      signature: Record<string, string>;
      path: string;
    }
    let receiver: Server;
    let forward: string;
    let got: Got[];
    let answer: number;

    before(async () => {
      receiver = createServer((request, response) => {
        void buffer(request).then((body) => {
          const header = (name: string) => String(request.headers[name] ?? '');
          const names = ['webhook-id', 'webhook-timestamp', 'webhook-signature'];
          if (answer < 300)
            got.push({
              id: header('webhook-id'),
              kind: header('hookloom-listen'),
              body: body.toString(),
              signature: Object.fromEntries(names.map((name) => [name, header(name)])),
              path: request.url ?? '',
            });
          response.writeHead(answer).end();
        });
      }).listen(0, '127.0.0.1');
      await once(receiver, 'listening');
      forward = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/in`;
    });
    after(() => receiver?.close());

    it('brings requests and events in each run’s order, and loses nothing to kills and refusals', async () => {
      got = [];
      answer = 204;
      const { webhookUrl } = await hookloom.publish(good.definition, { name: 'listened' });
      const args = ['listen', '--forward', forward, '--workflow', 'listened', '--types', 'run.*'];
      const start = () => launch(args);
      const post = async (name: string) =>
        (await hookloom.call('POST', `${webhookUrl}?n=${name}`, { name })).body.runIds[0] as string;
      let child = start();
      let told = '';
      child.stderr?.on('data', (chunk: Buffer) => (told += chunk.toString()));
      const runIds: string[] = [];
      await eventually(() => assert.match(told, /^listening at/m), 60_000);
      runIds.push(await post('first'));
      await eventually(() => assert.ok(got.length > 0), 60_000);
      const secret = /whsec_\S+/.exec(told)?.[0] ?? '';
      child.kill('SIGKILL');
      await once(child, 'close');
      for (const name of ['offline', 'also offline']) runIds.push(await post(name));
      answer = 503;
      child = start();
      for (const name of ['refused', 'last']) runIds.push(await post(name));
      await Promise.all(runIds.map((runId) => hookloom.runEnd(runId)));
      answer = 204;
      const late = runIds.slice(-4);
      await eventually(() => {
        for (const runId of late)
          assert.ok(
            eventsOf(runId).some(({ type }) => type === 'run.succeeded'),
            runId,
          );
      }, 60_000);
      child.kill('SIGTERM');
      await once(child, 'close');
      for (const runId of late) {
        const sequences = eventsOf(runId).map(({ data }) => data.sequence);
        assert.deepEqual(
          sequences,
          [...new Set(sequences)].toSorted((a, b) => a - b),
          runId,
        );
      }
      const bodies = got.filter(({ kind }) => kind === 'request').map(({ body }) => JSON.parse(body).name);
      for (const name of ['offline', 'also offline', 'refused', 'last'])
        assert.equal(bodies.filter((one) => one === name).length, 1, name);
      assert.ok(got.some(({ path }) => path === '/in?n=offline'));
      for (const { body, signature } of got)
        verifyHook({ payload: body, headers: signature, secrets: secret });
    });

    const eventsOf = (runId: string): { type: string; data: any }[] =>
      got
        .filter(({ kind, body }) => kind === 'event' && JSON.parse(body).data.runId === runId)
        .map(({ body }) => JSON.parse(body));
  });
});
