import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { checkLog } from '../support/check-log.ts';
import { eventually } from '../support/eventually.ts';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom } from '../support/hookloom.ts';
import { startReceiver } from '../support/receiver.ts';
import type { Receiver } from '../support/receiver.ts';

describe('the node type', function () {
  this.timeout(180_000);
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

  async function runNode(node: object, body: unknown = {}) {
    const { webhookUrl } = await hookloom.publish({
      nodes: { root: { type: 'webhook', children: ['n'] }, n: node },
    });
    const end = await hookloom.runEnd((await hookloom.call('POST', webhookUrl, body)).body.runIds[0]);
    return { end, result: end.output?.n };
  }

  const items = [
    { name: 'a', price: 1 },
    { name: 'b', price: 5 },
    { name: 'c', price: 9 },
  ];

  it('filter keeps what meets an expression or a condition object', async () => {
    const array = '{{$trigger.body.items}}';
    const byExpression = await runNode(
      { type: 'filter', payload: { array, filter: '{{$item.price > 4}}' } },
      { items },
    );
    assert.deepEqual(
      byExpression.result.filtered.map((one: any) => one.name),
      ['b', 'c'],
    );
    const byObject = await runNode(
      { type: 'filter', payload: { array, filter: { price: { $lt: 6 }, name: { $ne: 'a' } } } },
      { items },
    );
    assert.deepEqual(
      byObject.result.filtered.map((one: any) => one.name),
      ['b'],
    );
  });

  it('of any node sees the time at which its run started as the run tells it', async () => {
    const set = { type: 'set', payload: { values: '{{$run.startedAt}}' } };
    const output = { type: 'output', payload: { value: ['{{n.result}}', '{{$run.startedAt}}'] } };
    const nodes = {
      root: { type: 'webhook', children: ['n'] },
      n: { ...set, children: ['out'] },
      out: output,
    };
    const { webhookUrl } = await hookloom.publish({ nodes });
    const end = await hookloom.runEnd((await hookloom.call('POST', webhookUrl, {})).body.runIds[0]);
    assert.notEqual(end.startedAt, end.createdAt);
    assert.deepEqual(end.output, [end.startedAt, end.startedAt]);
    await checkLog(hookloom.db, end.id);
  });

  it('pluck takes a field, format writes lines', async () => {
    const plucked = await runNode(
      { type: 'pluck', payload: { array: '{{$trigger.body.items}}', field: 'name' } },
      { items },
    );
    assert.deepEqual(plucked.result.values, ['a', 'b', 'c']);
    const template = '{{$item.name}}={{$item.price}}';
    const formatted = await runNode(
      { type: 'format', payload: { data: '{{$trigger.body.items}}', template, separator: ';' } },
      { items },
    );
    assert.equal(formatted.result.formatted, 'a=1;b=5;c=9');
  });

  it('regex matches in linear time', async () => {
    const found = await runNode({
      type: 'regex',
      payload: { text: 'a1b22', pattern: '[0-9]+', global: true },
    });
    assert.deepEqual(found.result, { matched: true, matches: ['1', '22'] });
    const evil = await runNode({ type: 'regex', payload: { text: `${'a'.repeat(50)}!`, pattern: '(a+)+$' } });
    assert.deepEqual(evil.result, { matched: false, matches: [] });
    const first = await runNode({ type: 'regex', payload: { text: 'a1b22', pattern: '([a-z])([0-9])?' } });
    assert.deepEqual(first.result, { matched: true, matches: ['a1', 'a', '1'] });
  });

  it('switch selects the first case that matches', async () => {
    const definition = (kind: string) => ({
      nodes: {
        root: { type: 'webhook', children: ['s'] },
        s: {
          type: 'switch',
          payload: {
            value: kind,
            cases: [
              { name: 'one', equals: 1 },
              { name: 'big', condition: '{{$trigger.body.kind > 10}}' },
            ],
          },
          branches: { one: ['a'], big: ['b'], default: ['c'] },
        },
        ...Object.fromEntries(['a', 'b', 'c'].map((id) => [id, { type: 'log', payload: { message: id } }])),
      },
    });
    const { webhookUrl } = await hookloom.publish(definition('{{$trigger.body.kind}}'));
    for (const [kind, taken] of [
      [1, 'a'],
      [11, 'b'],
      [5, 'c'],
    ] as const) {
      const end = await hookloom.runEnd((await hookloom.call('POST', webhookUrl, { kind })).body.runIds[0]);
      assert.deepEqual(Object.keys(end.output), [taken]);
    }
  });

  it('code-transform runs JavaScript that can reach nothing, and ends in time', async () => {
    const code = (text: string, timeoutMs = 1000) =>
      runNode({ type: 'code-transform', payload: { code: text, input: { n: 2 }, timeoutMs } });
    assert.deepEqual((await code('const transform = ({ n }) => ({ twice: n * 2 });')).result, {
      output: { twice: 4 },
    });
    const globals = await code(
      "const transform = () => [typeof process, typeof fetch, typeof require, this.constructor.constructor('return typeof process')()];",
    );
    assert.deepEqual(globals.result.output, ['undefined', 'undefined', 'undefined', 'undefined']);
    assert.equal((await code('const transform = () => { for (;;); };', 300)).end.error.type, 'code_timeout');
    assert.equal(
      (await code("const transform = () => 'x'.repeat(2 ** 28).length;")).end.error.type,
      'code_error',
    );
    assert.equal(
      (await code('const transform = () => { throw new Error("on purpose"); };')).end.error.message,
      'Error: on purpose',
    );
  });

  it('a chatty node is bounded, and a last line says how much was left out', async () => {
    const { end } = await runNode({
      type: 'code-transform',
      payload: { code: 'const transform = () => { for (let i = 0; i < 12_000; i += 1) console.log(i); };' },
    });
    const events = await checkLog(hookloom.db, end.id);
    const lines = events.filter((event) => event.type === 'node.log').map((event) => JSON.parse(event.body));
    assert.equal(lines.length, 201);
    assert.deepEqual(
      [lines[0].data.message, lines[199].data.message, lines[200].data.leftOut],
      ['0', '199', 11_800],
    );
  });

  it('lines of a running attempt are in the log before it ends', async () => {
    const code =
      'const transform = () => { console.warn("begun"); for (const end = Date.now() + 2000; Date.now() < end;); return null; };';
    const { webhookUrl } = await hookloom.publish({
      nodes: {
        root: { type: 'webhook', children: ['n'] },
        n: { type: 'code-transform', payload: { code } },
      },
    });
    const [runId] = (await hookloom.call('POST', webhookUrl, {})).body.runIds;
    await eventually(async () => {
      const { body } = await hookloom.call('GET', `/v1/runs/${runId}/events?limit=100`);
      const types = body.items.map((event: any) => event.type);
      assert.ok(types.includes('node.log') && !types.includes('node.succeeded'), types.join());
    });
    assert.equal((await hookloom.runEnd(runId)).status, 'success');
  });

  it('send-webhook signs what it sends and waits for the outcome', async () => {
    const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
    const { result } = await runNode({
      type: 'send-webhook',
      payload: { url: `${receiver.url}/to`, body: { hello: 'world' }, secret },
    });
    assert.equal(result.status, 200);
    const got = receiver.requests.find((request) => request.path === '/to');
    const content = `${got?.headers['webhook-id']}.${got?.headers['webhook-timestamp']}.${got?.body}`;
    const expected = createHmac('sha256', Buffer.alloc(32, 7)).update(content).digest('base64');
    assert.equal(got?.headers['webhook-signature'], `v1,${expected}`);
  });
});
