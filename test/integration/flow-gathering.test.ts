import assert from 'node:assert/strict';
import { checkAllLogs } from '../support/check-log.ts';
import { eventually } from '../support/eventually.ts';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom } from '../support/hookloom.ts';

const echo = (flow: object) => ({
  nodes: {
    root: { type: 'webhook', children: ['out'] },
    out: { type: 'output', payload: { value: '{{$trigger.body}}' } },
  },
  settings: { flow },
});

describe('requests that are gathered, and rates that refuse', function () {
  this.timeout(600_000);
  let hookloom: Hookloom;
  before(async () => {
    hookloom = await startHookloom();
  });
  after(async () => {
    try {
      await checkAllLogs(hookloom.db);
      for (const name of ['flowGathering', 'flowItems'])
        assert.equal(await hookloom.db.collection(name).countDocuments(), 0, name);
    } finally {
      await hookloom.stop();
    }
  });

  const publish = async (flow: object) => {
    const { id, webhookUrl } = await hookloom.publish(echo(flow));
    return { id, url: new URL(webhookUrl).pathname };
  };
  const send = (url: string, body: object, headers = {}) => hookloom.call('POST', url, body, headers);
  const endOf = (runId: string) => eventually(() => hookloom.runEnd(runId, 150_000), 150_000);
  const countOf = async (id: string) =>
    (await hookloom.call('GET', `/v1/workflows/${id}/runs?limit=100`)).body.items.length;

  it('start one run with the last of them, by key', async () => {
    const { id, url } = await publish({ debounce: { waitMs: 3_000, key: '{{$trigger.body.key}}' } });
    const answers = [];
    for (const n of [1, 2, 3]) answers.push(await send(url, { key: 'a', n }));
    const other = await send(url, { key: 'b', n: 4 });
    const runIds = answers.map(({ status, body }) => {
      assert.deepEqual([status, body.action, body.duplicate], [202, 'debounced', false]);
      return body.runIds[0];
    });
    const [runId] = runIds;
    assert.deepEqual(new Set(runIds), new Set([runId]));
    assert.notEqual(other.body.runIds[0], runId);
    const run = await endOf(runId);
    assert.deepEqual(run.output, { key: 'a', n: 3 });
    assert.deepEqual(
      [run.trigger.source, run.trigger.gathered, run.trigger.requests],
      ['webhook', 'debounce', 3],
    );
    assert.equal((await endOf(other.body.runIds[0])).output.n, 4);
    assert.equal(await countOf(id), 2);
    const inbox = (await hookloom.call('GET', `/v1/webhook-events?workflowId=${id}`)).body.items;
    assert.deepEqual(
      inbox.map(({ action, status }: any) => [action, status]),
      Array(4).fill(['debounced', 'accepted']),
    );
    // The next one begins a run of its own.
    assert.notEqual((await send(url, { key: 'a', n: 5 })).body.runIds[0], runId);
    await eventually(async () => assert.equal(await countOf(id), 3), 60_000);
  });

  it('wait for the last one no longer than `maxWaitMs`, and take a duplicate for one', async () => {
    const { id, url } = await publish({ debounce: { waitMs: 3_600_000, maxWaitMs: 3_600_000 } });
    const first = await send(url, { n: 1 }, { 'idempotency-key': 'one' });
    const again = await send(url, { n: 1 }, { 'idempotency-key': 'one' });
    assert.deepEqual([again.body.action, again.body.duplicate], ['skipped', true]);
    assert.deepEqual(again.body.runIds, first.body.runIds);
    const gathering = hookloom.db.collection<any>('flowGathering');
    const row = await gathering.findOne({ workflowId: id });
    assert.equal(row.count, 1);
    assert.equal(row.dueAt.getTime(), row.firstAt.getTime() + 3_600_000);
    await gathering.updateOne({ _id: row._id }, { $set: { firstAt: new Date(Date.now() - 3_600_000) } });
    const second = await send(url, { n: 2 });
    assert.deepEqual(second.body.runIds, first.body.runIds);
    assert.deepEqual((await endOf(row._id)).output, { n: 2 });
  });

  it('start a run of all of them when there are so many, or after so long', async () => {
    const { id, url } = await publish({ batch: { maxItems: 3, waitMs: 4_000, key: '$trigger.body.key' } });
    const runIds: string[] = [];
    for (let n = 0; n < 7; n += 1) {
      const { body } = await send(url, { key: 'a', n });
      assert.equal(body.action, 'batched');
      runIds.push(body.runIds[0]);
    }
    const batches = [...new Set(runIds)];
    assert.equal(batches.length, 3);
    const outputs = await Promise.all(batches.map(async (runId) => (await endOf(runId)).output));
    assert.deepEqual(
      outputs.map((list) => list.map(({ n }: any) => n)),
      [[0, 1, 2], [3, 4, 5], [6]],
    );
    assert.equal(await countOf(id), 3);
  });

  it('gather many that come at once, none lost and none twice', async () => {
    const { id, url } = await publish({ batch: { maxItems: 10, waitMs: 60_000 } });
    await Promise.all(Array.from({ length: 30 }, (_, n) => send(url, { n, text: 'x'.repeat(70_000) })));
    const runs: any[] = await eventually(async () => {
      const { items } = (await hookloom.call('GET', `/v1/workflows/${id}/runs?limit=100`)).body;
      assert.deepEqual(
        items.map(({ status }: any) => status),
        ['success', 'success', 'success'],
      );
      return items;
    }, 150_000);
    const bodies = await Promise.all(
      runs.map(async ({ input }) => (await hookloom.call('GET', `/v1/payloads/${input.$ref}`)).body),
    );
    const seen = bodies.flat().map(({ n }: any) => n);
    assert.deepEqual(
      seen.sort((a: number, b: number) => a - b),
      Array.from({ length: 30 }, (_, n) => n),
    );
  });

  it('refuse at the door and by hand what comes too early, and say when to come again', async () => {
    const { id, url } = await publish({ rate: { limit: 2, perMs: 3_600_000, onFull: 'reject' } });
    const key = { 'idempotency-key': 'first' };
    const first = await send(url, { n: 1 }, key);
    assert.equal((await send(url, { n: 1 }, key)).body.duplicate, true);
    const manual = await hookloom.call('POST', `/v1/workflows/${id}/run`, { payload: { n: 2 } });
    assert.equal(manual.status, 202);
    const refused = await send(url, { n: 3 });
    assert.deepEqual([refused.status, refused.body.type], [429, '/problems/rate-limited']);
    const seconds = Number(refused.headers.get('retry-after'));
    assert.ok(seconds > 3_000 && seconds <= 3_600, String(seconds));
    assert.equal((await hookloom.call('POST', `/v1/workflows/${id}/run`, { payload: {} })).status, 429);
    // A duplicate costs nothing, also when there is no room.
    const again = await send(url, { n: 1 }, key);
    assert.deepEqual([again.status, again.body.runIds], [202, first.body.runIds]);
    const lane = await hookloom.db.collection<any>('flowLanes').findOne({ owner: id });
    assert.equal(lane.starts.length, 2);
    await endOf(first.body.runIds[0]);
    await endOf(manual.body.runId);
    const [row] = (await hookloom.call('GET', `/v1/webhook-events?workflowId=${id}&status=rejected`)).body
      .items;
    assert.equal(row.reason, 'rate-limited');
    const replayed = await hookloom.call('POST', `/v1/webhook-events/${row.id}/replay`, {});
    assert.equal(replayed.status, 202, 'what was accepted by hand waits');
    await hookloom.call('POST', `/v1/runs/${replayed.body.runIds[0]}/cancel`, {});
  });

  it('go on over a restart of everything, also while runs wait for their turn', async () => {
    const gathered = await publish({ debounce: { waitMs: 5_000 } });
    const limited = await publish({ concurrency: { limit: 1 } });
    await hookloom.call('POST', `/v1/flow/${limited.id}/pause`, {});
    const waits = (await send(limited.url, { n: 1 })).body.runIds[0];
    await eventually(async () =>
      assert.ok((await hookloom.call('GET', `/v1/runs/${waits}`)).body.queue, 'it waits'),
    );
    const { body } = await send(gathered.url, { n: 2 });
    await hookloom.stopProcesses();
    const api = await hookloom.startApi();
    await hookloom.startWorker();
    hookloom.url = api.url;
    assert.deepEqual((await endOf(body.runIds[0])).output, { n: 2 });
    assert.equal((await hookloom.call('GET', `/v1/runs/${waits}`)).body.queue.reason, 'paused');
    await hookloom.call('POST', `/v1/flow/${limited.id}/resume`, {});
    assert.equal((await endOf(waits)).status, 'success');
  });
});
