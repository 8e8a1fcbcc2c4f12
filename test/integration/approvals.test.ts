import assert from 'node:assert/strict';
import { envelopeOf } from '../../src/store/log/events.ts';
import { createResumeLinks } from '../../src/store/waits/resume-links.ts';
import { checkLog } from '../support/check-log.ts';
import { eventually } from '../support/eventually.ts';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom } from '../support/hookloom.ts';

const browser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

const formSchema = {
  type: 'object',
  required: ['amount'],
  properties: {
    amount: { type: 'integer', title: 'Amount <in cents>', minimum: 1 },
    note: { type: 'string', description: 'Shown to the customer' },
    tags: { type: 'array', title: 'Tags', items: { enum: ['new', 'vip'] } },
    urgent: { type: 'boolean', title: 'Urgent' },
    to: { type: 'object', title: 'Address', properties: { city: { type: 'string', title: 'City' } } },
  },
};
const choices = [
  { value: 'approve', label: 'Approve the refund' },
  { value: 'refuse', label: 'Refuse' },
];

describe('an approval', function () {
  this.timeout(120_000);
  let hookloom: Hookloom;

  before(async () => {
    hookloom = await startHookloom();
  });
  after(() => hookloom?.stop());

  const graph = (payload: object) => ({
    nodes: {
      root: { type: 'webhook', children: ['ask'] },
      ask: {
        type: 'wait',
        title: 'A refund',
        description: 'Written at the node',
        payload,
        branches: { resumed: ['go'], timed_out: [] },
      },
      go: { type: 'set', payload: { values: '{{$nodes.ask.result.data}}' } },
    },
  });

  /** Starts a run, and makes the link of its wait. */
  async function start(
    payload: object,
    name = 'Refunds',
  ): Promise<{ runId: string; link: string; id: string }> {
    const { id, webhookUrl } = await hookloom.publish(graph(payload), { name });
    const { body } = await hookloom.call('POST', webhookUrl, { customer: 'Ada & <Co>' });
    const [runId] = body.runIds;
    const links = createResumeLinks(hookloom.env['HOOKLOOM_MASTER_KEY'] ?? '', hookloom.url);
    return { runId, id, link: links.urlOf({ runId, path: 'ask' }) };
  }
  const waiting = (runId: string, node = 'ask') =>
    eventually(async () => {
      const { body } = await hookloom.call('GET', `/v1/runs/${runId}`);
      assert.equal(body.nodes[node]?.status, 'waiting');
    }, 20_000);
  const look = async (link: string, method = 'GET') => {
    const answer = await fetch(link, { method, headers: browser });
    return { status: answer.status, page: await answer.text(), headers: answer.headers };
  };
  const send = async (link: string, fields: Record<string, string> | [string, string][]) => {
    const body = new URLSearchParams(fields);
    const answer = await fetch(link, { method: 'POST', body, headers: browser, redirect: 'manual' });
    return { status: answer.status, page: await answer.text(), headers: answer.headers };
  };
  /** The data of the last event of a type. */
  const lastOf = async (runId: string, type: string): Promise<any> => {
    const event = (await checkLog(hookloom.db, runId)).findLast((one) => one.type === type);
    return event ? envelopeOf(event).data : assert.fail(`no ${type}`);
  };

  it('is a page with a form for a browser, which only sending the form answers', async () => {
    const title = 'Refund for {{$trigger.body.customer}}?';
    const { runId, link } = await start({ title, formSchema, choices, timeoutMs: 3_600_000 });
    await waiting(runId);
    const { status, page, headers } = await look(link);
    assert.equal(status, 200);
    assert.match(headers.get('content-type') ?? '', /^text\/html/);
    const policy = headers.get('content-security-policy') ?? '';
    assert.match(policy, /default-src 'none'.*form-action 'self'.*frame-ancestors 'none'/);
    assert.doesNotMatch(policy, /unsafe|script-src/);
    assert.doesNotMatch(page, /<script|<Co>|<in cents>/);
    for (const part of ['Refund for Ada &amp; &lt;Co&gt;?', 'Written at the node', 'Amount &lt;in cents&gt;'])
      assert.ok(page.includes(part), `no ${part} in ${page}`);
    for (const part of ['Approve the refund', 'value="refuse"', 'Can be answered until'])
      assert.ok(page.includes(part), `no ${part} in ${page}`);
    await look(link, 'HEAD');
    await fetch(`${link}?choice=approve&data%2Famount=5`, { headers: browser });
    await waiting(runId);

    const wrong = await send(link, { 'data/amount': '0', 'data/note': 'sorry "x"', choice: 'approve' });
    assert.equal(wrong.status, 400);
    assert.match(wrong.page, /id="data\/amount-wrong">Expected at least 1/);
    assert.match(wrong.page, /value="sorry &quot;x&quot;"/);
    const empty = await send(link, { choice: 'approve' });
    assert.match(empty.page, /id="data\/amount-wrong">This is needed/);
    const unnamed = await send(link, { 'data/amount': '5' });
    assert.equal(unnamed.status, 400);
    assert.match(unnamed.page, /choice: expected &quot;approve&quot; or &quot;refuse&quot;/);

    const sent = await send(link, [
      ['data/amount', '500'],
      ['data/note', ''],
      ['data/tags', '"vip"'],
      ['data/urgent', 'on'],
      ['data/to/city', 'Bergen'],
      ['choice', 'refuse'],
      ['name', ' Ada Lovelace '],
    ]);
    assert.equal(sent.status, 303);
    const after = await look(new URL(sent.headers.get('location') ?? '', link).href);
    assert.match(after.page, /Answered by Ada Lovelace/);
    assert.doesNotMatch(after.page, /<form|127\.0\.0\.1/);
    const run = await hookloom.runEnd(runId);
    const data = { amount: 500, tags: ['vip'], urgent: true, to: { city: 'Bergen' }, choice: 'refuse' };
    assert.deepEqual(run.output.go, data);
    const { answeredBy } = await lastOf(runId, 'node.resumed');
    assert.equal(answeredBy.name, 'Ada Lovelace');
    assert.equal(answeredBy.address, '127.0.0.1');
    const again = await send(link, { 'data/amount': '1', choice: 'approve' });
    assert.equal(again.status, 409);
    assert.match(again.page, /Answered by Ada Lovelace/);
  });

  it('takes JSON too, and says by which key or name it was answered', async () => {
    const { runId, link } = await start({ choices: ['yes', 'no'] });
    await waiting(runId);
    const read = await hookloom.call('GET', link);
    assert.deepEqual(read.body.choices, [
      { value: 'yes', label: 'yes' },
      { value: 'no', label: 'no' },
    ]);
    assert.deepEqual([read.body.title, read.body.status, read.body.outcome], ['A refund', 'waiting', null]);
    const refused = await hookloom.call('POST', link, { data: { choice: 'perhaps' } });
    assert.deepEqual([refused.status, refused.body.errors[0].pointer], [400, '/data/choice']);
    assert.equal((await hookloom.call('POST', link, { data: null })).status, 400);
    const path = `/v1/runs/${runId}/nodes/ask/resume`;
    assert.equal((await hookloom.call('POST', path, { data: { choice: 'yes' }, name: 'Grace' })).status, 202);
    assert.deepEqual((await hookloom.runEnd(runId)).output.go, { choice: 'yes' });
    const { answeredBy } = await lastOf(runId, 'node.resumed');
    assert.equal(answeredBy.name, 'Grace');
    assert.match(answeredBy.apiKeyId, /^key_/);
    assert.deepEqual((await hookloom.call('GET', link)).body.answeredBy, {
      at: answeredBy.at,
      name: 'Grace',
    });
  });

  it('says so when its link is unknown, its time is over or nobody needs it any more', async () => {
    const late = await start({ timeoutMs: 300 });
    await hookloom.runEnd(late.runId);
    const over = await look(late.link);
    assert.equal(over.status, 200);
    assert.match(over.page, /The time to answer is over/);
    assert.equal((await send(late.link, {})).status, 409);
    const ended = await start({});
    await waiting(ended.runId);
    await hookloom.call('POST', `/v1/runs/${ended.runId}/cancel`, {});
    await hookloom.runEnd(ended.runId);
    assert.match((await look(ended.link)).page, /No answer is needed any more/);
    const unknown = await look(`${hookloom.url}/v1/resume/x.y`);
    assert.equal(unknown.status, 404);
    assert.match(unknown.page, /This link leads nowhere/);
    assert.equal((await send(`${hookloom.url}/v1/resume/x.y`, {})).status, 404);
    assert.equal((await hookloom.call('GET', '/v1/resume/x.y')).body.type, '/problems/not-found');
  });

  it('is called to mind once, and can be answered or time out after that', async () => {
    const asked = { title: 'Soon?', remindAfterMs: 200, timeoutMs: 700 };
    const { runId } = await start(asked);
    const run = await hookloom.runEnd(runId);
    assert.equal(run.nodes.ask.status, 'success');
    const log = await checkLog(hookloom.db, runId);
    const types = log.filter(({ path }) => path === 'ask').map(({ type }) => type);
    assert.deepEqual(types.slice(-4), ['node.waiting', 'node.reminder', 'node.resumed', 'node.succeeded']);
    const reminder = await lastOf(runId, 'node.reminder');
    assert.deepEqual(reminder.input, asked);
    assert.ok(reminder.since < reminder.until);

    const second = await start({ remindAfterMs: 100 });
    const nodes = `/v1/runs/${second.runId}`;
    await eventually(async () => {
      const { body } = await hookloom.call('GET', `${nodes}/events`);
      assert.ok(body.items.some((event: any) => event.type === 'node.reminder'));
    });
    await hookloom.call('POST', `${nodes}/nodes/ask/resume`, { data: 1 });
    assert.equal((await hookloom.runEnd(second.runId)).output.go, 1);

    const early = await start({ remindAfterMs: 60_000 });
    await waiting(early.runId);
    await hookloom.call('POST', `/v1/runs/${early.runId}/nodes/ask/resume`, { data: 2 });
    assert.equal((await hookloom.runEnd(early.runId)).output.go, 2);
  });

  it('is in the inbox of open waits while it is open', async () => {
    const { runId, id } = await start({ title: 'First', choices: ['yes'], timeoutMs: 3_600_000 }, 'Inbox');
    await waiting(runId);
    const { body: second } = await hookloom.call('POST', `/v1/workflows/${id}/run`, { payload: {} });
    await waiting(second.runId);
    const list = async (query: string) => (await hookloom.call('GET', `/v1/waits?${query}`)).body;
    const all = await list(`workflowId=${id}`);
    assert.deepEqual(
      all.items.map((one: any) => [one.runId, one.workflowName, one.title, one.path]),
      [
        [second.runId, 'Inbox', 'First', 'ask'],
        [runId, 'Inbox', 'First', 'ask'],
      ],
    );
    assert.ok(all.items[0].expiresAt > all.items[0].startedAt);
    const page = await list(`workflowId=${id}&limit=1`);
    assert.equal(page.items.length, 1);
    const rest = await list(`workflowId=${id}&limit=1&cursor=${page.nextCursor}`);
    assert.deepEqual([rest.items[0].runId, rest.nextCursor], [runId, null]);
    assert.equal((await list(`runId=${runId}`)).items.length, 1);
    await hookloom.call('POST', `/v1/runs/${runId}/nodes/ask/resume`, { data: { choice: 'yes' } });
    await hookloom.runEnd(runId);
    assert.deepEqual(
      (await list(`workflowId=${id}`)).items.map((one: any) => one.runId),
      [second.runId],
    );
    const refused = await hookloom.call('GET', '/v1/waits?cursor=x');
    assert.equal(refused.status, 400);
    assert.equal((await fetch(`${hookloom.url}/v1/waits`)).status, 401);
  });

  it('keeps who answered before the wait has begun', async () => {
    const { webhookUrl } = await hookloom.publish({
      nodes: {
        root: { type: 'webhook', children: ['pause'] },
        pause: { type: 'wait', payload: {}, children: [], branches: { resumed: ['ask'], timed_out: [] } },
        ask: { type: 'wait', payload: { choices: ['yes'] }, branches: { resumed: ['go'], timed_out: [] } },
        go: { type: 'set', payload: { values: '{{$nodes.ask.result.data}}' } },
      },
    });
    const { body } = await hookloom.call('POST', webhookUrl, {});
    const [runId] = body.runIds;
    const links = createResumeLinks(hookloom.env['HOOKLOOM_MASTER_KEY'] ?? '', hookloom.url);
    const link = links.urlOf({ runId, path: 'ask' });
    assert.match((await look(link)).page, /value="yes"/);
    assert.equal((await send(link, { choice: 'yes', name: 'Early' })).status, 303);
    assert.match((await look(link)).page, /Answered by Early.*kept until the run asks/s);
    await waiting(runId, 'pause');
    await hookloom.call('POST', `/v1/runs/${runId}/nodes/pause/resume`, {});
    assert.deepEqual((await hookloom.runEnd(runId)).output.go, { choice: 'yes' });
    assert.equal((await lastOf(runId, 'node.resumed')).answeredBy.name, 'Early');
  });

  it('is refused at save when its choices could not be told apart or answered', async () => {
    const problems = async (payload: object) => {
      const { body } = await hookloom.call('POST', '/v1/workflows/validate', { definition: graph(payload) });
      return body.problems.map((one: any) => one.pointer);
    };
    const at = '/nodes/ask/payload';
    assert.deepEqual(await problems({ choices: [] }), [`${at}/choices`]);
    assert.deepEqual(await problems({ choices: ['a', { value: 'a', label: 'A' }] }), [`${at}/choices`]);
    const own = { type: 'object', properties: { choice: { type: 'string' } } };
    assert.deepEqual(await problems({ choices: ['a'], formSchema: own }), [`${at}/formSchema`]);
    assert.deepEqual(await problems({ formSchema: own }), []);
    assert.deepEqual(await problems({ remindAfterMs: 0 }), [`${at}/remindAfterMs`]);
  });
});
