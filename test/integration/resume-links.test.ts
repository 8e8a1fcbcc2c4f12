import assert from 'node:assert/strict';
import { checkLog } from '../support/check-log.ts';
import { eventually } from '../support/eventually.ts';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom } from '../support/hookloom.ts';
import { readHistory } from '../support/read-history.ts';
import { startReceiver } from '../support/receiver.ts';
import type { Receiver } from '../support/receiver.ts';

describe('a resume link', function () {
  this.timeout(180_000);
  let hookloom: Hookloom;
  let receiver: Receiver;
  /** Called with each message before it is answered: what somebody does who is quicker than the wait. */
  let beforeAnswer: (link: string) => Promise<unknown> = async () => undefined;

  before(async () => {
    receiver = await startReceiver((request, response) => {
      void beforeAnswer(linkIn(request.body)).finally(() => response.writeHead(200).end(request.body));
    });
    hookloom = await startHookloom({ HOOKLOOM_EGRESS_ALLOW: receiver.host });
  });
  after(async () => {
    await hookloom?.stop();
    await receiver?.stop();
  });

  /** The path of the link in a message. */
  const linkIn = (text: string) =>
    /\/v1\/resume\/[\w.-]+/.exec(text)?.[0] ?? assert.fail(`no link in ${text}`);
  const use = (link: string, data: unknown = null) =>
    hookloom.call('POST', link, { data }, { authorization: '' });

  const tell = (more: object = {}) => ({
    type: 'http-request',
    payload: { method: 'POST', url: `${receiver.url}/tell`, body: "Answer here: {{ $resumeUrl('ask') }}" },
    children: ['ask'],
    ...more,
  });
  const ask = (payload: object = {}) => ({
    type: 'wait',
    payload: { timeoutMs: 3_600_000, ...payload },
    branches: { resumed: ['go'], timed_out: ['late'] },
  });
  const log = (message: string) => ({ type: 'log', payload: { message } });
  const definition = (nodes: object = {}) => ({
    nodes: {
      root: { type: 'webhook', children: ['tell'] },
      tell: tell(),
      ask: ask(),
      go: log('{{$nodes.ask.result.data.answer}}'),
      late: log('late'),
      ...nodes,
    },
  });

  async function start(graph: object, body: unknown = {}): Promise<string> {
    const { webhookUrl } = await hookloom.publish(graph);
    return (await hookloom.call('POST', webhookUrl, body)).body.runIds[0];
  }

  async function waiting(runId: string): Promise<string> {
    await eventually(async () => {
      const { nodes } = (await hookloom.call('GET', `/v1/runs/${runId}`)).body;
      assert.equal(nodes.ask?.status, 'waiting', JSON.stringify(nodes));
    }, 30_000);
    return linkIn(receiver.requests.at(-1)?.body ?? '');
  }

  it('resumes its wait once, without a key, and stands nowhere', async () => {
    const runId = await start(definition());
    const link = await waiting(runId);
    const read = await hookloom.call('GET', link, undefined, { authorization: '' });
    assert.deepEqual([read.status, read.body.status, read.body.runId], [200, 'waiting', runId]);
    const answers = await Promise.all([use(link, { answer: 'a' }), use(link, { answer: 'b' })]);
    assert.deepEqual(answers.map(({ status }) => status).sort(), [202, 409]);
    const run = await hookloom.runEnd(runId);
    assert.equal(run.output.go.message, answers[0]?.status === 202 ? 'a' : 'b');
    assert.equal((await use(link)).status, 409);
    assert.equal((await hookloom.call('GET', link)).body.status, 'over');
    const stored = JSON.stringify([
      await checkLog(hookloom.db, runId),
      run,
      await hookloom.db.collection('executions').find({ runId }).toArray(),
    ]);
    assert.ok(stored.includes('[redacted]') && !stored.includes('/v1/resume/'), stored);
    const { events } = await hookloom.temporal.workflow.getHandle(runId).fetchHistory();
    const history = readHistory(events).text;
    assert.ok(history.includes(runId) && !history.includes('/v1/resume/'));
  });

  it('used before the wait begins is kept and resumes it at once, and only once', async () => {
    const early: number[] = [];
    beforeAnswer = async (link) => {
      early.push(
        (await use(link, { answer: 'early' })).status,
        (await use(link, { answer: 'again' })).status,
      );
    };
    try {
      const run = await hookloom.runEnd(await start(definition()));
      assert.deepEqual(early, [202, 409]);
      assert.equal(run.output.go.message, 'early');
      const types = (await checkLog(hookloom.db, run.id))
        .filter(({ path }) => path === 'ask')
        .map(({ type }) => type);
      assert.deepEqual(types.slice(-3), ['node.waiting', 'node.resumed', 'node.succeeded']);
    } finally {
      beforeAnswer = async () => undefined;
    }
  });

  it('that is used while the wait begins is never lost', async () => {
    const graph = definition({
      root: { type: 'webhook', children: ['tell', 'ask'] },
      tell: tell({ children: [] }),
    });
    const statuses: number[] = [];
    beforeAnswer = async (link) => void statuses.push((await use(link, { answer: 'now' })).status);
    try {
      const { webhookUrl } = await hookloom.publish(graph);
      const started = await Promise.all(
        Array.from({ length: 12 }, () => hookloom.call('POST', webhookUrl, {})),
      );
      for (const { body } of started)
        assert.equal((await hookloom.runEnd(body.runIds[0], 60_000)).output.go.message, 'now');
      assert.deepEqual(new Set(statuses), new Set([202]));
    } finally {
      beforeAnswer = async () => undefined;
    }
  });

  it('takes only data that fits the form, before the wait too', async () => {
    const formSchema = { type: 'object', properties: { answer: { type: 'string' } }, required: ['answer'] };
    const early: number[] = [];
    beforeAnswer = async (link) => void early.push((await use(link, { answer: 1 })).status);
    try {
      const runId = await start(definition({ ask: ask({ formSchema }) }));
      const link = await waiting(runId);
      assert.deepEqual(early, [400]);
      const refused = await use(link, { answer: 2 });
      assert.deepEqual([refused.status, refused.body.errors[0].pointer], [400, '/data/answer']);
      assert.deepEqual((await hookloom.call('GET', link)).body.formSchema, formSchema);
      assert.equal((await use(link, { answer: 'yes' })).status, 202);
      assert.equal((await hookloom.runEnd(runId)).output.go.message, 'yes');
    } finally {
      beforeAnswer = async () => undefined;
    }
  });

  it('whose early data does not fit a form that was computed leaves the wait as it is', async () => {
    beforeAnswer = async (link) => void assert.equal((await use(link, { answer: 1 })).status, 202);
    try {
      const formSchema = { type: 'object', properties: { answer: { type: '{{$trigger.body.type}}' } } };
      const runId = await start(definition({ ask: ask({ formSchema }) }), { type: 'string' });
      const link = await waiting(runId);
      assert.equal((await use(link, { answer: 'yes' })).status, 202);
      assert.equal((await hookloom.runEnd(runId)).output.go.message, 'yes');
      await checkLog(hookloom.db, runId);
    } finally {
      beforeAnswer = async () => undefined;
    }
  });

  it('inside a loop is that of its iteration', async () => {
    receiver.requests.length = 0;
    const runId = await start({
      nodes: {
        root: { type: 'webhook', children: ['each'] },
        each: {
          type: 'for-each',
          payload: { array: ['x', 'y', 'z'], maxConcurrency: 3, collect: '{{$nodes.ask.result.data}}' },
          loopBody: ['tell', 'ask'],
        },
        tell: {
          ...tell(),
          payload: {
            method: 'POST',
            url: `${receiver.url}/tell`,
            body: { item: '{{$item}}', link: "{{$resumeUrl('ask')}}" },
          },
        },
        ask: { type: 'wait' },
      },
    });
    await eventually(() => assert.equal(receiver.requests.length, 3), 30_000);
    for (const { body } of [...receiver.requests].reverse()) {
      assert.equal((await use(linkIn(body), `for ${JSON.parse(body).item}`)).status, 202);
    }
    const run = await hookloom.runEnd(runId);
    assert.deepEqual(
      run.output.each.iterations.map((one: any) => one.result),
      ['for x', 'for y', 'for z'],
    );
    await checkLog(hookloom.db, runId);
  });

  it('expires with its wait and its run, and a forged one is unknown like any other', async () => {
    const runId = await start(definition({ ask: ask({ timeoutMs: 500 }) }));
    await eventually(() => assert.ok(receiver.requests.length > 0));
    assert.equal((await hookloom.runEnd(runId)).output.late.message, 'late');
    const link = linkIn(receiver.requests.at(-1)?.body ?? '');
    assert.equal((await use(link)).status, 409);
    const [claim = '', signature = ''] = link.slice('/v1/resume/'.length).split('.');
    const other = Buffer.from(JSON.stringify([1, runId, 'tell'])).toString('base64url');
    const forged = [
      `${claim}.${signature.slice(0, -2)}AA`,
      `${other}.${signature}`,
      claim,
      `${claim}.${signature}.x`,
      'x',
      '%00',
    ];
    const answers = await Promise.all(forged.map((token) => use(`/v1/resume/${token}`)));
    for (const answer of answers) assert.equal(answer.status, 404);
    assert.equal(new Set(answers.map(({ body }) => `${body.title} ${body.detail}`)).size, 1);
  });

  it('is refused where it would be recorded, and for what is no wait', async () => {
    const codes = async (payload: object, type = 'http-request') => {
      const graph = definition({ tell: { type, payload, children: ['ask'] } });
      const { body } = await hookloom.call('POST', '/v1/workflows/validate', { definition: graph });
      return body.problems.map((one: any) => one.code);
    };
    assert.deepEqual(await codes({ message: "{{$resumeUrl('ask')}}" }, 'log'), ['secret_recorded']);
    assert.deepEqual(await codes({ url: "https://a.example/{{$resumeUrl('go')}}" }), ['reference_unknown']);
    assert.deepEqual(await codes({ url: 'https://a.example/{{$resumeUrl($trigger.body.id)}}' }), [
      'expression_syntax',
    ]);
  });
});
