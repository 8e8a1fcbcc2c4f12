import assert from 'node:assert/strict';
import { Connection, Client } from '@temporalio/client';
import type { WorkflowHandle } from '@temporalio/client';
import { Webhook } from 'standardwebhooks';
import { checkLog } from '../support/check-log.ts';
import { eventually } from '../support/eventually.ts';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom } from '../support/hookloom.ts';
import { startReceiver } from '../support/receiver.ts';
import type { Receiver } from '../support/receiver.ts';

type History = Awaited<ReturnType<WorkflowHandle['fetchHistory']>>;

/** What each Local Activity of a history was and answered, with its summary. */
function localActivities({ events }: History) {
  return (events ?? []).flatMap(({ markerRecordedEventAttributes: marker, userMetadata }) => {
    const [data, result] = ['data', 'result'].map((name) => {
      const payload = marker?.details?.[name]?.payloads?.[0]?.data;
      return payload ? (JSON.parse(Buffer.from(payload).toString()) as Record<string, string>) : {};
    });
    const type = data?.['activity_type'];
    const summary = Buffer.from(userMetadata?.summary?.data ?? []).toString();
    return type === undefined ? [] : [{ type, isSlow: result?.['status'] === 'slow', summary }];
  });
}

const payment = { event: 'payment.created', amount: '42.00', asset: 'USDC' };

describe('the main job, end to end', function () {
  this.timeout(180_000);
  let hookloom: Hookloom;
  let receiver: Receiver;

  before(async () => {
    receiver = await startReceiver((request, response) => {
      if (request.path === '/unavailable') return void response.writeHead(404).end();
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ booked: true }));
    });
    hookloom = await startHookloom({ HOOKLOOM_EGRESS_ALLOW: receiver.host });
  });

  after(async () => {
    await hookloom?.stop();
    await receiver?.stop();
  });

  const bookingDefinition = () => ({
    nodes: {
      root: { type: 'webhook', children: ['big'] },
      big: {
        type: 'if',
        payload: { condition: '{{ $number($trigger.body.amount) >= 40 }}' },
        branches: { then: ['book'], else: ['small'] },
      },
      book: {
        type: 'http-request',
        payload: {
          method: 'POST',
          url: `${receiver.url}/book`,
          body: { event: '{{$trigger.body.event}}', amount: '{{$number($trigger.body.amount)}}' },
        },
        children: ['note'],
      },
      small: { type: 'log', payload: { message: 'small' } },
      note: {
        type: 'set',
        payload: {
          values: { text: 'booked {{$trigger.body.amount}}', answer: '{{$nodes.book.result.body.booked}}' },
        },
      },
    },
  });

  it('carries a webhook through a run to a signed hook and a stream', async () => {
    const { id, webhookUrl } = await hookloom.publish(bookingDefinition());
    const created = await hookloom.call('POST', '/v1/execution-webhooks', {
      name: 'main',
      url: `${receiver.url}/hook`,
      subscribedEventTypes: ['run.*', 'node.succeeded'],
      workflowIds: [id],
    });
    assert.equal(created.status, 201, JSON.stringify(created.body));
    const accepted = await hookloom.call('POST', webhookUrl, payment);
    assert.equal(accepted.status, 202, JSON.stringify(accepted.body));
    const [runId] = accepted.body.runIds as [string];
    assert.equal(accepted.headers.get('location'), `/v1/runs/${runId}`);

    const run = await hookloom.runEnd(runId);
    assert.equal(run.status, 'success', JSON.stringify(run));
    assert.deepEqual(run.output, { note: { text: 'booked 42.00', answer: true } });
    assert.equal(run.nodes.small.status, 'skipped');
    const book = receiver.requests.find((request) => request.path === '/book');
    assert.deepEqual(JSON.parse(book?.body ?? ''), { event: 'payment.created', amount: 42 });

    const events = await checkLog(hookloom.db, runId);
    assert.deepEqual(
      events.slice(0, 2).map((event) => event.type),
      ['run.queued', 'run.started'],
    );
    const stream = await fetch(`${hookloom.url}/v1/runs/${runId}/stream`, {
      headers: { authorization: `Bearer ${hookloom.key}` },
    });
    const frames = (await stream.text())
      .split('\n\n')
      .filter((frame) => frame.includes('\ndata:') || frame.startsWith('id:'));
    assert.equal(frames.length, events.length + (frames.at(-1)?.includes('event: end') ? 1 : 0));

    const wanted = events.filter((event) => event.type.startsWith('run.') || event.type === 'node.succeeded');
    const hooks = await eventually(() => {
      const got = receiver.requests.filter((request) => request.path === '/hook');
      assert.equal(got.length, wanted.length);
      return got;
    }, 20_000);
    const webhook = new Webhook(created.body.signingSecret.replace('whsec_', ''));
    for (const hook of hooks) webhook.verify(hook.body, hook.headers as Record<string, string>);
    assert.deepEqual(
      new Set(hooks.map((hook) => hook.headers['webhook-id'])),
      new Set(wanted.map((event) => event._id)),
    );
  });

  it('shows runs and nodes in Temporal by name, and nothing of their values', async () => {
    const { id, webhookUrl } = await hookloom.publish(bookingDefinition());
    const accepted = await hookloom.call('POST', webhookUrl, { ...payment, marker: 'value-4711' });
    const [runId] = accepted.body.runIds as [string];
    await hookloom.runEnd(runId);
    const connection = await Connection.connect({ address: hookloom.env['TEMPORAL_ADDRESS'] as string });
    try {
      const client = new Client({ connection });
      const handle = client.workflow.getHandle(runId);
      const description = await eventually(async () => {
        const found = await handle.describe();
        assert.equal(found.status.name, 'COMPLETED');
        return found;
      }, 10_000);
      assert.equal(description.type, 'test');
      assert.deepEqual(description.searchAttributes?.['HookloomTrigger'], ['webhook']);
      const history = await handle.fetchHistory();
      assert.equal(history.events?.[0]?.workflowExecutionStartedEventAttributes?.priority?.fairnessKey, id);
      const scheduled = (history.events ?? []).filter((event) => event.activityTaskScheduledEventAttributes);
      const typeOf = (event: (typeof scheduled)[number]) =>
        event.activityTaskScheduledEventAttributes?.activityType?.name ?? '';
      const local = localActivities(history);
      assert.equal(local.find(({ type }) => type === 'http-request')?.summary, '"book"');
      // On a slow machine a node is handed over: then its Local Activity has said that it is slow.
      const slow = local.filter(({ isSlow }) => isSlow);
      assert.deepEqual(scheduled.map(typeOf).sort(), slow.map(({ type }) => type).sort());
      const text = Buffer.from(JSON.stringify(history)).toString();
      const decoded = text.replace(/"([A-Za-z0-9+/=]{24,})"/g, (_, base64: string) =>
        Buffer.from(base64, 'base64').toString(),
      );
      assert.ok(!decoded.includes('value-4711'));
    } finally {
      await connection.close();
    }
  });

  it('ends a run with its last node, and one that fails by a step of its own', async () => {
    const last = (node: object) => ({ nodes: { root: { type: 'webhook', children: ['last'] }, last: node } });
    const stepsOf = async ({ webhookUrl }: { webhookUrl: string }) => {
      const [runId = ''] = (await hookloom.call('POST', webhookUrl, {})).body.runIds;
      await hookloom.runEnd(runId);
      const handle = hookloom.temporal.workflow.getHandle(runId);
      await handle.result().catch(() => undefined);
      return localActivities(await handle.fetchHistory()).map(({ type }) => type);
    };
    const done = await hookloom.publish(last({ type: 'set', payload: { values: { a: 1 } } }));
    // Where the machine is too slow to collect the output soon, the run is closed by a step as well.
    await eventually(async () => assert.deepEqual(await stepsOf(done), ['set']));
    const failing = await hookloom.publish(last({ type: 'fail', payload: { type: 'broken', message: 'x' } }));
    assert.equal((await stepsOf(failing)).at(-1), 'close-run');
  });

  it('handles a failure by its error edge, and fails without one', async () => {
    const request = { type: 'http-request', payload: { method: 'GET', url: `${receiver.url}/unavailable` } };
    const handled = await hookloom.publish({
      nodes: {
        root: { type: 'webhook', children: ['get'] },
        get: { ...request, onError: ['late'] },
        late: { type: 'log', payload: { message: '{{$nodes.get.error.type}}' } },
      },
    });
    const first = await hookloom.call('POST', handled.webhookUrl, {});
    const run = await hookloom.runEnd(first.body.runIds[0]);
    assert.equal(run.status, 'success', JSON.stringify(run));
    assert.equal(run.output.late.message, 'http_status');
    const unhandled = await hookloom.publish({
      nodes: {
        root: { type: 'webhook', children: ['get'] },
        get: { ...request, children: ['next'] },
        next: { type: 'log', payload: { message: 'x' } },
      },
    });
    const second = await hookloom.call('POST', unhandled.webhookUrl, {});
    const failed = await hookloom.runEnd(second.body.runIds[0]);
    assert.equal(failed.status, 'failure');
    assert.equal(failed.error.type, 'http_status');
    assert.equal(failed.nodes.next.status, 'skipped');
    await checkLog(hookloom.db, second.body.runIds[0]);
  });

  it('keeps the log gap-free under a parallel graph fifty nodes wide', async () => {
    const wide = Array.from({ length: 50 }, (_, index) => `n${index}`);
    const { webhookUrl } = await hookloom.publish({
      nodes: {
        root: { type: 'webhook', children: wide },
        ...Object.fromEntries(
          wide.map((id) => [
            id,
            { type: 'http-request', payload: { url: `${receiver.url}/wide` }, children: ['join'] },
          ]),
        ),
        join: { type: 'log', payload: { message: 'all' }, join: 'all' },
      },
    });
    const accepted = await hookloom.call('POST', webhookUrl, {});
    const run = await hookloom.runEnd(accepted.body.runIds[0], 60_000);
    assert.equal(run.status, 'success', JSON.stringify(run.error));
    assert.equal(run.counts.success, 51);
    await checkLog(hookloom.db, run.id);
  });

  it('ends each of 200 parallel webhooks exactly once', async () => {
    const { webhookUrl } = await hookloom.publish({
      nodes: {
        root: { type: 'webhook', children: ['a'] },
        a: { type: 'set', payload: { values: '{{$trigger.body}}' }, children: ['b'] },
        b: { type: 'http-request', payload: { url: `${receiver.url}/many` } },
      },
    });
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, number) => hookloom.call('POST', webhookUrl, { number })),
    );
    assert.deepEqual(new Set(answers.map((answer) => answer.status)), new Set([202]));
    const runIds = answers.map((answer) => answer.body.runIds[0] as string);
    assert.equal(new Set(runIds).size, 200);
    await eventually(
      async () =>
        assert.equal(
          await hookloom.db
            .collection('runs')
            .countDocuments({ _id: { $in: runIds as never[] }, status: 'success' }),
          200,
        ),
      120_000,
    );
    for (const runId of runIds) await checkLog(hookloom.db, runId);
    assert.equal(receiver.requests.filter((request) => request.path === '/many').length, 200);
  });

  it('lets a delay pass and shows the run as waiting meanwhile', async () => {
    const { webhookUrl } = await hookloom.publish({
      nodes: {
        root: { type: 'webhook', children: ['pause'] },
        pause: { type: 'delay', payload: { delayMs: 1500 }, children: ['done'] },
        done: { type: 'log', payload: { message: 'done' } },
      },
    });
    const accepted = await hookloom.call('POST', webhookUrl, {});
    const [runId] = accepted.body.runIds as [string];
    await eventually(
      async () => assert.equal((await hookloom.call('GET', `/v1/runs/${runId}`)).body.status, 'waiting'),
      10_000,
    );
    const run = await hookloom.runEnd(runId);
    assert.equal(run.status, 'success');
    const events = await checkLog(hookloom.db, runId);
    const types = events.map((event) => event.type);
    for (const type of ['run.waiting', 'run.resumed', 'node.waiting', 'node.resumed'])
      assert.ok(types.includes(type as never), `${type} in ${types.join(' ')}`);
  });

  it('keeps a large value whole, by reference, and lets no value pretend to be one', async () => {
    const { webhookUrl } = await hookloom.publish({
      nodes: {
        root: { type: 'webhook', children: ['copy'] },
        copy: {
          type: 'set',
          payload: { values: { text: '{{$trigger.body.text}}', fake: '{{$trigger.body.fake}}' } },
        },
      },
    });
    const text = 'x'.repeat(200_000);
    const fake = { $ref: 'pl_somebody-elses', bytes: 1 };
    const [runId] = (await hookloom.call('POST', webhookUrl, { text, fake })).body.runIds as [string];
    const run = await hookloom.runEnd(runId);
    assert.equal(run.status, 'success', JSON.stringify(run.error));
    assert.match(run.output.$ref, /^pl_/);
    const { body } = await hookloom.call('GET', `/v1/payloads/${run.output.$ref}`);
    assert.deepEqual(body, { copy: { text, fake } });
    assert.equal((await hookloom.call('GET', '/v1/payloads/pl_somebody-elses')).status, 404);
  });

  it('cancels a run that waits', async () => {
    const { webhookUrl } = await hookloom.publish({
      nodes: {
        root: { type: 'webhook', children: ['pause'] },
        pause: { type: 'delay', payload: { delayMs: 3_600_000 }, children: ['done'] },
        done: { type: 'log', payload: { message: 'done' } },
      },
    });
    const accepted = await hookloom.call('POST', webhookUrl, {});
    const [runId] = accepted.body.runIds as [string];
    await eventually(
      async () => assert.equal((await hookloom.call('GET', `/v1/runs/${runId}`)).body.status, 'waiting'),
      10_000,
    );
    assert.equal(
      (await hookloom.call('POST', `/v1/runs/${runId}/cancel`, { reason: 'no longer wanted' })).status,
      202,
    );
    const run = await hookloom.runEnd(runId);
    assert.equal(run.status, 'cancelled');
    assert.equal(run.nodes.pause.status, 'cancelled');
    assert.equal(run.nodes.done.status, 'skipped');
    await checkLog(hookloom.db, runId);
    assert.equal((await hookloom.call('POST', `/v1/runs/${runId}/cancel`, { reason: 'again' })).status, 409);
  });
});
