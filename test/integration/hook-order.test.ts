import assert from 'node:assert/strict';
import { eventually } from '../support/eventually.ts';
import { hooksPath, startHookBench } from '../support/hooks.ts';
import type { Arrival, HookBench } from '../support/hooks.ts';

describe('the order of hook deliveries', function () {
  this.timeout(240_000);
  let bench: HookBench;
  before(async () => {
    bench = await startHookBench({ HOOKLOOM_HOOK_SCHEDULE: '0s,100ms,100ms' });
  });
  after(() => bench?.stop());

  const act = async (id: string, action: string, body: object = {}) => {
    const answer = await bench.hookloom.call('POST', `${hooksPath}/${id}/${action}`, body);
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
  };
  const countOf = async (id: string, status: string) =>
    (await bench.deliveries(id, `&status=${status}`)).length;
  const sequencesOf = (arrivals: readonly Arrival[], runId: string) =>
    arrivals.filter(({ event }) => event.data['runId'] === runId).map(({ event }) => event.data['sequence']);

  it('of held events is that of the events, and a failure does not block', async () => {
    const { id, workflowId } = await bench.createEndpoint('/held', { maxInFlight: 1, maxRetries: 0 });
    await act(id, 'disable');
    const runs = await bench.emit(workflowId, 20, 3);
    await eventually(async () => assert.equal(await countOf(id, 'held'), 60), 60_000);
    assert.equal(bench.got('/held').length, 0);
    bench.answers.set('/held', (arrival, response) => {
      const isBad = arrival.event.data['runId'] === runs[0];
      response.writeHead(isBad ? 500 : 204).end();
    });
    await act(id, 'enable');
    await eventually(async () => assert.equal(await countOf(id, 'success'), 57), 120_000);
    await eventually(async () => assert.equal(await countOf(id, 'failure'), 3), 30_000);
    const expected = runs.flatMap((runId) => [2, 3, 4].map((sequence) => `${runId} ${sequence}`));
    const came = bench.got('/held').map(({ event }) => `${event.data['runId']} ${event.data['sequence']}`);
    assert.deepEqual(came, expected);
  });

  it('discards what is held when that is asked for', async () => {
    const { id, workflowId } = await bench.createEndpoint('/discarded');
    await act(id, 'disable');
    await bench.emit(workflowId, 1, 3);
    await eventually(async () => assert.equal(await countOf(id, 'held'), 3), 60_000);
    await act(id, 'enable', { held: 'discard' });
    const deliveries = await bench.deliveries(id);
    assert.deepEqual(
      deliveries.map((one) => [one.status, one.reason]),
      Array.from({ length: 3 }, () => ['discarded', 'asked_for']),
    );
    await bench.emit(workflowId, 1, 1);
    await eventually(() => assert.equal(bench.got('/discarded').length, 1), 60_000);
  });

  it('of one run is strict with ordering: run; a failing event holds back only its own run', async () => {
    const tries = new Map<string, number>();
    const { id, workflowId } = await bench.createEndpoint('/strict', { ordering: 'run' });
    bench.answers.set('/strict', (arrival, response) => {
      const count = (tries.get(arrival.id) ?? 0) + 1;
      tries.set(arrival.id, count);
      // The third of each run fails twice.
      const { sequence } = arrival.event.data;
      response.writeHead(sequence === 4 && count < 3 ? 500 : 204).end();
    });
    const runs = await bench.emit(workflowId, 5, 6);
    await eventually(async () => assert.equal(await countOf(id, 'success'), 30), 120_000);
    for (const runId of runs)
      assert.deepEqual(sequencesOf(bench.got('/strict'), runId), [2, 3, 4, 4, 4, 5, 6, 7]);
  });

  it('goes on with the next event after one is exhausted', async () => {
    const { id, workflowId } = await bench.createEndpoint('/exhausted', { ordering: 'run', maxRetries: 1 });
    bench.answers.set('/exhausted', (arrival, response) => {
      response.writeHead(arrival.event.data['sequence'] === 3 ? 500 : 204).end();
    });
    const [runId = ''] = await bench.emit(workflowId, 1, 4);
    await eventually(async () => assert.equal(await countOf(id, 'success'), 3), 120_000);
    assert.equal(await countOf(id, 'failure'), 1);
    assert.deepEqual(sequencesOf(bench.got('/exhausted'), runId), [2, 3, 3, 4, 5]);
  });

  it('ends what is still to be sent when the endpoint is deleted', async () => {
    bench.answers.set('/deleted', (_, response) => void response.writeHead(500).end());
    const { id, workflowId } = await bench.createEndpoint('/deleted', { retrySchedule: ['0s', '1h'] });
    await bench.emit(workflowId, 1, 2);
    await eventually(async () => assert.equal(await countOf(id, 'retrying'), 2), 60_000);
    assert.equal((await bench.hookloom.call('DELETE', `${hooksPath}/${id}`)).status, 204);
    const deliveries = await bench.deliveries(id);
    assert.deepEqual(
      deliveries.map((one) => [one.status, one.reason, one.attempts.length]),
      [
        ['discarded', 'endpoint_deleted', 1],
        ['discarded', 'endpoint_deleted', 1],
      ],
    );
  });
});
