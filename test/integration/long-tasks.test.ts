import assert from 'node:assert/strict';
import { checkAllLogs, checkLog } from '../support/check-log.ts';
import { eventually } from '../support/eventually.ts';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom } from '../support/hookloom.ts';
import { checkAllReplay } from '../support/replay.ts';

type LogEvent = Awaited<ReturnType<typeof checkLog>>[number];

/** A loop of nodes that need nothing but the worker, so that one follows the other without a pause. */
const loopOf = (passes: number, children: string[] = []) => ({
  loop: {
    type: 'repeat',
    payload: { while: `{{ $index < ${passes} }}`, maxIterations: 10_000 },
    loopBody: ['pass'],
    children,
  },
  pass: { type: 'set', payload: { values: { x: 1 } } },
});

/** Most passes that may be recorded while something else of the run waits for its turn: far fewer than the loop has. */
const passesInBetween = 100;

describe('runs whose nodes follow each other without a pause', function () {
  this.timeout(300_000);
  let hookloom: Hookloom;
  before(async () => (hookloom = await startHookloom()));
  after(() => hookloom?.stop());

  async function start(nodes: object, more: object = {}): Promise<string> {
    const { webhookUrl } = await hookloom.publish({ nodes, ...more });
    return (await hookloom.call('POST', webhookUrl, {})).body.runIds[0] as string;
  }

  /** Passes that were recorded after a time, before the event that is last. */
  const passesAfter = (events: LogEvent[], from: number, last: string): number => {
    const end = events.findIndex(({ type, path }) => `${type} ${path ?? ''}`.trim() === last);
    assert.ok(end >= 0, `there is no ${last}`);
    return events.slice(0, end).filter(({ type, path = '', recordedAt }) => {
      return type === 'node.succeeded' && path.endsWith('/pass') && recordedAt.getTime() > from;
    }).length;
  };

  const passes = (runId: string, least: number) =>
    eventually(async () => {
      const { body } = await hookloom.call('GET', `/v1/runs/${runId}/executions?limit=100`);
      assert.ok(body.items.length >= least);
    }, 60_000);

  it('let a delay beside them end in time (fault 2)', async () => {
    const runId = await start({
      root: { type: 'webhook', children: ['loop', 'd'] },
      ...loopOf(300),
      d: { type: 'delay', payload: { delayMs: 200 }, children: ['z'] },
      z: { type: 'log', payload: { message: 'z' } },
    });
    const { status } = await hookloom.runEnd(runId, 120_000);
    assert.equal(status, 'success');
    const events = await checkLog(hookloom.db, runId);
    const waiting = events.find(({ type }) => type === 'node.waiting');
    const { until } = JSON.parse(waiting?.body ?? '').data;
    const came = passesAfter(events, Date.parse(until), 'node.succeeded z');
    assert.ok(came <= passesInBetween, `${came} passes`);
  });

  it('are cancelled between two of them (fault 2)', async () => {
    const runId = await start({ root: { type: 'webhook', children: ['loop'] }, ...loopOf(2_000) });
    await passes(runId, 50);
    const askedAt = Date.now();
    assert.equal((await hookloom.call('POST', `/v1/runs/${runId}/cancel`, {})).status, 202);
    const { status } = await hookloom.runEnd(runId, 60_000);
    assert.equal(status, 'cancelled');
    const came = passesAfter(await checkLog(hookloom.db, runId), askedAt, 'run.cancelled');
    assert.ok(came <= passesInBetween, `${came} passes`);
  });

  it('end when the time of their run is over (fault 3)', async () => {
    const runId = await start(
      { root: { type: 'webhook', children: ['loop'] }, ...loopOf(2_000) },
      { settings: { timeoutMs: 1_000 } },
    );
    const { status, error, startedAt } = await hookloom.runEnd(runId, 60_000);
    assert.deepEqual([status, error.type], ['failure', 'timed_out']);
    const events = await checkLog(hookloom.db, runId);
    const came = passesAfter(events, Date.parse(startedAt) + 1_000, 'run.failed');
    assert.ok(came <= passesInBetween, `${came} passes`);
  });

  it('leave other runs their turn (fault 4)', async () => {
    const nodes = { root: { type: 'webhook', children: ['loop'] }, ...loopOf(300) };
    const { webhookUrl } = await hookloom.publish({ nodes });
    const loops = Array.from({ length: 60 }, () => hookloom.call('POST', webhookUrl, {}));
    const loopIds = (await Promise.all(loops)).map(({ body }) => body.runIds[0] as string);
    await passes(loopIds.at(-1) as string, 1);
    const before = await countPasses();
    const runId = await start({
      root: { type: 'webhook', children: ['one'] },
      one: { type: 'set', payload: { values: { x: 1 } } },
    });
    await eventually(async () => {
      const { body } = await hookloom.call('GET', `/v1/runs/${runId}`);
      assert.ok(body.startedAt);
    }, 120_000);
    const came = (await countPasses()) - before;
    // Some ten passes of each loop, of three hundred.
    assert.ok(came <= 600, `${came} passes`);
    for (const id of loopIds) await hookloom.call('POST', `/v1/runs/${id}/cancel`, {});
    for (const id of loopIds) await hookloom.runEnd(id, 120_000);
  });

  const countPasses = () => hookloom.db.collection('executions').countDocuments({ nodeId: 'pass' });

  it('keep logs without a gap, and replay', async () => {
    await checkAllLogs(hookloom.db);
    await checkAllReplay(hookloom);
  });
});
