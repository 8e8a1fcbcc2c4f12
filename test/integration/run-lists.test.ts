import assert from 'node:assert/strict';
import { createId } from '../../src/store/mongo/ids.ts';
import { eventually } from '../support/eventually.ts';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom } from '../support/hookloom.ts';
import { startReceiver } from '../support/receiver.ts';
import type { Receiver } from '../support/receiver.ts';

const waiting = {
  nodes: {
    root: {
      type: 'webhook',
      payload: { resume: { key: '{{$trigger.body.answer}}', whenKeyMissing: 'start' } },
      children: ['ask'],
    },
    ask: { type: 'wait', payload: { key: '{{$trigger.body.order}}' }, branches: { resumed: ['go'] } },
    go: { type: 'set', payload: { values: { by: '{{$nodes.ask.result.data.by}}' } } },
  },
};

describe('lists of runs and requests', function () {
  this.timeout(120_000);
  let hookloom: Hookloom;
  let run: { id: string; workflowId: string; webhookUrl: string };
  const items = async (path: string) => {
    const { status, body } = await hookloom.call('GET', path);
    assert.equal(status, 200, JSON.stringify(body));
    return body.items.map((item: { id: string }) => item.id) as string[];
  };
  before(async () => {
    hookloom = await startHookloom();
    const { id, webhookUrl } = await hookloom.publish(waiting, { name: 'Invoices (May)' });
    const headers = { 'idempotency-key': 'order-4711' };
    const { body } = await hookloom.call('POST', webhookUrl, { order: 'o-1' }, headers);
    run = { id: body.runIds[0], workflowId: id, webhookUrl };
    await eventually(async () => {
      const { status } = (await hookloom.call('GET', `/v1/runs/${run.id}`)).body;
      assert.equal(status, 'waiting');
    }, 30_000);
  });
  after(() => hookloom?.stop());

  it('take several statuses', async () => {
    // Which runs have a status goes by their records, which follow the log.
    await eventually(async () =>
      assert.deepEqual(await items('/v1/runs?status=waiting&status=queued'), [run.id]),
    );
    assert.deepEqual(await items('/v1/runs?status=failure&status=queued'), []);
    assert.deepEqual((await items('/v1/webhook-events?status=accepted&status=rejected')).length, 1);
    const executions = await items(`/v1/runs/${run.id}/executions?status=success&status=waiting`);
    assert.equal(executions.length, 1);
    assert.deepEqual(await items('/v1/deliveries?status=pending&status=held'), []);
    const wrong = await hookloom.call('GET', '/v1/runs?status=waiting&status=done');
    assert.equal(wrong.status, 400);
    assert.match(wrong.body.detail, /"waiting"/);
  });

  it('are searched by the keys of a run, by the beginning of its id, and by the name of its workflow', async () => {
    const found = ['order-4711', 'o-1', run.id.slice(0, 12), run.id, 'invoices (m'];
    for (const text of found)
      assert.deepEqual(await items(`/v1/runs?search=${encodeURIComponent(text)}`), [run.id], text);
    for (const text of ['order-47', 'o-2', 'run_', 'run', 'invoices .m', createId('run')])
      assert.deepEqual(await items(`/v1/runs?search=${encodeURIComponent(text)}`), [], text);
    for (const text of ['order-4711', run.id.slice(0, 12), 'MAY)'])
      assert.equal((await items(`/v1/webhook-events?search=${encodeURIComponent(text)}`)).length, 1, text);
    assert.deepEqual(await items('/v1/webhook-events?search=nothing'), []);
    assert.deepEqual(await items('/v1/workflows?search=INVOICES'), [run.workflowId]);
    for (const list of ['runs', 'webhook-events', 'workflows'])
      assert.equal((await hookloom.call('GET', `/v1/${list}?search=a%00b`)).status, 400, list);
    assert.deepEqual(await items('/v1/workflows?status=archived&status=draft'), []);
  });

  it('are searched by a correlation key: what it resumed', async () => {
    const { body } = await hookloom.call('POST', run.webhookUrl, { order: 'o-9' });
    const second = body.runIds[0];
    await eventually(async () =>
      assert.equal((await hookloom.call('GET', `/v1/runs/${second}`)).body.status, 'waiting'),
    );
    const resumed = await hookloom.call('POST', run.webhookUrl, { answer: 'o-9', by: 'x' });
    assert.equal(resumed.body.action, 'resumed');
    await hookloom.runEnd(second);
    assert.deepEqual(await items('/v1/runs?search=o-9'), [second]);
    assert.deepEqual(await items('/v1/webhook-events?search=o-9'), [resumed.body.eventId]);
  });

  it('page through a log by its cursor', async () => {
    const whole = await items(`/v1/runs/${run.id}/events`);
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const path = `/v1/runs/${run.id}/events?limit=2${cursor ? `&cursor=${cursor}` : ''}`;
      const { body }: any = await hookloom.call('GET', path);
      seen.push(...body.items.map((event: { id: string }) => event.id));
      cursor = body.nextCursor;
    }
    assert.deepEqual(seen, whole);
    assert.equal((await hookloom.call('GET', `/v1/runs/${run.id}/events?cursor=x`)).status, 400);
  });
});

describe('the erasure of a run', function () {
  this.timeout(120_000);
  let hookloom: Hookloom;
  let receiver: Receiver;
  before(async () => {
    receiver = await startReceiver();
    hookloom = await startHookloom({ HOOKLOOM_EGRESS_ALLOW: receiver.host });
  });
  after(async () => {
    await hookloom?.stop();
    await receiver?.stop();
  });

  it('leaves nothing of it but a row of the audit log', async () => {
    const { id, webhookUrl } = await hookloom.publish(waiting);
    const made = await hookloom.call('POST', '/v1/execution-webhooks', {
      url: receiver.url,
      subscribedEventTypes: ['run.*'],
    });
    assert.equal(made.status, 201, JSON.stringify(made.body));
    const text = `Ada ${'x'.repeat(70_000)}`;
    const { body } = await hookloom.call('POST', webhookUrl, { order: 'o-5', text });
    const runId = body.runIds[0];
    const erase = () => hookloom.call('DELETE', `/v1/runs/${runId}`);
    assert.equal((await erase()).status, 409);
    await eventually(async () =>
      assert.equal((await hookloom.call('GET', `/v1/runs/${runId}`)).body.status, 'waiting'),
    );
    const resumed = await hookloom.call('POST', webhookUrl, { answer: 'o-5', by: 'Ada' });
    assert.equal(resumed.body.action, 'resumed');
    await hookloom.runEnd(runId);
    const answer = await eventually(async () => {
      const answer = await erase();
      assert.equal(answer.status, 204, JSON.stringify(answer.body));
      return answer;
    });
    assert.equal((await hookloom.call('GET', `/v1/runs/${runId}`)).status, 404);
    for (const name of ['runs', 'appends', 'executions', 'payloads', 'deliveries', 'deliveryAttempts'])
      assert.equal(await hookloom.db.collection(name).countDocuments({ runId }), 0, name);
    const requests = await hookloom.db
      .collection('webhookEvents')
      .countDocuments({ workflowId: id, runIds: runId });
    assert.equal(requests, 0);
    const audit = await hookloom.call('GET', '/v1/audit?limit=5');
    const row = audit.body.items.find((one: any) => one.requestId === answer.headers.get('x-request-id'));
    assert.deepEqual(
      [row.action, row.resource, row.status],
      ['DELETE /v1/runs/{id}', `/v1/runs/${runId}`, 204],
    );
  });
});
