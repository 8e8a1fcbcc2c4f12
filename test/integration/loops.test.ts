import assert from 'node:assert/strict';
import { checkLog } from '../support/check-log.ts';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom } from '../support/hookloom.ts';
import { startReceiver } from '../support/receiver.ts';
import type { Receiver } from '../support/receiver.ts';

describe('loops', function () {
  this.timeout(180_000);
  let hookloom: Hookloom;
  let receiver: Receiver;
  let inFlight = 0;
  let mostInFlight = 0;

  before(async () => {
    receiver = await startReceiver((_, response) => {
      inFlight += 1;
      mostInFlight = Math.max(mostInFlight, inFlight);
      setTimeout(() => {
        inFlight -= 1;
        response.setHeader('content-type', 'application/json').end('{"ok":true}');
      }, 30);
    });
    hookloom = await startHookloom({ HOOKLOOM_EGRESS_ALLOW: receiver.host });
  });
  after(async () => {
    await hookloom?.stop();
    await receiver?.stop();
  });

  async function run(nodes: object, body: unknown = {}, deadlineMs = 60_000) {
    const { webhookUrl } = await hookloom.publish({
      nodes: { root: { type: 'webhook', children: ['first'] }, ...nodes },
    });
    const accepted = await hookloom.call('POST', webhookUrl, body);
    const end = await hookloom.runEnd(accepted.body.runIds[0], deadlineMs);
    await checkLog(hookloom.db, end.id);
    return end;
  }

  it('collect the results of their iterations in item order', async () => {
    const end = await run(
      {
        first: {
          type: 'for-each',
          payload: {
            array: '{{$trigger.body.items}}',
            maxConcurrency: 3,
            itemKey: '{{$item.id}}',
            collect: '{{$nodes.twice.result.n}}',
          },
          loopBody: ['twice'],
        },
        twice: { type: 'set', payload: { values: { n: '{{$item.n * 2}}' } } },
      },
      { items: [1, 2, 3, 4].map((n) => ({ id: `i${n}`, n })) },
    );
    assert.equal(end.status, 'success', JSON.stringify(end.error));
    const { iterations, iterationCount, succeeded } = end.output.first;
    assert.deepEqual(
      iterations.map((one: any) => [one.index, one.key, one.result]),
      [
        [0, 'i1', 2],
        [1, 'i2', 4],
        [2, 'i3', 6],
        [3, 'i4', 8],
      ],
    );
    assert.deepEqual([iterationCount, succeeded], [4, 4]);
  });

  it('run no more iterations at once than they may', async () => {
    const end = await run({
      first: { type: 'for-each', payload: { array: '{{[1..100]}}', maxConcurrency: 20 }, loopBody: ['get'] },
      get: { type: 'http-request', payload: { url: `${receiver.url}/{{$item}}` } },
    });
    assert.equal(end.status, 'success', JSON.stringify(end.error));
    assert.equal(receiver.requests.length, 100);
    assert.ok(mostInFlight > 1 && mostInFlight <= 20, `${mostInFlight} at once`);
  });

  it('tolerate as many failures as they may, and then the run is partial', async () => {
    const body = {
      odd: { type: 'if', payload: { condition: '{{$item = 2}}' }, branches: { then: ['bad'] } },
      bad: { type: 'fail', payload: { type: 'unwanted', message: 'two' } },
    };
    const loop = (tolerated: object) => ({
      type: 'for-each',
      payload: { array: [1, 2, 3], ...tolerated },
      loopBody: ['odd', 'bad'],
    });
    const tolerated = await run({ first: loop({ toleratedFailures: 1 }), ...body });
    assert.equal(tolerated.status, 'partial');
    assert.equal(tolerated.output.first.iterations[1].error.type, 'unwanted');
    const failed = await run({ first: loop({}), ...body });
    assert.equal(failed.status, 'failure');
    assert.equal(failed.error.type, 'loop_failed');
  });

  it('nest, and know the items around them', async () => {
    const end = await run({
      first: { type: 'for-each', payload: { array: ['a', 'b'] }, loopBody: ['inner'] },
      inner: {
        type: 'for-each',
        payload: { array: [1, 2], collect: '{{$nodes.name.result.name}}' },
        loopBody: ['name'],
      },
      name: { type: 'set', payload: { values: { name: '{{$parent_item}}{{$item}}/{{$for.first.index}}' } } },
    });
    assert.equal(end.status, 'success', JSON.stringify(end.error));
    const names = end.output.first.iterations.map((outer: any) =>
      outer.result.iterations.map((one: any) => one.result),
    );
    assert.deepEqual(names, [
      ['a1/0', 'a2/0'],
      ['b1/1', 'b2/1'],
    ]);
  });

  it('repeat while their condition holds, seeing the last pass', async () => {
    const end = await run({
      first: {
        type: 'repeat',
        payload: { while: '{{$index = 0 or $nodes.count.result.n < 3}}' },
        loopBody: ['count'],
      },
      count: { type: 'set', payload: { values: { n: '{{$index + 1}}' } } },
    });
    assert.equal(end.status, 'success', JSON.stringify(end.error));
    assert.deepEqual(end.output.first, { iterationCount: 3 });
  });

  it('fail with loop_limit when the condition still holds after the last pass', async () => {
    const end = await run({
      first: { type: 'repeat', payload: { while: '{{true}}', maxIterations: 2 }, loopBody: ['count'] },
      count: { type: 'log', payload: { message: '{{$index}}' } },
    });
    assert.equal(end.error.type, 'loop_limit');
  });

  it('fail when there is no array', async () => {
    const end = await run({
      first: { type: 'for-each', payload: { array: '{{$trigger.body.nothing}}' }, loopBody: ['count'] },
      count: { type: 'log', payload: { message: '{{$index}}' } },
    });
    assert.equal(end.error.type, 'invalid_input');
    assert.match(end.error.message, /array: expected an array; came null/);
  });
});
