import assert from 'node:assert/strict';
import { checkLog } from '../support/check-log.ts';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom } from '../support/hookloom.ts';

/** Takes some fifty milliseconds of CPU time, below the bound of one expression. */
const slow = '{{ $sum([1..10000].($ * 2)) > 0 }}';
const webhook = (...children: string[]) => ({ type: 'webhook', children });

describe('a node whose expressions take long together', function () {
  this.timeout(180_000);
  let hookloom: Hookloom;
  before(async () => {
    hookloom = await startHookloom();
  });
  after(() => hookloom?.stop());

  async function start(nodes: object, body: unknown = {}): Promise<string> {
    const { webhookUrl } = await hookloom.publish({ nodes });
    return (await hookloom.call('POST', webhookUrl, body)).body.runIds[0] as string;
  }

  const filter = (count: number, more: object = {}) => ({
    type: 'filter',
    payload: { array: `{{[1..${count}]}}`, filter: slow },
    ...more,
  });

  it('ends with its result, holds no workflow task, and is run once (rule f)', async () => {
    const runId = await start({
      root: webhook('f', 'd'),
      f: filter(100),
      d: { type: 'delay', payload: { delayMs: 100 } },
    });
    const end = await hookloom.runEnd(runId, 120_000);
    assert.equal(end.status, 'success', JSON.stringify(end.error));
    const events = await checkLog(hookloom.db, runId);
    const place = (type: string, path: string) =>
      events.findIndex((event) => event.type === type && event.path === path);
    assert.ok(place('node.succeeded', 'd') < place('node.succeeded', 'f'));
    assert.equal(events.filter(({ type, path }) => type === 'node.started' && path === 'f').length, 1);
    const { events: history } = await hookloom.temporal.workflow.getHandle(runId).fetchHistory();
    const names = (history ?? []).map((one) => one.activityTaskScheduledEventAttributes?.activityType?.name);
    assert.equal(names.filter((name) => name === 'filter').length, 1, 'one Activity adopts what goes on');
  });

  it('fails with timeout at its bound, and its expressions stop (rule d)', async () => {
    const runId = await start({ root: webhook('f'), f: filter(10_000, { timeoutMs: 1_500 }) });
    const { status, error } = await hookloom.runEnd(runId, 120_000);
    assert.deepEqual([status, error.type], ['failure', 'timeout']);
    await checkLog(hookloom.db, runId);
    const beside = await start({
      root: webhook('s'),
      s: { type: 'set', payload: { values: '{{$sum([1..10])}}' } },
    });
    assert.deepEqual((await hookloom.runEnd(beside, 120_000)).output, { s: 55 });
  });

  it('leaves others their turn', async () => {
    const long = await start({ root: webhook('f'), f: filter(10_000, { timeoutMs: 60_000 }) });
    const next = { root: webhook('s'), s: { type: 'set', payload: { values: '{{$sum([1..10])}}' } } };
    for (let index = 0; index < 3; index += 1)
      assert.equal((await hookloom.runEnd(await start(next), 120_000)).status, 'success');
    const { body } = await hookloom.call('GET', `/v1/runs/${long}`);
    assert.equal(body.status, 'running');
    assert.equal((await hookloom.call('POST', `/v1/runs/${long}/cancel`, {})).status, 202);
    assert.equal((await hookloom.runEnd(long, 120_000)).status, 'cancelled');
  });

  it('collects the results of a loop within the time of an attempt (rule d)', async () => {
    const each = (count: number, timeoutMs: number) => ({
      type: 'for-each',
      payload: { array: `{{[1..${count}]}}`, maxConcurrency: 100, collect: slow },
      loopBody: ['s'],
      timeoutMs,
    });
    const s = { type: 'set', payload: { values: 1 } };
    const whole = await start({ root: webhook('e'), e: each(40, 120_000), s });
    const { status, output } = await hookloom.runEnd(whole, 120_000);
    assert.deepEqual([status, output.e.iterationCount], ['success', 40]);
    await checkLog(hookloom.db, whole);
  });
});
