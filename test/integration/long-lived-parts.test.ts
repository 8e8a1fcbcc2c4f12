import assert from 'node:assert/strict';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { MongoClient } from 'mongodb';
import { loadConfig } from '../../src/config.ts';
import type * as logModule from '../../src/log.ts';
import type * as apiModule from '../../src/processes/api.ts';
import type * as partsModule from '../../src/processes/parts.ts';
import { eventually } from '../support/eventually.ts';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom } from '../support/hookloom.ts';
import { startReceiver } from '../support/receiver.ts';
import type { Receiver } from '../support/receiver.ts';
import { follow } from '../support/run-case.ts';

const built = <Module>(file: string): Promise<Module> =>
  import(new URL(`../../dist/${file}`, import.meta.url).href) as Promise<Module>;

describe('an API beside Workers', function () {
  this.timeout(60_000);

  it('is not ready while they are down', async () => {
    const hookloom = await startHookloom({}, { api: false, worker: false });
    const [{ createLogger }, { startApi }, { Parts }] = await Promise.all([
      built<typeof logModule>('log.js'),
      built<typeof apiModule>('processes/api.js'),
      built<typeof partsModule>('processes/parts.js'),
    ]);
    const parts = new Parts();
    let isUp = true;
    parts.watch('workers', () => isUp);
    const api = await startApi(loadConfig({ ...hookloom.env, PORT: '0' }), createLogger('silent', 'test'), {
      parts,
    });
    try {
      const readiness = async () => {
        const response = await fetch(`${api.url}/readyz`);
        return [response.status, ((await response.json()) as any).dependencies.workers];
      };
      await eventually(async () => assert.deepEqual(await readiness(), [200, 'up']));
      isUp = false;
      assert.deepEqual(await readiness(), [503, 'down']);
    } finally {
      await api.stop();
      await hookloom.stop();
    }
  });
});

describe('a process that loses', function () {
  this.timeout(180_000);
  let hookloom: Hookloom;
  let receiver: Receiver;
  before(async () => {
    receiver = await startReceiver((_, response) => response.end('ok'));
    hookloom = await startHookloom(
      { HOOKLOOM_EGRESS_ALLOW: receiver.host },
      { api: 'process', worker: 'process' },
    );
    const endpoint = { url: `${receiver.url}/hook`, subscribedEventTypes: ['run.succeeded'] };
    const { status } = await hookloom.call('POST', '/v1/execution-webhooks', endpoint);
    assert.equal(status, 201);
  });
  after(async () => {
    await hookloom?.stop();
    await receiver?.stop();
  });

  /** A run through every part: relay, Workers, threads, change stream, deliveries. */
  async function runThroughAll(node: object): Promise<string> {
    const before = receiver.requests.length;
    const { webhookUrl } = await hookloom.publish({
      nodes: { root: { type: 'webhook', children: ['a'] }, a: node },
    });
    const runId = (await hookloom.call('POST', webhookUrl, {})).body.runIds[0] as string;
    const seen = await follow({ hookloom }, runId, { steps: [] });
    const { status } = await hookloom.runEnd(runId, 60_000);
    if (status === 'success') await eventually(() => assert.ok(receiver.requests.length > before), 60_000);
    assert.equal(seen.at(-1), status === 'success' ? 'run.succeeded' : 'run.failed');
    assert.equal((await fetch(`${hookloom.url}/readyz`)).status, 200);
    return status as string;
  }

  const evaluates = { type: 'set', payload: { values: { x: '{{$sum([1..10].($ * 2))}}' } } };
  const computes = { type: 'code-transform', payload: { code: 'function transform() { return 1 + 1 }' } };

  it('a thread of expressions goes on with another', async () => {
    const greedy = '{{$count([1..9999999].($string($) & "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"))}}';
    for (let round = 0; round < 4; round += 1)
      assert.equal(await runThroughAll({ type: 'set', payload: { values: { x: greedy } } }), 'failure');
    assert.equal(await runThroughAll(evaluates), 'success');
  });

  it('a thread of code goes on with another', async () => {
    const code = 'function transform() { const a = []; for (;;) a.push("x".repeat(100000) + a.length) }';
    assert.equal(
      await runThroughAll({ type: 'code-transform', payload: { code }, retry: { maxAttempts: 1 } }),
      'failure',
    );
    assert.equal(await runThroughAll(computes), 'success');
  });

  it('its change streams, sweeps and transactions goes on with others', async () => {
    assert.equal(await runThroughAll(evaluates), 'success');
    const mongo = await MongoClient.connect(String(hookloom.env['MONGODB_URL']));
    try {
      for (let round = 0; round < 3; round += 1) {
        // Ends every cursor and everything under way, of whoever it is.
        await mongo.db('admin').command({ killAllSessions: [] });
        assert.equal(await runThroughAll(evaluates), 'success');
      }
    } finally {
      await mongo.close();
    }
  });
});

describe('a process that cannot go on', function () {
  this.timeout(180_000);
  const preload = [fileURLToPath(new URL('../support/faults-by-signal.mjs', import.meta.url))];
  let hookloom: Hookloom;
  before(async () => (hookloom = await startHookloom({}, { api: false, worker: false })));
  after(() => hookloom?.stop());

  const cases: [kind: 'API' | 'worker', fault: string, reason: RegExp][] = [
    ['API', 'error', /an error on purpose.*caught by nothing/],
    ['API', 'rejection', /a rejection on purpose.*caught by nothing/],
    ['worker', 'error', /an error on purpose.*caught by nothing/],
    ['worker', 'rejection', /a rejection on purpose.*caught by nothing/],
    ['worker', 'runs Worker', /the Worker of \S+-runs stopped.*the process ends/],
    ['worker', 'hooks Worker', /the Worker of \S+-hooks stopped.*the process ends/],
  ];
  for (const [kind, fault, reason] of cases)
    it(`ends with exit code 1 and the reason in its log: ${kind}, ${fault}`, async () => {
      const options = { preload, env: { HOOKLOOM_TEST_FAULT: fault } };
      const started = await (kind === 'API' ? hookloom.startApi(options) : hookloom.startWorker(options));
      const exited = once(started.child, 'exit');
      started.child.kill('SIGUSR2');
      assert.deepEqual(await exited, [1, null]);
      const fatal = started
        .output()
        .split('\n')
        .filter((line) => line.includes('"level":60'));
      assert.equal(fatal.length, 1, started.output().slice(-2_000));
      assert.match(fatal[0] ?? '', reason);
    });
});
