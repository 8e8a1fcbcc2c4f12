import assert from 'node:assert/strict';
import { checkLog } from '../support/check-log.ts';
import { eventually } from '../support/eventually.ts';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom } from '../support/hookloom.ts';
import { startReceiver } from '../support/receiver.ts';
import type { Receiver } from '../support/receiver.ts';

/** How long after its end is recorded a request may go on. Source: the contract. */
const withinMs = 2_000;

/** What ends a request under way, and how its node ends. */
interface Ending {
  name: string;
  /** `slow` is the request. */
  graph: (slow: object) => object;
  /** Fields of the request's node. */
  fields?: object;
  status: 'cancelled' | 'failure';
  errorType?: string;
}

const pause = (delayMs: number, ...children: string[]) => ({
  type: 'delay',
  payload: { delayMs },
  children,
});
const fail = { type: 'fail', payload: { type: 'broken', message: 'on purpose' } };

const endings: Ending[] = [
  {
    name: 'the race that it loses',
    graph: (slow) => ({
      root: { type: 'webhook', children: ['slow', 'quick'] },
      slow: { ...slow, children: ['won'] },
      quick: pause(1_500, 'won'),
      won: { type: 'log', payload: { message: 'won' }, join: 'first' },
    }),
    status: 'cancelled',
  },
  {
    name: 'the failure of another node',
    graph: (slow) => ({
      root: { type: 'webhook', children: ['slow', 'quick'] },
      slow,
      quick: pause(1_200, 'bad'),
      bad: fail,
    }),
    status: 'cancelled',
  },
  {
    name: 'the failure of its loop',
    graph: (slow) => ({
      root: { type: 'webhook', children: ['each'] },
      each: {
        type: 'for-each',
        payload: { array: [1, 2], maxConcurrency: 2 },
        loopBody: ['choose', 'slow', 'quick', 'bad'],
      },
      choose: {
        type: 'if',
        payload: { condition: '{{$item = 1}}' },
        branches: { then: ['slow'], else: ['quick'] },
      },
      slow,
      quick: pause(1_200, 'bad'),
      bad: fail,
    }),
    status: 'cancelled',
  },
  {
    name: 'the time of its attempt',
    graph: (slow) => ({ root: { type: 'webhook', children: ['slow'] }, slow }),
    fields: { timeoutMs: 1_300, retry: { maxAttempts: 1 } },
    status: 'failure',
    errorType: 'timeout',
  },
  {
    name: 'the time of all its attempts',
    graph: (slow) => ({ root: { type: 'webhook', children: ['slow'] }, slow }),
    fields: { deadlineMs: 1_300, retry: { maxAttempts: 9 } },
    status: 'failure',
    errorType: 'timeout',
  },
];

describe('a request under way', function () {
  this.timeout(180_000);
  let hookloom: Hookloom;
  let receiver: Receiver;
  /** When the peer's socket was closed, by path; the same peer as the run's id. */
  const closedAt = new Map<string, number>();

  before(async () => {
    receiver = await startReceiver((request, response) => {
      response.on('close', () => closedAt.set(request.path, Date.now()));
      // One half never answers, the other half never ends its answer.
      if (request.path.endsWith('body')) response.write('[');
    });
    hookloom = await startHookloom({ HOOKLOOM_EGRESS_ALLOW: receiver.host });
  });
  after(async () => {
    await hookloom?.stop();
    await receiver?.stop();
  });

  async function start(graph: Ending['graph'], fields: object = {}, part = 'head'): Promise<string> {
    const payload = { url: `${receiver.url}/{{$run.id}}/${part}` };
    const nodes = graph({ type: 'http-request', payload, timeoutMs: 120_000, ...fields });
    const { webhookUrl } = await hookloom.publish({ nodes });
    const [runId] = (await hookloom.call('POST', webhookUrl, {})).body.runIds as [string];
    await eventually(() => assert.ok(isAsked(`/${runId}/${part}`)), 60_000);
    return runId;
  }
  const isAsked = (path: string) => receiver.requests.some((request) => request.path === path);

  async function closedAfter(path: string, from: number): Promise<number> {
    await eventually(() => assert.ok(closedAt.has(path), `${path} is still open`), 30_000);
    return (closedAt.get(path) as number) - from;
  }

  for (const { name, graph, fields, status, errorType } of endings) {
    it(`is ended with ${name}, its socket closed`, async () => {
      const parts = ['head', 'body'];
      await Promise.all(
        parts.map(async (part) => {
          const runId = await start(graph, fields, part);
          await hookloom.runEnd(runId, 60_000);
          const events = await checkLog(hookloom.db, runId);
          const end = events.find(
            (event) =>
              event.path?.endsWith('slow') &&
              event.type.endsWith(status === 'failure' ? 'failed' : 'cancelled'),
          );
          assert.ok(end, `${name}: ${events.map((event) => event.type).join(', ')}`);
          if (errorType) assert.ok(end.body.includes(`"type":"${errorType}"`), end.body);
          const afterMs = await closedAfter(`/${runId}/${part}`, end.recordedAt.getTime());
          assert.ok(afterMs < withinMs, `${part}: closed after ${afterMs} ms`);
        }),
      );
    });
  }

  it('is ended with its run, however old it is, its socket closed', async () => {
    const alone: Ending['graph'] = (slow) => ({ root: { type: 'webhook', children: ['slow'] }, slow });
    const ages = [0, 400, 800, 1_200, 1_700, 3_100];
    await Promise.all(
      ages.map(async (ageMs) => {
        const runId = await start(alone);
        const old = Date.now() + ageMs;
        await eventually(() => assert.ok(Date.now() >= old), ageMs + 1_000);
        const { status } = await hookloom.call('POST', `/v1/runs/${runId}/cancel`, {});
        assert.equal(status, 202);
        const afterMs = await closedAfter(`/${runId}/head`, Date.now());
        assert.ok(afterMs < withinMs, `${ageMs} ms old: closed after ${afterMs} ms`);
        assert.equal((await hookloom.runEnd(runId)).status, 'cancelled');
      }),
    );
  });

  it('is ended with the run that started its own', async () => {
    const { id } = await hookloom.publish({
      nodes: {
        root: { type: 'manual', children: ['slow'] },
        slow: {
          type: 'http-request',
          payload: { url: `${receiver.url}/child/{{$trigger.body}}` },
          timeoutMs: 120_000,
        },
      },
    });
    const { webhookUrl } = await hookloom.publish({
      nodes: {
        root: { type: 'webhook', children: ['sub'] },
        sub: { type: 'trigger-workflow', payload: { workflowId: id, payload: '{{$run.id}}' } },
      },
    });
    const [runId] = (await hookloom.call('POST', webhookUrl, {})).body.runIds as [string];
    await eventually(() => assert.ok(isAsked(`/child/${runId}`)), 60_000);
    await hookloom.call('POST', `/v1/runs/${runId}/cancel`, {});
    const afterMs = await closedAfter(`/child/${runId}`, Date.now());
    assert.ok(afterMs < withinMs, `closed after ${afterMs} ms`);
  });
});
