import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedMongo } from '../../src/embedded/mongodb.ts';
import type { EmbeddedMongo } from '../../src/embedded/mongodb.ts';
import { checkLog } from '../support/check-log.ts';
import { eventually } from '../support/eventually.ts';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom } from '../support/hookloom.ts';
import { startReceiver } from '../support/receiver.ts';
import type { Receiver } from '../support/receiver.ts';
import { readEvents } from '../support/read-events.ts';

/** A chain of requests, each answered after a while. */
function chain(receiver: Receiver, length: number): object {
  const ids = Array.from({ length }, (_, index) => `n${index}`);
  const node = (id: string, index: number) => ({
    type: 'http-request',
    payload: { url: `${receiver.url}/{{$run.id}}/${id}` },
    children: ids.slice(index + 1, index + 2),
  });
  return {
    nodes: {
      root: { type: 'webhook', children: ['n0'] },
      ...Object.fromEntries(ids.map((id, index) => [id, node(id, index)])),
    },
  };
}

/** How often each path was asked for. */
function counts(receiver: Receiver): Map<string, number> {
  const found = new Map<string, number>();
  for (const { path } of receiver.requests) found.set(path, (found.get(path) ?? 0) + 1);
  return found;
}

describe('faults', function () {
  this.timeout(240_000);
  let receiver: Receiver;
  let hookloom: Hookloom | undefined;

  beforeEach(async () => {
    receiver = await startReceiver((_, response) => void setTimeout(() => response.end('ok'), 150));
  });
  afterEach(async () => {
    await hookloom?.stop();
    hookloom = undefined;
    await receiver.stop();
  });

  it('does not run a recorded node again when the worker is killed in mid-run', async () => {
    hookloom = await startHookloom({ HOOKLOOM_EGRESS_ALLOW: receiver.host }, { worker: false });
    const worker = await hookloom.startWorker();
    const { webhookUrl } = await hookloom.publish(chain(receiver, 8));
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => hookloom?.call('POST', webhookUrl, {})),
    );
    const runIds = answers.map((answer) => answer?.body.runIds[0] as string);
    await eventually(() => assert.ok(receiver.requests.length >= 15), 30_000);
    await worker.kill();
    const recorded = await readEvents(
      hookloom.db,
      ({ runId, type }) => runIds.includes(runId) && type === 'node.succeeded',
    );
    await hookloom.startWorker();
    for (const runId of runIds) {
      assert.equal((await hookloom.runEnd(runId, 120_000)).status, 'success');
      await checkLog(hookloom.db, runId);
    }
    const asked = counts(receiver);
    for (const { runId, path } of recorded)
      assert.equal(asked.get(`/${runId}/${path}`), 1, `${path} of ${runId}`);
    assert.ok(recorded.length > 0);
  });

  it('starts a run whose API was killed right after its answer', async () => {
    hookloom = await startHookloom(
      { HOOKLOOM_EGRESS_ALLOW: receiver.host, TEMPORAL_ADDRESS: '127.0.0.1:1' },
      { worker: false, api: false },
    );
    // This API cannot reach Temporal at all: whatever it accepts is left to the relay of another process.
    const api = await hookloom.startApi({ isReady: false });
    hookloom.url = api.url;
    const { webhookUrl } = await hookloom.publish(chain(receiver, 2));
    const accepted = await hookloom.call('POST', webhookUrl, {});
    assert.equal(accepted.status, 202);
    await api.kill();
    hookloom.env['TEMPORAL_ADDRESS'] = process.env['TEMPORAL_ADDRESS'] as string;
    await hookloom.startWorker();
    hookloom.url = (await hookloom.startApi()).url;
    const [runId] = accepted.body.runIds as [string];
    assert.equal((await hookloom.runEnd(runId, 60_000)).status, 'success');
    await checkLog(hookloom.db, runId);
  });

  describe('of MongoDB', () => {
    let mongo: EmbeddedMongo;
    let dataDir: string;

    const startMongo = async (port: number) =>
      startEmbeddedMongo({
        dataDir,
        port,
        cacheDir: join(process.cwd(), '.hookloom', 'cache'),
        log: () => {},
      });

    beforeEach(async () => {
      dataDir = await mkdtemp(join(tmpdir(), 'hookloom-mongo-'));
      mongo = await startMongo(0);
    });
    afterEach(async () => {
      await hookloom?.stop();
      hookloom = undefined;
      await mongo.stop();
      await rm(dataDir, { recursive: true, force: true });
    });

    it('goes on where it was when MongoDB was killed and away for ten seconds', async () => {
      hookloom = await startHookloom({ HOOKLOOM_EGRESS_ALLOW: receiver.host, MONGODB_URL: mongo.url });
      const { webhookUrl } = await hookloom.publish(chain(receiver, 10));
      const answers = await Promise.all(
        Array.from({ length: 10 }, () => hookloom?.call('POST', webhookUrl, {})),
      );
      const runIds = answers.map((answer) => answer?.body.runIds[0] as string);
      await eventually(() => assert.ok(receiver.requests.length >= 30), 30_000);
      const port = Number(new URL(mongo.url).port);
      process.kill(mongo.pid, 'SIGKILL');
      await mongo.stop();
      await new Promise((resolve) => setTimeout(resolve, 10_000));
      mongo = await startMongo(port);
      for (const runId of runIds) {
        assert.equal((await hookloom.runEnd(runId, 120_000)).status, 'success');
        await checkLog(hookloom.db, runId);
      }
      // A finished attempt waits for MongoDB rather than running its code again.
      assert.deepEqual(new Set(counts(receiver).values()), new Set([1]));
    });
  });
});
