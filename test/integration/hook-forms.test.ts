import assert from 'node:assert/strict';
import { Webhook } from 'standardwebhooks';
import { eventually } from '../support/eventually.ts';
import { createWorkflow, hooksPath, startHookBench } from '../support/hooks.ts';
import type { Arrival, HookBench } from '../support/hooks.ts';

describe('endpoints with a filter and a transform', function () {
  this.timeout(180_000);
  let bench: HookBench;
  before(async () => {
    bench = await startHookBench({ HOOKLOOM_HOOK_SCHEDULE: '0s,100ms' });
  });
  after(() => bench?.stop());

  const call = (method: string, path: string, body?: object) =>
    bench.hookloom.call(method, hooksPath + path, body);
  const firstOf = (path: string) =>
    eventually(() => bench.got(path)[0] ?? assert.fail(`nothing came to ${path}`), 60_000);
  const statuses = async (id: string) =>
    (await bench.deliveries(id)).map(({ status, reason, attempts }) => [status, reason, attempts.length]);

  /** Creates an endpoint with its secret. */
  async function create(path: string, more: object) {
    const workflowId = await createWorkflow(bench.hookloom);
    const url = bench.receiver.url + path;
    const given = { url, subscribedEventTypes: ['run.waiting'], workflowIds: [workflowId], ...more };
    const { status, body } = await call('POST', '', given);
    assert.equal(status, 201, JSON.stringify(body));
    return { id: body.endpoint.id as string, workflowId, secret: body.signingSecret as string };
  }

  /** With the reference library: the signature is over the bytes that came. */
  function assertSigned({ body, headers }: Arrival, secret: string): void {
    const at = new Date(Number(headers['webhook-timestamp']) * 1_000);
    const expected = new Webhook(secret).sign(String(headers['webhook-id']), at, body);
    assert.equal(headers['webhook-signature'], expected);
  }

  it('send what passes, and say of the rest that it is filtered', async () => {
    const { id, workflowId } = await create('/filtered', { filter: '$event.data.sequence > 3' });
    await bench.emit(workflowId, 1, 4);
    await eventually(async () => {
      const seen = await statuses(id);
      assert.deepEqual(seen.map(String).sort(), [
        'discarded,filtered,0',
        'discarded,filtered,0',
        'success,,1',
        'success,,1',
      ]);
    }, 60_000);
    assert.deepEqual(
      bench
        .got('/filtered')
        .map(({ event }) => event.data['sequence'])
        .sort(),
      [4, 5],
    );
    const [filtered] = await bench.deliveries(id, '&status=discarded');
    const shown = await call('POST', `/${id}/preview`, { eventId: filtered.eventId });
    assert.deepEqual([shown.status, shown.body], [200, { isSent: false }]);
  });

  it('send the body that they ask for, signed as it is sent, as its preview shows', async () => {
    const transform = { body: '{{ $event.type }} of {{ $event.data.runId }}', contentType: 'text/plain' };
    const headers = { authorization: 'Bearer of-the-receiver', 'x-team': 'ledger' };
    const { id, workflowId, secret } = await create('/text', { transform, headers });
    const [runId = ''] = await bench.emit(workflowId, 1);
    const came = await firstOf('/text');
    assert.equal(came.body, `run.waiting of ${runId}`);
    assert.equal(came.headers['content-type'], 'text/plain');
    assertSigned(came, secret);
    const shown = await call('POST', `/${id}/preview`, { eventId: came.id });
    assert.deepEqual(shown.body, {
      isSent: true,
      method: 'POST',
      url: `${bench.receiver.url}/text`,
      headers: {
        authorization: '[redacted]',
        'x-team': 'ledger',
        'content-type': 'text/plain',
        'webhook-id': came.id,
      },
      body: came.body,
    });
    assert.equal((await call('POST', `/${id}/preview`, { eventId: 'evt_none' })).status, 404);
    assert.equal((await call('POST', '/ep_none/preview', { eventId: came.id })).status, 404);
  });

  it('send presets, with the key of PagerDuty that nobody is shown', async () => {
    const key = 'R0UT1NGK3Y-of-the-team';
    const transform = { preset: 'pagerduty', routingKey: key };
    const { id, workflowId, secret } = await create('/pager', { transform });
    const binary = await create('/binary', { transform: { preset: 'cloudevents-binary' } });
    await bench.emit(workflowId, 1);
    await bench.emit(binary.workflowId, 1);
    const paged = await firstOf('/pager');
    assert.equal(JSON.parse(paged.body).routing_key, key);
    assertSigned(paged, secret);
    const event = await firstOf('/binary');
    assert.equal(event.headers['ce-type'], 'io.hookloom.run.waiting.v1');
    assert.equal(event.headers['ce-id'], event.id);
    assertSigned(event, binary.secret);
    const shown = (await call('GET', `/${id}`)).body;
    assert.deepEqual(shown.transform, { preset: 'pagerduty', routingKey: '[redacted]' });
    // What was read may be written back.
    assert.equal((await call('PATCH', `/${id}`, { transform: shown.transform })).status, 200);
    const before = bench.got('/pager').length;
    await bench.emit(workflowId, 1);
    const again = await eventually(() => bench.got('/pager')[before] ?? assert.fail(), 60_000);
    assert.equal(JSON.parse(again.body).routing_key, key);
    const stored = await bench.hookloom.db.collection('endpoints').find().toArray();
    assert.ok(!JSON.stringify(stored).includes(key));
    const preview = await call('POST', `/${id}/preview`, { eventId: paged.id });
    assert.ok(!JSON.stringify(preview.body).includes(key));
  });

  it('record an expression that fails as a failed attempt', async () => {
    const { id, workflowId } = await create('/failing', { filter: '{{ $number($event.id) > 1 }}' });
    await bench.emit(workflowId, 1);
    await eventually(async () => assert.deepEqual(await statuses(id), [['failure', 'exhausted', 2]]), 60_000);
    const [{ attempts }] = await bench.deliveries(id);
    assert.equal(attempts[0].error.type, 'expression_error');
    assert.equal(bench.got('/failing').length, 0);
  });
});
