import assert from 'node:assert/strict';
import { eventually } from '../support/eventually.ts';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom } from '../support/hookloom.ts';
import { openSocket } from '../support/raw-socket.ts';

const ask = { type: 'wait', payload: {} };
const root = (child: string) => ({ type: 'webhook', children: [child] });

describe('a webhook that answers with a result', function () {
  this.timeout(180_000);
  let hookloom: Hookloom;
  before(async () => {
    hookloom = await startHookloom();
  });
  after(() => hookloom?.stop());

  const publish = (nodes: object) => hookloom.publish({ nodes }, { webhook: { respond: 'result' } });
  const post = async (url: string, key?: string) => {
    const headers = { 'content-type': 'application/json', ...(key ? { 'webhook-id': key } : {}) };
    const answer = await fetch(url, { method: 'POST', headers, body: '{"n":7}' });
    return {
      status: answer.status,
      location: answer.headers.get('location'),
      type: answer.headers.get('content-type'),
      text: await answer.text(),
    };
  };
  const waiting = () =>
    publish({
      root: root('ask'),
      ask: { ...ask, branches: { resumed: ['out'] } },
      out: { type: 'output', payload: { value: '{{$nodes.ask.result.data}}', status: 201 } },
    });
  const runOf = (workflowId: string) =>
    eventually(async () => {
      const run = await hookloom.db.collection('runs').findOne({ workflowId, status: 'waiting' });
      return String(run?._id ?? assert.fail('no run waits'));
    }, 60_000);
  const resume = async (runId: string) => {
    const { status } = await hookloom.call('POST', `/v1/runs/${runId}/nodes/ask/resume`, { data: 'yes' });
    assert.equal(status, 202);
  };

  it('answers with the status, headers and value of the first `output` node, before the run is over', async () => {
    const { id, webhookUrl } = await publish({
      root: root('out'),
      out: {
        type: 'output',
        payload: { value: 'a,b', status: 201, headers: { 'Content-Type': 'text/csv', 'X-Own': '1' } },
        children: ['ask'],
      },
      ask,
    });
    const answer = await post(webhookUrl);
    assert.deepEqual([answer.status, answer.type, answer.text], [201, 'text/csv', 'a,b']);
    assert.equal(answer.location, `/v1/runs/${await runOf(id)}`);
  });

  it('answers 200 with the output of a run without an `output` node', async () => {
    const { webhookUrl } = await publish({
      root: root('note'),
      note: { type: 'set', payload: { values: { n: '{{$trigger.body.n}}' } } },
    });
    const answer = await post(webhookUrl);
    assert.deepEqual([answer.status, JSON.parse(answer.text)], [200, { note: { n: 7 } }]);
  });

  it('answers 502 with a problem that names the run when it fails, and a duplicate the same', async () => {
    const { webhookUrl } = await publish({
      root: root('stop'),
      stop: { type: 'fail', payload: { type: 'sold_out', message: 'none left' } },
    });
    const first = await post(webhookUrl, 'a');
    assert.deepEqual([first.status, first.type], [502, 'application/problem+json']);
    const problem = JSON.parse(first.text);
    assert.equal(problem.type, '/problems/run-failed');
    assert.ok(problem.detail.includes(first.location?.split('/').at(-1)));
    const second = await post(webhookUrl, 'a');
    assert.deepEqual({ ...JSON.parse(second.text), instance: '' }, { ...problem, instance: '' });
  });

  it('answers a duplicate on another process the same, whether it comes meanwhile or afterwards', async () => {
    const other = await hookloom.startApi();
    const { id, webhookUrl } = await waiting();
    const elsewhere = webhookUrl.replace(hookloom.url, other.url);
    const first = post(webhookUrl, 'a');
    const runId = await runOf(id);
    const meanwhile = post(elsewhere, 'a');
    await eventually(async () => {
      const rows = await hookloom.db.collection('webhookEvents').countDocuments({ workflowId: id });
      assert.equal(rows, 2);
    });
    await resume(runId);
    const answers = [await first, await meanwhile, await post(elsewhere, 'a'), await post(webhookUrl, 'a')];
    for (const answer of answers) assert.deepEqual(answer, answers[0]);
    assert.deepEqual([answers[0]?.status, answers[0]?.text], [201, '"yes"']);
    await other.stop();
  });

  it('answers 202 with the place of the run when its process stops meanwhile', async () => {
    const doomed = await hookloom.startApi();
    const { id, webhookUrl } = await waiting();
    const answer = post(webhookUrl.replace(hookloom.url, doomed.url), 'a');
    const runId = await runOf(id);
    await doomed.stop();
    const { status, location, text } = await answer;
    assert.deepEqual([status, location], [202, `/v1/runs/${runId}`]);
    assert.deepEqual(JSON.parse(text).runIds, [runId]);
    assert.equal(doomed.child.exitCode, 0);
    await resume(runId);
    // The sender asks again, and gets what it did not wait for.
    assert.equal((await post(webhookUrl, 'a')).status, 201);
  });

  it('goes on when its sender leaves', async () => {
    const { id, webhookUrl } = await waiting();
    const { socket, closed } = await openSocket(webhookUrl);
    const head = 'host: localhost\r\ncontent-type: application/json\r\nwebhook-id: a\r\ncontent-length: 7';
    socket.write(`POST ${new URL(webhookUrl).pathname} HTTP/1.1\r\n${head}\r\n\r\n{"n":7}`);
    const runId = await runOf(id);
    socket.resetAndDestroy();
    await closed;
    await resume(runId);
    assert.equal((await hookloom.runEnd(runId)).status, 'success');
    assert.equal((await post(webhookUrl, 'a')).status, 201);
  });

  it('answers 202 with the place of the run when it takes longer than 25 seconds', async () => {
    const { id, webhookUrl } = await waiting();
    const from = performance.now();
    const { status, location } = await post(webhookUrl);
    assert.equal(status, 202);
    assert.ok(performance.now() - from >= 24_900);
    const runId = await runOf(id);
    assert.equal(location, `/v1/runs/${runId}`);
    await resume(runId);
  });
});
