import assert from 'node:assert/strict';
import { checkLog } from '../support/check-log.ts';
import { eventually } from '../support/eventually.ts';
import { freePort } from '../support/free-port.ts';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom } from '../support/hookloom.ts';
import { countRuns } from '../support/read-events.ts';

/** A request with a `callback` resumes the waits of its order; one without begins an order. */
const definition = (otherwise: string | undefined, wait: object = {}) => ({
  nodes: {
    root: {
      type: 'webhook',
      payload: { resume: { key: '{{$trigger.body.callback}}', ...(otherwise ? { otherwise } : {}) } },
      children: ['ask'],
    },
    ask: {
      type: 'wait',
      payload: { key: '{{$trigger.body.order}}', ...wait },
      branches: { resumed: ['go'], timed_out: ['late'] },
    },
    go: { type: 'set', payload: { values: { by: '{{$nodes.ask.result.data.by}}' } } },
    late: { type: 'set', payload: { values: { late: true } } },
  },
});

describe('a webhook with a correlation key', function () {
  this.timeout(180_000);
  let hookloom: Hookloom;

  before(async () => {
    hookloom = await startHookloom();
  });
  after(() => hookloom?.stop());

  const post = async (url: string, body: object, headers: Record<string, string> = {}) =>
    (await hookloom.call('POST', url, body, headers)).body;
  const statusOf = async (runId: string) =>
    (await hookloom.call('GET', `/v1/runs/${runId}`)).body.nodes.ask?.status;
  async function startWaiting(url: string, order: unknown): Promise<string> {
    const { action, runIds } = await post(url, { order });
    assert.equal(action, 'triggered');
    await eventually(async () => assert.equal(await statusOf(runIds[0]), 'waiting'), 30_000);
    return runIds[0];
  }
  async function assertResumed(runId: string, by: unknown): Promise<void> {
    const run = await hookloom.runEnd(runId, 60_000);
    assert.equal(run.status, 'success', JSON.stringify(run.error));
    assert.deepEqual(run.output, { go: { by } });
    await checkLog(hookloom.db, runId);
  }
  const events = async (workflowId: string, query = '') =>
    (await hookloom.call('GET', `/v1/webhook-events?workflowId=${workflowId}${query}`)).body.items;

  it('resumes every wait of its key, whatever the type of the value, and starts nothing', async () => {
    const { id, webhookUrl } = await hookloom.publish(definition('skip'));
    const runIds = [await startWaiting(webhookUrl, 7), await startWaiting(webhookUrl, '7')];
    const other = await startWaiting(webhookUrl, 8);
    const answer = await post(webhookUrl, { callback: 7, by: 'x' });
    assert.equal(answer.action, 'resumed');
    assert.deepEqual(answer.runIds.sort(), runIds.sort());
    for (const runId of runIds) await assertResumed(runId, 'x');
    assert.equal(await statusOf(other), 'waiting');
    const [row] = await events(id);
    assert.deepEqual([row.status, row.action, row.runIds.length], ['accepted', 'resumed', 2]);
    assert.equal(await countRuns(hookloom.db, id), 3);
    const log = (await hookloom.call('GET', `/v1/runs/${runIds[0]}/events`)).body.items;
    const resumed = log.find((event: any) => event.type === 'node.resumed');
    assert.equal(resumed.data.webhookEventId, answer.eventId);
  });

  it('does otherwise what its trigger says: starts, skips, or is held for the next wait', async () => {
    const starting = await hookloom.publish(definition('start'));
    assert.equal((await post(starting.webhookUrl, { callback: 'a' })).action, 'triggered');
    const skipping = await hookloom.publish(definition('skip'));
    const skipped = await post(skipping.webhookUrl, { callback: 'a' });
    assert.deepEqual([skipped.action, skipped.reason, skipped.runIds], ['skipped', 'no_wait', []]);
    const holding = await hookloom.publish(definition(undefined));
    const key = { 'idempotency-key': 'held-once' };
    const held = await post(holding.webhookUrl, { callback: 'a', by: 'early' }, key);
    assert.deepEqual([held.action, held.reason, held.duplicate], ['skipped', 'held', false]);
    const { runIds } = await post(holding.webhookUrl, { order: 'a' });
    await assertResumed(runIds[0], 'early');
    const again = await post(holding.webhookUrl, { callback: 'a', by: 'early' }, key);
    assert.deepEqual([again.reason, again.runIds], ['duplicate', runIds]);
    const row = (await hookloom.call('GET', `/v1/webhook-events/${held.eventId}`)).body;
    assert.deepEqual([row.action, row.reason, row.runIds], ['resumed', null, runIds]);
    // It is taken once.
    const next = await startWaiting(holding.webhookUrl, 'a');
    assert.equal((await post(holding.webhookUrl, { callback: 'a', by: 'late' })).action, 'resumed');
    await assertResumed(next, 'late');
  });

  it('is never lost between a wait that begins and a request that finds none', async () => {
    const { webhookUrl } = await hookloom.publish(definition('hold'));
    const orders = Array.from({ length: 24 }, (_, index) => `order ${index}`);
    const started = await Promise.all(
      orders.map(async (order) => {
        const { runIds } = await post(webhookUrl, { order });
        const answer = await post(webhookUrl, { callback: order, by: order });
        assert.ok(answer.action === 'resumed' || answer.reason === 'held', JSON.stringify(answer));
        return [runIds[0], order] as const;
      }),
    );
    for (const [runId, order] of started) await assertResumed(runId, order);
  });

  it('resumes a wait once, of requests that come at once and of a time that is over', async () => {
    const { webhookUrl } = await hookloom.publish(definition('skip'));
    const runId = await startWaiting(webhookUrl, 'once');
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, by) => post(webhookUrl, { callback: 'once', by })),
    );
    const winners = answers.flatMap(({ action }, by) => (action === 'resumed' ? [by] : []));
    assert.equal(winners.length, 1, JSON.stringify(answers));
    await assertResumed(runId, winners[0]);
    const timed = await hookloom.publish(definition('skip', { timeoutMs: 400 }));
    const runs = await Promise.all(
      Array.from({ length: 8 }, async (_, order) => {
        const waiting = (await post(timed.webhookUrl, { order })).runIds[0];
        await eventually(async () => assert.ok(await statusOf(waiting)), 30_000);
        const tries = Array.from({ length: 12 }, () =>
          post(timed.webhookUrl, { callback: order, by: order }),
        );
        return {
          runId: waiting,
          resumed: (await Promise.all(tries)).some((one) => one.action === 'resumed'),
        };
      }),
    );
    for (const { runId, resumed } of runs) {
      const run = await hookloom.runEnd(runId, 60_000);
      assert.equal(run.nodes.go.status, resumed ? 'success' : 'skipped', JSON.stringify(run.nodes));
      await checkLog(hookloom.db, runId);
    }
  });

  it('is refused when no wait takes its content, and held content waits for one that does', async () => {
    const formSchema = { type: 'object', properties: { by: { type: 'string' } }, required: ['by'] };
    const { id, webhookUrl } = await hookloom.publish(definition('hold', { formSchema }));
    const runId = await startWaiting(webhookUrl, 'form');
    const refused = await hookloom.call('POST', webhookUrl, { callback: 'form', by: 1 });
    assert.equal(refused.status, 400);
    assert.equal((await events(id, '&status=rejected')).length, 1);
    assert.equal((await post(webhookUrl, { callback: 'form', by: 'me' })).action, 'resumed');
    await assertResumed(runId, 'me');
    for (const by of [1, 'good']) await post(webhookUrl, { callback: 'kept', by });
    const { runIds } = await post(webhookUrl, { order: 'kept' });
    await assertResumed(runIds[0], 'good');
  });

  it('resumes while Temporal is away, and a process that dies after the answer has lost nothing', async () => {
    const { webhookUrl } = await hookloom.publish(definition('skip'));
    const runId = await startWaiting(webhookUrl, 'away');
    const cutOff = await hookloom.startApi({
      isReady: false,
      env: { TEMPORAL_ADDRESS: `127.0.0.1:${await freePort()}` },
    });
    const url = webhookUrl.replace(hookloom.url, cutOff.url);
    assert.equal((await post(url, { callback: 'away', by: 'it' })).action, 'resumed');
    await cutOff.kill();
    await assertResumed(runId, 'it');
  });

  it('does not begin a wait whose key has no value', async () => {
    const { webhookUrl } = await hookloom.publish(definition('hold'));
    const { runIds } = await post(webhookUrl, { order: null });
    const run = await hookloom.runEnd(runIds[0]);
    assert.equal(run.status, 'failure');
    assert.equal(run.error.type, 'invalid_input');
  });
});
