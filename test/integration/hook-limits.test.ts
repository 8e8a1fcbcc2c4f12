import assert from 'node:assert/strict';
import { deliveriesOf } from '../../src/store/deliveries/deliveries.ts';
import { eventually } from '../support/eventually.ts';
import { hooksPath, startHookBench } from '../support/hooks.ts';
import type { HookBench } from '../support/hooks.ts';
import type { HookloomProcess } from '../support/hookloom.ts';

describe('the limits of a hook endpoint', function () {
  this.timeout(180_000);
  let bench: HookBench;
  let workers: HookloomProcess[];

  before(async () => {
    bench = await startHookBench({ HOOKLOOM_HOOK_SCHEDULE: '0s,100ms' }, { worker: false });
    workers = [await bench.hookloom.startWorker(), await bench.hookloom.startWorker()];
  });
  after(() => bench?.stop());

  const allSucceed = (endpointId: string, count: number) =>
    eventually(async () => {
      const deliveries = await bench.deliveries(endpointId);
      assert.deepEqual([...new Set(deliveries.map((one) => one.status))], ['success']);
      assert.equal(deliveries.length, count);
      return deliveries;
    }, 60_000);
  /** How often Temporal has called each Activity that carried these deliveries. */
  const calls = async (deliveries: any[]) => {
    const wanted = deliveries.map(({ id }) => id);
    const rows = await deliveriesOf(bench.hookloom.db)
      .find({ _id: { $in: wanted } })
      .toArray();
    const ids = new Set(rows.map(({ _id, inBatch, batchId }) => (inBatch ? (batchId ?? _id) : _id)));
    const made = [...ids].map(async (id) => {
      const { attempt } = await bench.hookloom.temporal.activity.getHandle(id).describe();
      return attempt ?? 0;
    });
    return Promise.all(made);
  };

  it('keep the rate over two workers; what waits counts no attempt and does not spin', async () => {
    const rate = 20;
    const count = 80;
    const { id, workflowId } = await bench.createEndpoint('/rate', { rateLimitPerSecond: rate });
    await bench.emit(workflowId, 8, count / 8);
    const deliveries = await allSucceed(id, count);
    for (const { attempts, retryCount } of deliveries)
      assert.deepEqual([attempts.length, retryCount], [1, 0]);
    const times = bench.got('/rate').map(({ at }) => at);
    assert.equal(times.length, count);
    const tookMs = (times.at(-1) ?? 0) - (times[0] ?? 0);
    assert.ok(tookMs >= (((count - 1) * 1000) / rate) * 0.9, `${count} came within ${tookMs} ms`);
    const inAnySecond = times.map((from) => times.filter((at) => at >= from && at < from + 1000).length);
    // A send may be late by what the machine is busy with: then two seconds' sends come closer.
    assert.ok(Math.max(...inAnySecond) <= rate * 1.5, `${Math.max(...inAnySecond)} came within a second`);
    const made = await calls(deliveries);
    const sum = made.reduce((all, one) => all + one, 0);
    assert.ok(sum <= count * 4, `Temporal called ${sum} times for ${count} deliveries`);
  });

  it('keep the cap of attempts in flight over two workers', async () => {
    let inFlight = 0;
    let most = 0;
    bench.answers.set('/cap', (_, response) => {
      inFlight += 1;
      most = Math.max(most, inFlight);
      setTimeout(() => {
        inFlight -= 1;
        response.writeHead(204).end();
      }, 100);
    });
    const { id, workflowId } = await bench.createEndpoint('/cap', { maxInFlight: 3 });
    await bench.emit(workflowId, 3, 10);
    const deliveries = await allSucceed(id, 30);
    assert.equal(most, 3);
    for (const { attempts } of deliveries) assert.equal(attempts.length, 1);
  });

  it('slow the whole endpoint when its receiver asks for it, and no other', async () => {
    const [paused, other] = await Promise.all(['/busy', '/free'].map((path) => bench.createEndpoint(path)));
    assert.ok(paused && other);
    bench.answers.set('/busy', (_, response) => {
      const isFirst = bench.got('/busy').length === 1;
      response.writeHead(isFirst ? 429 : 204, isFirst ? { 'retry-after': '10' } : {}).end();
    });
    await bench.emit(paused.workflowId, 1);
    await eventually(async () => {
      const { body } = await bench.hookloom.call('GET', `${hooksPath}/${paused.id}`);
      assert.ok(Date.parse(body.pausedUntil) > Date.now());
    }, 20_000);
    await bench.emit(paused.workflowId, 1, 5);
    await bench.emit(other.workflowId, 1, 5);
    await allSucceed(other.id, 5);
    const deliveries = await allSucceed(paused.id, 6);
    assert.deepEqual(deliveries.map(({ attempts }) => attempts.length).sort(), [1, 1, 1, 1, 1, 2]);
    const [first = 0, second = 0] = bench.got('/busy').map(({ at }) => at);
    assert.ok(second - first >= 9_900, `the second request came after ${second - first} ms`);
    const lastOther = bench.got('/free').at(-1)?.at ?? Infinity;
    assert.ok(lastOther < second, 'the other endpoint has waited');
  });

  it('let a retry by hand and a new URL go through a pause', async () => {
    bench.answers.set('/quiet', (_, response) => {
      response.writeHead(503, { 'retry-after': '3600' }).end();
    });
    const { id, workflowId } = await bench.createEndpoint('/quiet', { maxRetries: 3 });
    await bench.emit(workflowId, 1);
    const [first] = await eventually(async () => {
      const rows = await bench.deliveries(id);
      assert.equal(rows[0]?.status, 'retrying');
      return rows;
    }, 20_000);
    assert.ok(Date.parse(first.nextRetryAt) - Date.now() > 3_000_000, 'the delivery itself waits as long');
    await bench.emit(workflowId, 1);
    bench.answers.delete('/quiet');
    assert.equal((await bench.hookloom.call('POST', `/v1/deliveries/${first.id}/retry`, {})).status, 202);
    await eventually(
      async () => assert.equal((await bench.deliveries(id, '&status=success')).length, 1),
      20_000,
    );
    // Temporal has the other one come back at the end of the pause: it was looked at and sent away.
    const [waiting] = await bench.deliveries(id, '&status=pending');
    await eventually(async () => assert.ok((await calls([waiting]))[0] === 2), 20_000);
    assert.deepEqual([waiting.attempts, bench.got('/quiet').length], [[], 2]);
    const elsewhere = `${bench.receiver.url}/elsewhere`;
    const patched = await bench.hookloom.call('PATCH', `${hooksPath}/${id}`, { url: elsewhere });
    assert.equal(patched.body.pausedUntil, null);
    await allSucceed(id, 2);
    assert.equal(bench.got('/elsewhere').length, 1);
  });

  it('give back what a killed worker had, when its lease is over', async () => {
    bench.answers.set('/hangs', () => {});
    const { id, workflowId } = await bench.createEndpoint('/hangs', { maxInFlight: 1, timeoutMs: 30_000 });
    await bench.emit(workflowId, 1);
    await eventually(() => assert.equal(bench.got('/hangs').length, 1), 20_000);
    await Promise.all(workers.map((worker) => worker.kill()));
    bench.answers.delete('/hangs');
    await bench.hookloom.startWorker();
    await bench.emit(workflowId, 1);
    const limits = bench.hookloom.db.collection<any>('endpointLimits');
    const { leases } = (await limits.findOne({ _id: id })) ?? {};
    assert.equal(Object.keys(leases).length, 1);
    await eventually(() => assert.equal(bench.got('/hangs').length, 2), 60_000);
    const [lease] = Object.values<any>(leases);
    assert.ok((bench.got('/hangs')[1]?.at ?? 0) > lease.until - 200, 'sent beside the one in flight');
  });
});
