import assert from 'node:assert/strict';
import { checkAllLogs } from '../support/check-log.ts';
import { eventually } from '../support/eventually.ts';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom } from '../support/hookloom.ts';

describe('variables', function () {
  this.timeout(600_000);
  let hookloom: Hookloom;
  before(async () => {
    hookloom = await startHookloom({}, { worker: 'process' });
  });
  after(() => hookloom?.stop());

  const call = (method: string, name: string, body?: object) =>
    hookloom.call(method, `/v1/variables/${name}`, body);
  const runOf = async (nodes: object) => {
    const { webhookUrl } = await hookloom.publish({ nodes });
    return (await hookloom.call('POST', webhookUrl, {})).body.runIds[0] as string;
  };

  it('are set, read, listed, counted up and deleted, and keep their history', async () => {
    assert.equal((await call('GET', 'limit')).status, 404);
    assert.deepEqual((await call('PUT', 'limit', { value: { a: [1] } })).body.version, 1);
    assert.deepEqual((await call('GET', 'limit')).body.value, { a: [1] });
    assert.equal((await call('PATCH', 'count', { increment: 2.5 })).body.value, 2.5, 'missing counts from 0');
    assert.equal((await call('PATCH', 'count', { increment: -1 })).body.value, 1.5);
    const { items } = (await hookloom.call('GET', '/v1/variables')).body;
    assert.deepEqual(
      items.map((one: any) => one.name),
      ['count', 'limit'],
    );
    assert.equal((await call('DELETE', 'count')).status, 204);
    assert.equal((await call('GET', 'count')).status, 404);
    const history = (await call('GET', 'count/history')).body.items;
    assert.deepEqual(
      history.map((one: any) => [one.version, one.value, one.isDeleted]),
      [
        [3, null, true],
        [2, 1.5, false],
        [1, 2.5, false],
      ],
    );
    assert.match(history[0].by.keyId, /^key_/);
    const older = await call('GET', 'count/history?limit=1');
    const rest = await call('GET', `count/history?limit=5&cursor=${older.body.nextCursor}`);
    assert.equal(rest.body.items.length, 2);
  });

  it('refuse a stale version, what is no number, bad names and what is too large', async () => {
    assert.equal((await call('PUT', 'v', { value: 1, version: 1 })).status, 409);
    assert.equal((await call('PUT', 'v', { value: 'a', version: 0 })).status, 200);
    assert.equal((await call('PUT', 'v', { value: 'b', version: 0 })).status, 409);
    assert.equal((await call('PUT', 'v', { value: 'b', version: 1 })).body.version, 2);
    assert.equal((await call('PATCH', 'v', { increment: 1 })).status, 422);
    assert.equal((await call('PATCH', 'huge', { increment: 1e308 })).status, 200);
    assert.equal((await call('PATCH', 'huge', { increment: 1e308 })).status, 422);
    assert.equal((await call('PUT', '1a', { value: 1 })).status, 400);
    assert.equal((await call('PUT', 'v', { value: 'x'.repeat(65_536) })).status, 413);
    assert.equal((await call('PUT', 'v', { value: 'x'.repeat(65_534) })).status, 200);
  });

  it('count every one of many increments that come at once', async () => {
    const all = Array.from({ length: 20 }, () => call('PATCH', 'hits', { increment: 1 }));
    for (const { status } of await Promise.all(all)) assert.equal(status, 200);
    assert.equal((await call('GET', 'hits')).body.value, 20);
    const racing = Array.from({ length: 5 }, (_, value) => call('PUT', 'race', { value, version: 0 }));
    const statuses = (await Promise.all(racing)).map(({ status }) => status);
    assert.deepEqual(statuses.sort(), [200, 409, 409, 409, 409]);
  });

  it('are read when the attempt starts, and recorded as part of its input', async () => {
    await call('PUT', 'greeting', { value: { text: 'hello' } });
    const runId = await runOf({
      root: { type: 'webhook', children: ['ask'] },
      ask: { type: 'wait', payload: {}, branches: { resumed: ['say'] } },
      say: { type: 'log', payload: { message: '{{$variables.greeting.text}}/{{$variables.none || "-"}}' } },
    });
    await eventually(
      async () => assert.equal((await hookloom.call('GET', `/v1/runs/${runId}`)).body.status, 'waiting'),
      150_000,
    );
    await call('PUT', 'greeting', { value: { text: 'goodbye' } });
    await hookloom.call('POST', `/v1/runs/${runId}/nodes/ask/resume`, {});
    const end = await hookloom.runEnd(runId, 150_000);
    assert.equal(end.output.say.message, 'goodbye/-');
    const { body } = await hookloom.call('GET', `/v1/executions/${end.nodes.say.executionId}`);
    assert.deepEqual(body.input.$variables, { greeting: { text: 'goodbye' } });
  });

  it('are set by a node once per execution, however often its worker is killed', async () => {
    const body = Array.from({ length: 40 }, (_, index) => index);
    const { webhookUrl } = await hookloom.publish({
      nodes: {
        root: { type: 'webhook', children: ['each'] },
        each: {
          type: 'for-each',
          payload: { array: body, maxConcurrency: 4 },
          loopBody: ['add', 'pause'],
        },
        add: { type: 'set-variable', payload: { name: 'total', increment: 1 }, children: ['pause'] },
        pause: { type: 'delay', payload: { delayMs: 100 } },
      },
    });
    const workers = [await hookloom.startWorker(), await hookloom.startWorker()];
    const runId = (await hookloom.call('POST', webhookUrl, {})).body.runIds[0];
    for (const [index, worker] of workers.entries()) {
      await eventually(async () => {
        const { status, body: total } = await call('GET', 'total');
        assert.ok(status === 200 && total.value >= 5 + index * 10);
      }, 150_000);
      await worker.kill();
    }
    const end = await hookloom.runEnd(runId, 300_000);
    assert.equal(end.status, 'success', JSON.stringify(end.error));
    assert.equal((await call('GET', 'total')).body.value, 40);
    const { items } = (await call('GET', 'total/history?limit=1')).body;
    assert.equal(items[0].by.runId, runId);
  });

  it('fail the node with what was expected', async () => {
    await call('PUT', 'word', { value: 'x' });
    const end = await hookloom.runEnd(
      await runOf({
        root: { type: 'webhook', children: ['add'] },
        add: { type: 'set-variable', payload: { name: 'word', increment: 1 } },
      }),
      150_000,
    );
    assert.deepEqual([end.status, end.error.type], ['failure', 'invalid_input']);
    assert.match(end.error.message, /increment: expected word to be a number; it is of type string/);
    await checkAllLogs(hookloom.db);
  });
});
