import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readStream } from '../../src/dev/read-stream.ts';
import { wellFormed, wellFormedText } from '../../src/engine/json/well-formed.ts';
import { checkLog } from '../support/check-log.ts';
import { eventually } from '../support/eventually.ts';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom } from '../support/hookloom.ts';
import { startReceiver } from '../support/receiver.ts';
import type { Receiver } from '../support/receiver.ts';
import { executionsOf } from '../support/run-case.ts';

/** Texts with every kind of surrogate: alone, turned round, in pairs, at either end. */
const text = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 4 }),
      fc.constantFrom(
        '\ud800',
        '\udfff',
        '\udc00\ud800',
        '😀',
        '\u0000',
        '\u2028',
        '$a.b',
        '{{',
        '}}',
        '\\u',
      ),
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((parts) => parts.join(''));
const given = fc.record({ name: text, value: text });

/** The digits of numbers that a double does not hold are kept as text. */
const exact = { big: '7615917337495251231', huge: '1e400', plain: 1.5 };
const digits = '"big":7615917337495251231,"huge":1e400,"plain":1.5';

describe('any text, number and name that goes through a run', function () {
  this.timeout(180_000);
  let hookloom: Hookloom;
  let receiver: Receiver;
  let webhookUrl: string;
  /** What the peer answers next, and the hooks that came. */
  let answer = '{}';

  before(async () => {
    receiver = await startReceiver(({ path }, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(path === '/peer' ? answer : '{}');
    });
    hookloom = await startHookloom({ HOOKLOOM_EGRESS_ALLOW: receiver.host });
    const child = await hookloom.publish({
      nodes: {
        root: { type: 'webhook', children: ['out'] },
        out: { type: 'output', payload: { value: '{{$trigger.body}}' } },
      },
    });
    const goesOn = { continueOnError: true };
    const body = '{{$trigger.body}}';
    const published = await hookloom.publish({
      nodes: {
        root: { type: 'webhook', children: ['set', 'code', 'ask', 'sub', 'thrown', 'told', 'typed', 'said'] },
        set: { type: 'set', payload: { values: body } },
        code: {
          type: 'code-transform',
          payload: { code: 'function transform(i) { console.log(i.value); return i }', input: body },
        },
        ask: { type: 'http-request', payload: { url: `${receiver.url}/peer` } },
        sub: { type: 'trigger-workflow', payload: { workflowId: child.id, payload: body } },
        thrown: {
          type: 'code-transform',
          payload: { code: 'function transform(i) { throw new Error(i.value) }', input: body },
          ...goesOn,
        },
        told: {
          type: 'fail',
          payload: { type: 'told', message: '{{$trigger.body.value}}' },
          ...goesOn,
        },
        typed: { type: 'fail', payload: { type: 't{{$trigger.body.value}}', message: 'm' }, ...goesOn },
        said: { type: 'set', payload: { values: '{{$error($trigger.body.value)}}' }, ...goesOn },
      },
    });
    webhookUrl = published.webhookUrl;
    const endpoint = { url: `${receiver.url}/hook`, subscribedEventTypes: ['*', 'node.log'] };
    assert.equal((await hookloom.call('POST', '/v1/execution-webhooks', endpoint)).status, 201);
  });
  after(async () => {
    await hookloom?.stop();
    await receiver?.stop();
  });

  it('is the same in record, log, stream, hook and history, from every way in (faults 1, 8)', async () => {
    await fc.assert(
      fc.asyncProperty(given, async ({ name, value }) => {
        const written = `{${JSON.stringify(`k${name}`)}:[${JSON.stringify(value)}],"value":${JSON.stringify(value)},${digits}}`;
        const kept = {
          [wellFormedText(`k${name}`)]: [wellFormedText(value)],
          value: wellFormedText(value),
          ...exact,
        };
        answer = written;
        const accepted = await hookloom.call('POST', webhookUrl, written);
        assert.equal(accepted.status, 202, JSON.stringify(accepted.body));
        const runId = accepted.body.runIds[0] as string;
        const run = await hookloom.runEnd(runId, 60_000);
        assert.equal(run.status, 'success', JSON.stringify(run.error));
        assert.deepEqual(run.input, kept);

        const nodes = await executionsOf(hookloom, runId);
        assert.deepEqual(nodes.get('set').output, kept, 'set');
        assert.deepEqual(nodes.get('code').output.output, kept, 'code-transform');
        assert.deepEqual(nodes.get('ask').output.body, kept, 'http-request');
        assert.deepEqual(nodes.get('sub').output.output, kept, 'child');
        for (const path of ['thrown', 'told', 'said'])
          assert.ok(
            nodes.get(path).error.message.includes(kept.value),
            `${path}: ${JSON.stringify(nodes.get(path).error)}`,
          );
        assert.equal(nodes.get('typed').error.type, `t${kept.value}`);

        const events = await checkLog(hookloom.db, runId);
        const logged = events.map((event) => JSON.parse(event.body) as { id: string; type: string });
        assert.deepEqual(logged, wellFormed(logged as never));
        const streamed = await streamOf(runId);
        assert.deepEqual(streamed, logged, 'stream');
        await eventually(() => assert.deepEqual(hooksOf(runId), byId(logged), 'hooks'), 60_000);
        const { events: history } = await hookloom.temporal.workflow.getHandle(runId).fetchHistory();
        for (const text of payloadsOf(history ?? [])) assert.equal(text, wellFormedText(text));
      }),
      { numRuns: 8, includeErrorInReport: true },
    );
  });

  async function streamOf(runId: string): Promise<unknown[]> {
    const response = await fetch(`${hookloom.url}/v1/runs/${runId}/stream`, {
      headers: { authorization: `Bearer ${hookloom.key}` },
    });
    const events: unknown[] = [];
    for await (const { event, data } of readStream(response)) {
      if (event === 'end') break;
      events.push(JSON.parse(data));
    }
    return events;
  }

  function hooksOf(runId: string): unknown[] {
    const events = receiver.requests
      .filter(({ path }) => path === '/hook')
      .map(({ body }) => JSON.parse(body) as any);
    return byId(events.filter((event) => event.runId === runId || event.data?.runId === runId));
  }
});

function byId<Event>(events: readonly Event[]): Event[] {
  const id = (event: Event) => String((event as { id?: string }).id);
  return [...new Map(events.map((event) => [id(event), event])).values()].toSorted((a, b) =>
    id(a).localeCompare(id(b)),
  );
}

/** Every payload of a history, as text. */
function payloadsOf(value: unknown): string[] {
  if (value instanceof Uint8Array) return [Buffer.from(value).toString('utf8')];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(payloadsOf);
}
