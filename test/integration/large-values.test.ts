import assert from 'node:assert/strict';
import { checkLog } from '../support/check-log.ts';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom } from '../support/hookloom.ts';
import { startReceiver } from '../support/receiver.ts';
import type { Receiver } from '../support/receiver.ts';
import { readHistory } from '../support/read-history.ts';
import { fetchHistories } from '../support/replay.ts';

const mib = 1024 * 1024;
/** Stands at the beginning, in the middle and at the end of every large value; nowhere else. */
const sentinel = 'SENTINEL-OF-A-LARGE-VALUE';
/** A text of so many bytes that holds the sentinel; compresses badly enough to be large anywhere. */
const large = (bytes: number): string => {
  const filler = Array.from({ length: bytes / 16 }, (_, index) => `${(index * 2_654_435_761) % 1e9} `).join(
    '',
  );
  const half = filler.slice(0, bytes / 2 - 2 * sentinel.length);
  return `${sentinel}${half}${sentinel}${half}${sentinel}`;
};
/** Largest payload that a history of small facts needs, in bytes. */
const largestPayload = 16 * 1024 + 1_024;

/** Fails with a payload that is too large, by what makes it. `url`: gives 9.5 MiB of JSON. */
const tooLarge = (url: string): Record<string, object> => ({
  'an answer of a peer': { type: 'http-request', payload: { url: `${url}/11` } },
  'an answer that is larger as JSON': { type: 'http-request', payload: { url: `${url}/quotes` } },
  'values put together': {
    type: 'set',
    payload: { values: { a: '{{$trigger.body.six}}', b: '{{$trigger.body.six}}' } },
  },
  'a text put together': {
    type: 'set',
    payload: { values: '{{$trigger.body.six}}{{$trigger.body.six}}' },
  },
  'the output of code': {
    type: 'code-transform',
    payload: { code: 'function transform() { return "x".repeat(11 * 1024 * 1024); }' },
  },
  'lines of a format': {
    type: 'format',
    payload: { data: '{{[1..100]}}', template: '{{$item}}{{$trigger.body.six}}' },
  },
  'fields of items': { type: 'pluck', payload: { array: '{{[1..100]}}', field: '{{$trigger.body.six}}' } },
  'an output': { type: 'output', payload: { value: ['{{$trigger.body.six}}', '{{$trigger.body.six}}'] } },
});

describe('large values', function () {
  this.timeout(300_000);
  let hookloom: Hookloom;
  let receiver: Receiver;

  before(async () => {
    const answers: Record<string, string> = {
      '/large': JSON.stringify({ text: large(3 * mib) }),
      '/11': 'x'.repeat(11 * mib),
      '/quotes': '"'.repeat(6 * mib),
    };
    receiver = await startReceiver((request, response) => {
      const body = answers[request.path] ?? JSON.stringify({ bytes: request.body.length });
      response.setHeader('content-type', request.path === '/large' ? 'application/json' : 'text/plain');
      response.end(body);
    });
    hookloom = await startHookloom({ HOOKLOOM_EGRESS_ALLOW: receiver.host });
  });
  after(async () => {
    await hookloom?.stop();
    await receiver?.stop();
  });

  async function run(definition: object, body: unknown): Promise<{ runId: string; run: any }> {
    const { webhookUrl } = await hookloom.publish(definition, { webhook: { maxBodyBytes: 10 * mib } });
    const accepted = await hookloom.call('POST', webhookUrl, body);
    assert.equal(accepted.status, 202, JSON.stringify(accepted.body));
    const [runId] = accepted.body.runIds as [string];
    return { runId, run: await hookloom.runEnd(runId, 120_000) };
  }

  it('past 10 MiB fail their node alone, and say so', async () => {
    const nodes = tooLarge(receiver.url);
    const names = Object.keys(nodes);
    const ids = names.map((_, index) => `n${index}`);
    const bodies = ids.map((id, index) => [id, { ...nodes[names[index] ?? ''], onError: ['late'] }]);
    const loop = {
      type: 'for-each',
      payload: { array: [1, 2], collect: '{{$trigger.body.six}}' },
      loopBody: ['pass'],
      onError: ['late'],
    };
    const definition = {
      nodes: {
        root: { type: 'webhook', children: [...ids, 'each'] },
        ...Object.fromEntries(bodies),
        each: loop,
        pass: { type: 'log', payload: { message: 'x' } },
        late: { type: 'log', payload: { message: 'late' } },
      },
    };
    const { runId, run: ended } = await run(definition, { six: 'x'.repeat(6 * mib) });
    const executions = await hookloom.call('GET', `/v1/runs/${runId}/executions?limit=100`);
    const errors = new Map<string, string>(
      executions.body.items.map((one: any) => [one.path, one.error?.type ?? one.status]),
    );
    const found = Object.fromEntries([
      ...ids.map((id, index) => [names[index], errors.get(id)]),
      ['what a loop collects', errors.get('each')],
    ]);
    const expected = Object.fromEntries(Object.keys(found).map((name) => [name, 'payload_too_large']));
    assert.deepEqual(found, expected);
    assert.equal(ended.status, 'success');
    assert.equal(ended.nodes.late.status, 'success');
    await checkLog(hookloom.db, runId);
  });

  it('never stand in the history of Temporal, nor do their errors', async () => {
    const definition = {
      nodes: {
        root: { type: 'webhook', children: ['get', 'bad', 'throws'] },
        get: { type: 'http-request', payload: { url: `${receiver.url}/large` }, children: ['keep'] },
        keep: {
          type: 'set',
          payload: { values: { mine: '{{$nodes.get.result.body.text}}' } },
          children: ['each'],
        },
        each: {
          type: 'for-each',
          payload: { array: ['{{$nodes.keep.result.mine}}', 2] },
          loopBody: ['pass'],
          children: ['send'],
        },
        pass: { type: 'set', payload: { values: '{{$item}}' } },
        send: {
          type: 'http-request',
          payload: { method: 'POST', url: `${receiver.url}/sent`, body: '{{$nodes.keep.result}}' },
          children: ['ask'],
        },
        ask: { type: 'wait', payload: { timeoutMs: 100 }, branches: { timed_out: ['end'] } },
        bad: {
          type: 'fail',
          payload: { type: '{{$trigger.body.text}}', message: 'x{{$trigger.body.text}}' },
          onError: ['late'],
        },
        throws: {
          type: 'code-transform',
          payload: {
            code: 'function transform(input) { throw new Error("x".repeat(300) + input); }',
            input: '{{$trigger.body.text}}',
          },
          onError: ['late'],
        },
        late: { type: 'log', payload: { message: 'late' } },
        end: { type: 'output', payload: { value: '{{$nodes.keep.result.mine}}' } },
      },
    };
    const { runId, run: ended } = await run(definition, { text: `${'y'.repeat(5_000)}${large(mib)}` });
    assert.equal(ended.status, 'success', JSON.stringify(ended.error));
    await checkLog(hookloom.db, runId);
    assert.equal(JSON.parse(receiver.requests.at(-1)?.body ?? '').mine, large(3 * mib));
    const { largestPayload: largest, text } = readHistory(await fetchHistories(hookloom, runId));
    assert.ok(text.includes(runId), 'the history was not read');
    assert.ok(!text.includes(sentinel), 'a large value is in the history');
    assert.ok(largest <= largestPayload, `a payload has ${largest} bytes`);
    const sizes = JSON.stringify(await executionsOf(runId));
    assert.ok(sizes.length < 64 * 1024, 'errors are recorded in full');
  });

  async function executionsOf(runId: string): Promise<unknown> {
    const executions = await hookloom.db.collection('executions').find({ runId }).toArray();
    return executions.map(({ error }) => error);
  }
});
