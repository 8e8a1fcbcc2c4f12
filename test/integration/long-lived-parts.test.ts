import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { MongoClient } from 'mongodb';
import { loadConfig } from '../../src/config.ts';
import type * as logModule from '../../src/log.ts';
import type * as apiModule from '../../src/processes/api.ts';
import type * as partsModule from '../../src/processes/parts.ts';
import type * as workerModule from '../../src/processes/worker.ts';
import { eventually } from '../support/eventually.ts';
import { freePort } from '../support/free-port.ts';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom } from '../support/hookloom.ts';
import { startReceiver } from '../support/receiver.ts';
import type { Receiver } from '../support/receiver.ts';
import { follow } from '../support/run-case.ts';

const built = <Module>(file: string): Promise<Module> =>
  import(new URL(`../../dist/${file}`, import.meta.url).href) as Promise<Module>;

/** API and worker in one process, as `npm start` has them. */
async function startBoth(settings: Record<string, string>) {
  const [{ createLogger }, { startApi }, { startWorker }, { Parts }] = await Promise.all([
    built<typeof logModule>('log.js'),
    built<typeof apiModule>('processes/api.js'),
    built<typeof workerModule>('processes/worker.js'),
    built<typeof partsModule>('processes/parts.js'),
  ]);
  const config = loadConfig({ ...settings, PORT: String(await freePort()) });
  const log = createLogger('silent', 'test');
  const parts = new Parts();
  const worker = await startWorker(config, log, parts);
  const api = await startApi(config, log, { parts });
  return {
    failed: worker.failed,
    async readiness(): Promise<{ status: number; dependencies: Record<string, string> }> {
      const response = await fetch(`${api.url}/readyz`);
      return { status: response.status, dependencies: ((await response.json()) as any).dependencies };
    },
    async stop() {
      await api.stop();
      await worker.stop();
    },
  };
}

describe('a process whose Workers cannot go on', function () {
  this.timeout(180_000);
  const namespace = `test-${randomUUID()}`;
  let hookloom: Hookloom;

  before(async () => {
    hookloom = await startHookloom({ TEMPORAL_NAMESPACE: namespace }, { api: false, worker: false });
    const service = hookloom.temporal.workflowService;
    await service.registerNamespace({
      namespace,
      workflowExecutionRetentionPeriod: { seconds: 86_400 as never },
    });
    await eventually(() => service.describeNamespace({ namespace }), 60_000);
  });
  after(() => hookloom?.stop());

  it('ends with exit code 1 and the reason in its log; where an API is beside them, /readyz says so', async () => {
    const worker = await eventually(() => hookloom.startWorker(), 60_000);
    const both = await startBoth(hookloom.env);
    try {
      const ready = await eventually(async () => {
        const found = await both.readiness();
        return found.status === 200 ? found : undefined;
      });
      assert.deepEqual(ready?.dependencies, { mongodb: 'up', temporal: 'up', workers: 'up' });
      const exited = once(worker.child, 'exit');
      // What no Worker outlives: its namespace is gone.
      await hookloom.temporal.connection.operatorService.deleteNamespace({ namespace });
      assert.deepEqual(await exited, [1, null]);
      const last = worker
        .output()
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as any);
      assert.ok(
        last.some(({ level, msg, err }) => level === 'fatal' && /Worker stopped/.test(msg) && err?.message),
        worker.output().slice(-2_000),
      );
      assert.ok((await both.failed) instanceof Error);
      const { status, dependencies } = await both.readiness();
      assert.equal(status, 503);
      assert.equal(dependencies['workers'], 'down');
    } finally {
      // What has lost its namespace may not stop by itself; the process that holds it ends all the same.
      void both.stop().catch(() => undefined);
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
