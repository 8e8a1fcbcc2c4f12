import assert from 'node:assert/strict';
import type { EventDocument } from '../../src/store/log/events.ts';
import { appendIdOf, appendsOf, readRunLog } from '../../src/store/log/appends.ts';
import { checkLog } from '../support/check-log.ts';
import { eventually } from '../support/eventually.ts';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom, HookloomProcess } from '../support/hookloom.ts';
import { startReceiver } from '../support/receiver.ts';
import type { Receiver } from '../support/receiver.ts';
import { checkAllReplay } from '../support/replay.ts';

/** How the peer answers a path: a status, or not at all. */
type Behaviour = number | 'hang up' | 'hang';

describe('a retried run', function () {
  this.timeout(180_000);
  let hookloom: Hookloom;
  let receiver: Receiver;
  let hooks: Receiver;
  let worker: HookloomProcess;
  /** By path; the others answer 200. */
  let behaviours: Record<string, Behaviour> = {};

  before(async () => {
    hooks = await startReceiver();
    receiver = await startReceiver(({ path, body }, response) => {
      const behaviour = behaviours[path] ?? 200;
      if (behaviour === 'hang up') response.destroy();
      else if (behaviour !== 'hang')
        response.writeHead(behaviour, { 'content-type': 'application/json' }).end(body || `"${path}"`);
    });
    const env = { HOOKLOOM_EGRESS_ALLOW: `${receiver.host},${hooks.host}` };
    hookloom = await startHookloom(env, { worker: false });
    worker = await hookloom.startWorker();
  });
  beforeEach(() => {
    behaviours = {};
    receiver.requests.length = 0;
  });
  after(async () => {
    await hookloom?.stop();
    await receiver?.stop();
    await hooks?.stop();
  });

  const request = (path: string, more: object = {}) => ({
    type: 'http-request',
    payload: { url: `${receiver.url}${path}` },
    retry: { maxAttempts: 1 },
    ...more,
  });
  const withTrigger = (nodes: object, children: string[], settings: object = {}) => ({
    nodes: { root: { type: 'webhook', children }, ...nodes },
    settings,
  });
  const retry = (runId: string, body: object = {}) => hookloom.call('POST', `/v1/runs/${runId}/retry`, body);
  const asked = () => receiver.requests.map(({ path }) => path).sort();
  const keysOf = (wanted: string) =>
    receiver.requests.filter(({ path }) => path === wanted).map(({ headers }) => headers['idempotency-key']);

  async function run(definition: object, body: unknown = {}) {
    const workflow = await hookloom.publish(definition);
    const accepted = await hookloom.call('POST', workflow.webhookUrl, body);
    const end = await hookloom.runEnd(accepted.body.runIds[0], 60_000);
    receiver.requests.length = 0;
    return { ...end, workflow };
  }

  /** Retries a run and checks what must hold of every retry. */
  async function runAgain(runId: string, body: object = {}) {
    const answer = await retry(runId, body);
    assert.equal(answer.status, 202, JSON.stringify(answer.body));
    assert.equal(answer.headers.get('location'), `/v1/runs/${answer.body.runId}`);
    const end = await hookloom.runEnd(answer.body.runId, 60_000);
    assert.equal(end.rerunOf, runId);
    const log = await checkLog(hookloom.db, end.id);
    return { ...end, log };
  }

  it('runs what failed and what follows, and takes over the rest, its trigger as it was', async () => {
    behaviours = { '/b': 500 };
    const definition = withTrigger(
      {
        a: request('/a', { children: ['b', 'side'] }),
        b: request('/b', { children: ['c'] }),
        c: { type: 'set', payload: { values: { a: '{{$nodes.a.result.body}}' } }, children: ['end'] },
        side: request('/side'),
        end: {
          type: 'output',
          payload: {
            value: { n: '{{$trigger.body.n}}', by: '{{$trigger.source}}', a: '{{$nodes.c.result.a}}' },
          },
        },
      },
      ['a'],
      { onNodeFailure: 'drain' },
    );
    const first = await run(definition, { n: 7 });
    assert.equal(first.status, 'failure');
    behaviours = {};
    const second = await runAgain(first.id);
    assert.equal(second.status, 'success', JSON.stringify(second.error));
    assert.deepEqual(second.output, { n: 7, by: 'webhook', a: '/a' });
    assert.deepEqual(asked(), ['/b']);
    const taken = second.log.filter(({ body }: EventDocument) => body.includes('"reusedFrom"'));
    assert.deepEqual(
      taken.map(({ type, path }: EventDocument) => `${path} ${type}`),
      ['a node.succeeded', 'side node.succeeded'],
    );
    assert.equal(second.nodes.a.attempt, 0);
    const { body } = await hookloom.call('GET', `/v1/runs/${second.id}/executions`);
    const reused = body.items.map(({ path, reusedFrom }: any) => [path, reusedFrom]);
    assert.deepEqual(
      reused.filter(([, from]: string[]) => from),
      [
        ['a', first.nodes.a.executionId],
        ['side', first.nodes.side.executionId],
      ],
    );
    const { status } = await retry(second.id);
    assert.equal(status, 409, 'nothing of it failed');
  });

  it('makes a request without an answer again under its old key, and one with an answer under a new', async () => {
    behaviours = { '/lost': 'hang up', '/bad': 422 };
    const definition = withTrigger({ lost: request('/lost'), bad: request('/bad') }, ['lost', 'bad'], {
      onNodeFailure: 'drain',
    });
    const first = await run(definition);
    const again = await runAgain(first.id);
    const third = await runAgain(again.id);
    behaviours = {};
    const other = await runAgain(third.id, { input: { other: true } });
    assert.equal(other.status, 'success');
    const id = (end: any, node: string) => end.nodes[node].executionId;
    assert.deepEqual(keysOf('/lost'), [id(first, 'lost'), id(first, 'lost'), id(other, 'lost')]);
    assert.deepEqual(keysOf('/bad'), [id(again, 'bad'), id(third, 'bad'), id(other, 'bad')]);
  });

  it('runs a named node and what followed from it, and nothing beside', async () => {
    const definition = withTrigger(
      { a: request('/a', { children: ['b'] }), b: request('/b'), side: request('/side') },
      ['a', 'side'],
    );
    const first = await run(definition);
    const second = await runAgain(first.id, { from: 'a' });
    assert.deepEqual(asked(), ['/a', '/b']);
    assert.deepEqual(keysOf('/a'), [second.nodes.a.executionId]);
  });

  it('runs only the failed items of a loop, inside other loops too, with the items that it had', async () => {
    behaviours = { '/1/2': 500, '/2/0': 500 };
    const definition = withTrigger(
      {
        outer: {
          type: 'for-each',
          // Another list each time it is evaluated.
          payload: { array: '{{[0..2].({"at": $, "seen": $random()})}}', maxConcurrency: 3 },
          loopBody: ['before', 'inner'],
          children: ['sum'],
        },
        before: { type: 'set', payload: { values: { seen: '{{$item.seen}}' } }, children: ['inner'] },
        inner: {
          type: 'for-each',
          payload: { array: [0, 1, 2], maxConcurrency: 3, collect: '{{$nodes.post.result.status}}' },
          loopBody: ['post'],
        },
        post: request('', { payload: { url: `${receiver.url}/{{$parent_item.at}}/{{$item}}` } }),
        sum: { type: 'output', payload: { value: '{{$nodes.outer.result.succeeded}}' } },
      },
      ['outer'],
    );
    const first = await run(definition);
    assert.equal(first.status, 'failure');
    const failedFirst = first.counts.failure;
    behaviours = {};
    const second = await runAgain(first.id);
    assert.equal(second.status, 'success', JSON.stringify(second.error));
    assert.equal(second.output, 3);
    assert.ok(failedFirst > 0);
    const done = await hookloom.db.collection('executions').distinct('path', {
      runId: first.id,
      nodeId: 'post',
      status: 'success',
    });
    const all = [0, 1, 2].flatMap((a) => [0, 1, 2].map((b) => `outer[${a}]/inner[${b}]/post`));
    const left = all.filter((path) => !done.includes(path));
    assert.deepEqual(
      asked(),
      left.map((path) => path.replace(/outer\[(\d)\]\/inner\[(\d)\]\/post/, '/$1/$2')),
    );
    const items = async (runId: string) =>
      (await hookloom.db.collection('executions').findOne({ runId, path: 'outer' }))?.['input'].json;
    assert.equal(await items(second.id), await items(first.id));
  });

  it('runs the tolerated failures of a loop again', async () => {
    behaviours = { '/1': 500 };
    const definition = withTrigger(
      {
        each: {
          type: 'for-each',
          payload: { array: [0, 1, 2], toleratedFailures: 1 },
          loopBody: ['post'],
        },
        post: request('', { payload: { url: `${receiver.url}/{{$item}}` } }),
      },
      ['each'],
    );
    const first = await run(definition);
    assert.equal(first.status, 'partial');
    behaviours = {};
    const second = await runAgain(first.id);
    assert.equal(second.status, 'success', JSON.stringify(second.error));
    assert.deepEqual(asked(), ['/1']);
    const third = await runAgain(first.id, { from: ['each[2]/post'] });
    assert.equal(third.status, 'success');
    assert.deepEqual(asked(), ['/1', '/1', '/2']);
  });

  it('leaves a race as it was decided', async () => {
    behaviours = { '/slow': 'hang', '/last': 500 };
    const definition = withTrigger(
      {
        slow: request('/slow', { children: ['won'] }),
        quick: request('/quick', { children: ['won'] }),
        won: request('/won', { join: 'first', children: ['last'] }),
        last: request('/last'),
      },
      ['slow', 'quick'],
    );
    const first = await run(definition);
    assert.equal(first.nodes.slow.status, 'cancelled');
    behaviours = {};
    const second = await runAgain(first.id);
    assert.equal(second.status, 'success', JSON.stringify(second.error));
    assert.deepEqual(asked(), ['/last']);
    assert.equal(second.nodes.slow.status, 'cancelled');
    await runAgain(second.id, { from: 'won' });
    assert.ok(asked().includes('/won') && !asked().includes('/quick'));
  });

  it('runs another version, which keeps what succeeded', async () => {
    behaviours = { '/bad': 500 };
    const nodes = { a: request('/a', { children: ['b'] }), b: request('/bad') };
    const first = await run(withTrigger(nodes, ['a']));
    const { id } = first.workflow;
    const mended = withTrigger({ ...nodes, b: request('/good') }, ['a']);
    assert.equal((await hookloom.call('PUT', `/v1/workflows/${id}`, { definition: mended })).status, 200);
    assert.equal((await hookloom.call('POST', `/v1/workflows/${id}/publish`, {})).status, 200);
    assert.equal((await runAgain(first.id)).status, 'failure', 'its own version');
    const second = await runAgain(first.id, { version: 'live' });
    assert.equal(second.status, 'success', JSON.stringify(second.error));
    assert.equal(second.workflowVersion, 2);
    assert.deepEqual(asked(), ['/bad', '/good']);
    assert.equal((await retry(first.id, { version: 9 })).status, 404);
  });

  it('keeps large values when the first run is gone', async () => {
    behaviours = { '/bad': 500 };
    const text = 'x'.repeat(100_000);
    const definition = withTrigger(
      {
        big: { type: 'set', payload: { values: { text: '{{$trigger.body.text}}' } }, children: ['bad'] },
        bad: request('/bad', { children: ['end'] }),
        end: { type: 'output', payload: { value: '{{$length($nodes.big.result.text)}}' } },
      },
      ['big'],
    );
    const first = await run(definition, { text });
    behaviours = {};
    const second = await runAgain(first.id);
    assert.equal(second.output, text.length, JSON.stringify(second.error));
    await hookloom.db.collection('payloads').deleteMany({ runId: first.id });
    await checkLog(hookloom.db, second.id);
    const { $ref } = second.input;
    const { body } = await hookloom.call('GET', `/v1/payloads/${$ref}`);
    assert.equal(body.text, text);
  });

  it('does not send to hooks what it took over', async () => {
    behaviours = { '/bad': 500 };
    const first = await run(
      withTrigger({ a: request('/a', { children: ['bad'] }), bad: request('/bad') }, ['a']),
    );
    const endpoint = { url: hooks.url, subscribedEventTypes: ['*'] };
    assert.equal((await hookloom.call('POST', '/v1/execution-webhooks', endpoint)).status, 201);
    behaviours = {};
    const second = await runAgain(first.id);
    const sent = () =>
      hooks.requests.map(({ body }) => JSON.parse(body)).filter(({ data }) => data.runId === second.id);
    await eventually(() => assert.ok(sent().some(({ type }) => type === 'run.succeeded')));
    const told = (second.log as EventDocument[])
      .filter(({ type }) => type !== 'node.log')
      .map(({ type, path = '' }) => `${path} ${type}`);
    const expected = told.filter((one) => one !== 'a node.succeeded');
    assert.equal(expected.length, told.length - 1);
    await eventually(() =>
      assert.deepEqual(
        sent()
          .map(({ type, data }) => `${data.path ?? ''} ${type}`)
          .sort(),
        expected.sort(),
      ),
    );
  });

  it('is refused while the run goes on, for what has not run, and for strangers', async () => {
    behaviours = { '/hang': 'hang' };
    const definition = withTrigger(
      {
        branch: { type: 'if', payload: { condition: true }, branches: { then: ['a'], else: ['b'] } },
        a: request('/hang'),
        b: request('/b'),
      },
      ['branch'],
    );
    const { webhookUrl } = await hookloom.publish(definition);
    const accepted = await hookloom.call('POST', webhookUrl, {});
    const [runId] = accepted.body.runIds;
    await eventually(() => assert.equal(receiver.requests.length, 1));
    const early = await retry(runId);
    assert.equal(early.status, 409);
    assert.match(early.body.detail, /not over: running/);
    assert.equal((await hookloom.call('POST', `/v1/runs/${runId}/cancel`, {})).status, 202);
    await hookloom.runEnd(runId);
    for (const [from, pointer] of [
      ['nothing', '/from'],
      [['a', 'b'], '/from/1'],
      [['a', 'each[0]/a'], '/from/1'],
    ] as const) {
      const { status, body } = await retry(runId, { from });
      assert.equal(status, 400);
      assert.equal(body.errors.length, 1);
      assert.equal(body.errors[0].pointer, pointer);
      assert.match(body.errors[0].detail, /expected the path of a node that the run has run; came "/);
    }
    for (const [wrong, pointer, detail] of [
      [{ form: 'a' }, '/form', /unknown field/],
      [{ from: 5 }, '/from', /expected a text; or expected a list; came a number$/],
      [{ from: ['a', 5] }, '/from/1', /expected a text; came 5$/],
      [{ version: 'dead' }, '/version', /expected "same" or "live"; or expected a number; came a text/],
    ] as const) {
      const { status, body } = await retry(runId, wrong);
      assert.equal(status, 400);
      assert.equal(body.errors[0].pointer, pointer);
      assert.match(body.errors[0].detail, detail);
    }
    assert.equal((await retry('run_none')).status, 404);
    behaviours = {};
    assert.equal((await runAgain(runId)).status, 'success');
    assert.equal(new Set(keysOf('/hang')).size, 1, 'nobody knows what became of the first request');
  });

  it('fails, and runs nothing, when a part of the first run is no longer kept', async () => {
    behaviours = { '/bad': 500 };
    const first = await run(
      withTrigger({ a: request('/a', { children: ['bad'] }), bad: request('/bad') }, ['a']),
    );
    await worker.stop();
    const { body } = await retry(first.id);
    await hookloom.db.collection('executions').deleteOne({ runId: first.id, path: 'a' });
    worker = await hookloom.startWorker();
    const end = await hookloom.runEnd(body.runId, 60_000);
    assert.equal(end.error.type, 'run_gone');
    assert.match(end.error.message, new RegExp(first.id));
    await checkLog(hookloom.db, end.id);
    assert.deepEqual(asked(), []);
  });

  it('goes on with taking over, and doubles nothing, when its worker is killed; its cancel leaves nothing open', async () => {
    behaviours = { '/399': 500 };
    const items = 400;
    const definition = withTrigger(
      {
        each: {
          type: 'for-each',
          payload: { array: `{{[0..${items - 1}]}}`, maxConcurrency: 100, toleratedFailures: 1 },
          loopBody: ['odd', 'post'],
        },
        odd: {
          type: 'if',
          payload: { condition: `{{$item = ${items - 1}}}` },
          branches: { then: ['post'], else: [] },
        },
        post: request('', { payload: { url: `${receiver.url}/{{$item}}` } }),
      },
      ['each'],
    );
    const first = await run(definition);
    assert.equal(first.status, 'partial', JSON.stringify(first.error));
    behaviours = {};
    const undisturbed = await runAgain(first.id);
    const recorded = await readRunLog(hookloom.db, undisturbed.id, { limit: 10_000 });
    const place =
      recorded.filter(({ isReused }) => isReused)[200]?.sequence ?? assert.fail('nothing is taken over');
    await worker.stop();
    const killed = (await retry(first.id)).body.runId;
    // Of so many places one is where the next append begins, and MongoDB takes it only when they are free.
    const inTheWay = Array.from({ length: 100 }, (_, index) => ({
      ...{ _id: appendIdOf(killed, place + index), runId: killed, from: place + index, to: 0, types: [] },
      ...{ heads: '[]', events: '', counts: {}, recordedAt: new Date(0), organizationId: '', workflowId: '' },
    }));
    await appendsOf(hookloom.db).insertMany(inTheWay);
    worker = await hookloom.startWorker();
    const taken = { runId: killed, from: { $lt: place }, to: { $gte: place - 1 } };
    await eventually(async () => assert.equal(await appendsOf(hookloom.db).countDocuments(taken), 1), 60_000);
    await worker.kill();
    await appendsOf(hookloom.db).deleteMany({ _id: { $in: inTheWay.map(({ _id }) => _id) } });
    worker = await hookloom.startWorker();
    const cancelled = (await retry(first.id)).body.runId;
    await eventually(() => hookloom.db.collection('executions').countDocuments({ runId: cancelled }), 60_000);
    assert.equal((await hookloom.call('POST', `/v1/runs/${cancelled}/cancel`, {})).status, 202);
    const end = await hookloom.runEnd(killed, 120_000);
    assert.equal(end.status, 'success', JSON.stringify(end.error));
    await checkLog(hookloom.db, killed);
    assert.deepEqual(asked(), ['/399', '/399'], 'once in each of the two');
    assert.equal((await hookloom.runEnd(cancelled, 60_000)).status, 'cancelled');
    await checkLog(hookloom.db, cancelled);
  });

  it('replays', async () => {
    await checkAllReplay(hookloom);
  });
});
