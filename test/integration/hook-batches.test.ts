import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { hookActivityTypes } from '../../src/relay/deliveries/start-delivery.ts';
import { deliveriesOf } from '../../src/store/deliveries/deliveries.ts';
import { eventually } from '../support/eventually.ts';
import { hooksPath, startHookBench } from '../support/hooks.ts';
import type { Arrival, HookBench } from '../support/hooks.ts';
import type { HookloomProcess } from '../support/hookloom.ts';

const patience = 120_000;

describe('deliveries in batches', function () {
  this.timeout(400_000);
  let bench: HookBench;
  let worker: HookloomProcess;
  before(async () => {
    bench = await startHookBench({ HOOKLOOM_HOOK_SCHEDULE: '0s,100ms,100ms' }, { worker: false });
    worker = await bench.hookloom.startWorker();
  });
  after(() => bench?.stop());

  const countOf = async (id: string, status: string) =>
    (await bench.deliveries(id, `&status=${status}`)).length;
  const all = (id: string, status: string, count: number) =>
    eventually(async () => assert.equal(await countOf(id, status), count), patience);
  const post = async (path: string, body: object = {}) => {
    const answer = await bench.hookloom.call('POST', `${hooksPath}${path}`, body);
    assert.ok(answer.status < 300, JSON.stringify(answer.body));
    return answer.body;
  };
  const rowsOf = (endpointId: string) => deliveriesOf(bench.hookloom.db).find({ endpointId }).toArray();
  const place = ({ event }: Arrival) => `${event.data['runId']} ${event.data['sequence']}`;

  it('carry many first attempts by few Activities, and what fails by one of its own', async () => {
    const { id, workflowId } = await bench.createEndpoint('/many');
    const tried = new Set<string>();
    bench.answers.set('/many', (arrival, response) => {
      const isFirst = !tried.has(arrival.id);
      tried.add(arrival.id);
      response.writeHead(isFirst && arrival.event.data['sequence'] === 2 ? 500 : 204).end();
    });
    await bench.emit(workflowId, 5, 20);
    await all(id, 'success', 100);
    const rows = await rowsOf(id);
    const failed = rows.filter(({ attemptCount }) => attemptCount > 1);
    assert.equal(failed.length, 5);
    assert.ok(failed.every(({ inBatch, starts }) => !inBatch && starts === 1));
    const batches = new Set(rows.map(({ batchId }) => batchId).filter((batchId) => batchId !== null));
    assert.ok(batches.size < 50, `${batches.size} batches for ${rows.length} deliveries`);
    const { temporal } = bench.hookloom;
    for (const { _id } of failed) {
      const { activityType } = await temporal.activity.getHandle(_id).describe();
      assert.equal(activityType, hookActivityTypes.alone);
    }
  });

  it('hold nobody back for one that hangs, and record what it comes to', async () => {
    const { id, workflowId } = await bench.createEndpoint('/hangs', { timeoutMs: 20_000, maxRetries: 0 });
    const open: ServerResponse[] = [];
    bench.answers.set('/hangs', (arrival, response) => {
      if (arrival.event.data['sequence'] === 2) open.push(response);
      else response.writeHead(204).end();
    });
    await bench.emit(workflowId, 3, 10);
    await all(id, 'success', 27);
    assert.equal(open.length, 3);
    const rows = (await rowsOf(id)).filter(({ status }) => status === 'pending');
    assert.ok(rows.every(({ leaseUntil, startAt }) => leaseUntil !== null && startAt !== null));
    open[0]?.writeHead(204).end();
    open[1]?.writeHead(500).end();
    open[2]?.destroy();
    await all(id, 'success', 28);
    await all(id, 'failure', 2);
  });

  it('release what was held run by run, of each run one at a time (fault 14)', async () => {
    const { id, workflowId } = await bench.createEndpoint('/released', { maxInFlight: 4 });
    await post(`/${id}/disable`);
    const runs = await bench.emit(workflowId, 6, 4);
    await all(id, 'held', 24);
    const open = new Map<string, number>();
    let most = 0;
    bench.answers.set('/released', (arrival, response) => {
      const runId = String(arrival.event.data['runId']);
      const count = (open.get(runId) ?? 0) + 1;
      open.set(runId, count);
      most = Math.max(most, count);
      setTimeout(() => {
        open.set(runId, (open.get(runId) ?? 1) - 1);
        response.writeHead(204).end();
      }, 20);
    });
    await post(`/${id}/enable`);
    await all(id, 'success', 24);
    const came = bench.got('/released').map(place);
    for (const runId of runs)
      assert.deepEqual(
        came.filter((one) => one.startsWith(runId)),
        [2, 3, 4, 5].map((sequence) => `${runId} ${sequence}`),
      );
    assert.equal(most, 1, 'of one run two were under way at a time');
    assert.ok(came.slice(0, 4).every((one) => runs.slice(0, 4).includes(one.split(' ')[0] ?? '')));
  });

  it('replay many run by run, of each run one at a time (fault 14)', async () => {
    const since = new Date(Date.now() - 1_000).toISOString();
    const { id, workflowId } = await bench.createEndpoint('/replayed');
    const runs = await bench.emit(workflowId, 8, 5);
    await all(id, 'success', 40);
    const before = bench.got('/replayed').length;
    const answered = new Map<string, number>();
    bench.answers.set('/replayed', (arrival, response) => {
      const runId = String(arrival.event.data['runId']);
      const sequence = Number(arrival.event.data['sequence']);
      const isNext = sequence === (answered.get(runId) ?? 1) + 1;
      answered.set(runId, sequence);
      setTimeout(() => response.writeHead(isNext ? 204 : 500).end(), 10);
    });
    await post(`/${id}/replay`, { since });
    await all(id, 'success', 80);
    const came = bench.got('/replayed').slice(before);
    assert.equal(came.length, 40, 'none came out of its turn');
    for (const runId of runs)
      assert.deepEqual(came.map(place).filter((one) => one.startsWith(runId)).length, 5);
  });

  it('are due again within 30 s, however many workers were killed before (fault 7)', async () => {
    const { id, workflowId } = await bench.createEndpoint('/killed');
    bench.answers.set('/killed', () => undefined);
    await bench.emit(workflowId, 6);
    for (let kill = 0; kill < 5; kill += 1) {
      const seen = bench.got('/killed').length;
      await eventually(() => assert.ok(bench.got('/killed').length > Math.min(seen, 5)), patience);
      await worker.kill();
      worker = await bench.hookloom.startWorker();
    }
    bench.answers.delete('/killed');
    const from = Date.now();
    const seen = bench.got('/killed').length;
    await eventually(() => {
      const again = new Set(
        bench
          .got('/killed')
          .slice(seen)
          .map((arrival) => arrival.id),
      );
      assert.equal(again.size, 6);
    }, patience);
    assert.ok(Date.now() - from < 30_000, `after ${Date.now() - from} ms`);
    await all(id, 'success', 6);
    for (const { attempts } of await bench.deliveries(id))
      assert.ok(attempts.length <= 7, `${attempts.length}`);
  });
});
