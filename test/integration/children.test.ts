import assert from 'node:assert/strict';
import { checkAllLogs, checkLog } from '../support/check-log.ts';
import { eventually } from '../support/eventually.ts';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom } from '../support/hookloom.ts';

const webhook = (...children: string[]) => ({ type: 'webhook', children });

describe('trigger-workflow', function () {
  this.timeout(180_000);
  let hookloom: Hookloom;
  before(async () => {
    hookloom = await startHookloom();
  });
  after(() => hookloom?.stop());

  const childOf = async (nodes: object) => (await hookloom.publish({ nodes })).id;
  const start = async (url: string, body: unknown = {}) =>
    (await hookloom.call('POST', url, body)).body.runIds[0] as string;

  async function runParent(node: object, more: object = {}, body: unknown = {}) {
    const { webhookUrl } = await hookloom.publish({ nodes: { root: webhook('sub'), sub: node, ...more } });
    const end = await hookloom.runEnd(await start(webhookUrl, body), 60_000);
    await checkLog(hookloom.db, end.id);
    return end;
  }

  it('waits for a run of another workflow, which reads the payload, and has its output', async () => {
    const workflowId = await childOf({
      root: webhook('out'),
      out: {
        type: 'output',
        payload: { value: ['{{$trigger.body.n + 1}}', '{{$inputs.n}}', '{{$trigger.source}}'] },
      },
    });
    const end = await runParent(
      {
        type: 'trigger-workflow',
        payload: { workflowId, payload: { n: '{{$trigger.body.n}}' } },
        children: ['after'],
      },
      { after: { type: 'log', payload: { message: '{{$nodes.sub.result.output[0]}}' } } },
      { n: 41 },
    );
    assert.equal(end.status, 'success', JSON.stringify(end.error));
    assert.equal(end.output.after.message, 42);
    const { body: execution } = await hookloom.call('GET', `/v1/executions/${end.nodes.sub.executionId}`);
    const { runId, status, output } = execution.output;
    assert.deepEqual([status, output], ['success', [42, 41, 'workflow']]);
    const { body: child } = await hookloom.call('GET', `/v1/runs/${runId}`);
    assert.equal(child.parentRunId, end.id);
    assert.equal(child.workflowId, workflowId);
    await checkLog(hookloom.db, runId);
  });

  it('goes on at once when it is detached', async () => {
    const workflowId = await childOf({
      root: webhook('ask'),
      ask: { type: 'wait', payload: {} },
    });
    const end = await runParent({ type: 'trigger-workflow', payload: { workflowId, mode: 'detach' } });
    assert.equal(end.output.sub.status, 'queued');
    const { runId } = end.output.sub;
    await eventually(async () => {
      assert.equal((await hookloom.call('GET', `/v1/runs/${runId}`)).body.status, 'waiting');
    });
    await hookloom.call('POST', `/v1/runs/${runId}/nodes/ask/resume`, {});
    await hookloom.runEnd(runId);
  });

  it('fails as child_failed, with what the child failed of, and takes its error edge', async () => {
    const workflowId = await childOf({
      root: webhook('bad'),
      bad: { type: 'fail', payload: { type: 'broken', message: 'on purpose' } },
    });
    const end = await runParent(
      { type: 'trigger-workflow', payload: { workflowId }, onError: ['note'] },
      {
        note: {
          type: 'log',
          payload: { message: '{{$nodes.sub.error.type}}/{{$nodes.sub.error.details.error.type}}' },
        },
      },
    );
    assert.equal(end.output.note.message, 'child_failed/broken');
  });

  it('is retried with a new run each time', async () => {
    const workflowId = await childOf({
      root: webhook('bad'),
      bad: { type: 'fail', payload: { type: 'broken', message: 'on purpose' } },
    });
    const end = await runParent({
      type: 'trigger-workflow',
      payload: { workflowId },
      retry: { maxAttempts: 3, initialIntervalMs: 20, retryOn: ['child_failed'] },
    });
    assert.deepEqual([end.status, end.error.type, end.nodes.sub.attempt], ['failure', 'child_failed', 3]);
    const { body } = await hookloom.call('GET', `/v1/workflows/${workflowId}/runs`);
    assert.deepEqual(
      body.items.map((run: any) => run.status),
      ['failure', 'failure', 'failure'],
    );
  });

  it('takes word of an ended child once, however often and late it comes', async () => {
    const workflowId = await childOf({
      root: webhook('pause'),
      pause: { type: 'delay', payload: { delayMs: 200 }, children: ['bad'] },
      bad: { type: 'fail', payload: { type: 'broken', message: 'on purpose' } },
    });
    const { webhookUrl } = await hookloom.publish({
      nodes: {
        root: webhook('sub'),
        sub: {
          type: 'trigger-workflow',
          payload: { workflowId },
          retry: { maxAttempts: 3, initialIntervalMs: 100, jitter: 0, retryOn: ['child_failed'] },
        },
      },
    });
    const runId = await start(webhookUrl);
    let isOver = false;
    const end = hookloom.runEnd(runId, 60_000).finally(() => (isOver = true));
    const { workflow } = hookloom.temporal;
    while (!isOver)
      await workflow
        .getHandle(runId)
        .signal('resumed', 'sub')
        .catch(() => undefined);
    const { status, error, nodes } = await end;
    assert.deepEqual([status, error.type, nodes.sub.attempt], ['failure', 'child_failed', 3]);
    const { body } = await hookloom.call('GET', `/v1/workflows/${workflowId}/runs`);
    assert.deepEqual(
      body.items.map((run: any) => run.status),
      ['failure', 'failure', 'failure'],
    );
    const types = (await checkLog(hookloom.db, runId)).map(({ type }) => type);
    for (const type of ['node.started', 'node.waiting'])
      assert.equal(types.filter((one) => one === type).length, 3, types.join(', '));
  });

  it('cancels the child it waits for when it is cancelled itself, and fails when the child is', async () => {
    const workflowId = await childOf({ root: webhook('ask'), ask: { type: 'wait', payload: {} } });
    const { webhookUrl } = await hookloom.publish({
      nodes: { root: webhook('sub'), sub: { type: 'trigger-workflow', payload: { workflowId } } },
    });
    const childOfRun = (parent: string) =>
      eventually(async () => {
        const { body } = await hookloom.call('GET', `/v1/workflows/${workflowId}/runs`);
        const child = body.items.find((run: any) => run.parentRunId === parent && run.status === 'waiting');
        const { body: log } = await hookloom.call('GET', `/v1/runs/${parent}/events?limit=50`);
        const logged = log.items.map(({ type, path, at }: any) => [type, path, at]);
        assert.ok(child, JSON.stringify({ parent, logged, children: body.items }));
        return child.id as string;
      });
    const first = await start(webhookUrl);
    const firstChild = await childOfRun(first);
    await hookloom.call('POST', `/v1/runs/${first}/cancel`, { reason: 'by a test' });
    assert.equal((await hookloom.runEnd(firstChild)).status, 'cancelled');
    assert.equal((await hookloom.runEnd(first)).status, 'cancelled');

    const second = await start(webhookUrl);
    await hookloom.call('POST', `/v1/runs/${await childOfRun(second)}/cancel`, {});
    assert.equal((await hookloom.runEnd(second)).error.type, 'child_cancelled');
  });

  it('fails with invalid_input for a workflow that is not there, and with depth_limit past ten', async () => {
    const missing = await runParent({ type: 'trigger-workflow', payload: { workflowId: 'wf_missing' } });
    assert.deepEqual([missing.error.type, missing.nodes.sub.attempt], ['invalid_input', 1]);

    const { id, webhookUrl } = await hookloom.publish({
      nodes: {
        root: webhook('sub'),
        sub: { type: 'trigger-workflow', payload: { workflowId: '{{$workflow.id}}' } },
      },
    });
    const end = await hookloom.runEnd(await start(webhookUrl), 60_000);
    assert.equal(end.status, 'failure');
    const { body } = await hookloom.call('GET', `/v1/workflows/${id}/runs?limit=100`);
    assert.equal(body.items.length, 11);
    assert.equal(body.items.filter((run: any) => run.error.type === 'depth_limit').length, 1);
  });

  it('loses no child and no parent when the worker is killed', async () => {
    const workflowId = await childOf({
      root: webhook('pause'),
      pause: { type: 'delay', payload: { delayMs: 300 }, children: ['out'] },
      out: { type: 'output', payload: { value: '{{$inputs}}' } },
    });
    const { id, webhookUrl } = await hookloom.publish({
      nodes: {
        root: webhook('each'),
        each: {
          type: 'for-each',
          payload: { array: [1, 2, 3, 4, 5, 6], maxConcurrency: 3, collect: '{{$nodes.sub.result.output}}' },
          loopBody: ['sub'],
        },
        sub: { type: 'trigger-workflow', payload: { workflowId, payload: '{{$item}}' } },
      },
    });
    const worker = await hookloom.startWorker();
    const runId = await start(webhookUrl);
    await eventually(async () => {
      const { body } = await hookloom.call('GET', `/v1/workflows/${workflowId}/runs`);
      assert.ok(body.items.length >= 2);
    });
    await worker.kill();
    const end = await hookloom.runEnd(runId, 90_000);
    assert.deepEqual(
      end.output.each.iterations.map((one: any) => one.result),
      [1, 2, 3, 4, 5, 6],
    );
    const { body } = await hookloom.call('GET', `/v1/workflows/${workflowId}/runs`);
    assert.equal(body.items.length, 6);
    assert.ok(id);
    await checkAllLogs(hookloom.db);
  });
});
