import assert from 'node:assert/strict';
import { checkLog } from '../support/check-log.ts';
import { eventually } from '../support/eventually.ts';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom } from '../support/hookloom.ts';
import { startReceiver } from '../support/receiver.ts';
import type { Receiver } from '../support/receiver.ts';

describe('a run', function () {
  this.timeout(180_000);
  let hookloom: Hookloom;
  let receiver: Receiver;
  let closedEarly = 0;

  before(async () => {
    receiver = await startReceiver((request, response) => {
      if (request.path === '/fast') return void response.end('fast');
      response.on('close', () => (closedEarly += response.writableFinished ? 0 : 1));
    });
    hookloom = await startHookloom({ HOOKLOOM_EGRESS_ALLOW: receiver.host });
  });
  after(async () => {
    await hookloom?.stop();
    await receiver?.stop();
  });

  const log = (message: string, more: object = {}) => ({ type: 'log', payload: { message }, ...more });
  async function run(children: string[], nodes: object, settings: object = {}) {
    const { webhookUrl } = await hookloom.publish({
      nodes: { root: { type: 'webhook', children }, ...nodes },
      settings,
    });
    const end = await hookloom.runEnd((await hookloom.call('POST', webhookUrl, {})).body.runIds[0]);
    await checkLog(hookloom.db, end.id);
    return end;
  }
  const get = (path: string, children: string[]) => ({
    type: 'http-request',
    payload: { url: receiver.url + path },
    children,
  });

  it('goes on after the first of a race, and ends the slow request within seconds', async () => {
    const end = await run(['fast', 'slow'], {
      fast: get('/fast', ['won']),
      slow: get('/slow', ['won']),
      won: { ...log('won'), join: 'first' },
    });
    assert.equal(end.status, 'success', JSON.stringify(end.error));
    assert.deepEqual(
      [end.nodes.fast.status, end.nodes.slow.status, end.nodes.won.status],
      ['success', 'cancelled', 'success'],
    );
    await eventually(() => assert.equal(closedEarly, 1), 5_000);
  });

  it('starts a join of two as soon as two are taken', async () => {
    const end = await run(['a', 'b', 'pause'], {
      a: log('a', { children: ['two'] }),
      b: log('b', { children: ['two'] }),
      pause: { type: 'delay', payload: { delayMs: 1500 }, children: ['two'] },
      two: log('two', { join: { count: 2 } }),
    });
    assert.equal(end.status, 'success');
    assert.ok(end.nodes.two.finishedAt < end.nodes.pause.finishedAt);
  });

  it('goes on beside a failure when it drains, and still fails', async () => {
    const bad = { type: 'fail', payload: { type: 'broken', message: 'on purpose' }, children: ['never'] };
    const nodes = {
      bad,
      never: log('never'),
      pause: { type: 'delay', payload: { delayMs: 300 }, children: ['after'] },
      after: log('after'),
    };
    const drained = await run(['bad', 'pause'], nodes, { onNodeFailure: 'drain' });
    assert.deepEqual(
      [drained.status, drained.nodes.after.status, drained.nodes.never.status],
      ['failure', 'success', 'skipped'],
    );
    const cancelled = await run(['bad', 'pause'], nodes);
    assert.deepEqual(
      [cancelled.status, cancelled.nodes.pause.status, cancelled.nodes.after.status],
      ['failure', 'cancelled', 'skipped'],
    );
    assert.equal(cancelled.error.type, 'broken');
  });

  it('goes on after a failure that may be passed over', async () => {
    const end = await run(['bad'], {
      bad: {
        type: 'fail',
        payload: { type: 'broken', message: 'on purpose' },
        continueOnError: true,
        children: ['next'],
      },
      next: log('{{$nodes.bad.error.type}}/{{$nodes.bad.status}}'),
    });
    assert.equal(end.output.next.message, 'broken/failure');
  });

  it('fails as timed_out when its time is over', async () => {
    const end = await run(
      ['pause'],
      { pause: { type: 'delay', payload: { delayMs: 60_000 } } },
      { timeoutMs: 500 },
    );
    assert.deepEqual(
      [end.status, end.error.type, end.nodes.pause.status],
      ['failure', 'timed_out', 'cancelled'],
    );
  });

  it('answers with the value of its output node', async () => {
    const end = await run(['out'], {
      out: { type: 'output', payload: { value: { a: [1, '{{1 + 1}}'] } }, children: ['late'] },
      late: log('late'),
    });
    assert.deepEqual(end.output, { a: [1, 2] });
  });

  it('retries a request, then takes its error edge', async () => {
    const before = receiver.requests.length;
    const end = await run(['get'], {
      get: {
        type: 'http-request',
        payload: { url: `${receiver.url}/fast`, expectStatus: 201 },
        retry: { maxAttempts: 3, initialIntervalMs: 50, jitter: 0, retryOn: [200] },
        onError: ['late'],
      },
      late: log('{{$nodes.get.error.status}}'),
    });
    assert.equal(receiver.requests.length - before, 3);
    assert.equal(end.nodes.get.attempt, 3);
    assert.equal(end.output.late.message, 200);
  });
});
