import assert from 'node:assert/strict';
import { checkAllLogs, checkLog } from '../support/check-log.ts';
import { eventually } from '../support/eventually.ts';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom } from '../support/hookloom.ts';

const failing = {
  root: { type: 'webhook', children: ['bad'] },
  bad: { type: 'fail', payload: { type: 'broken', message: 'on purpose' } },
};
const reporter = {
  root: { type: 'manual', children: ['out'] },
  out: { type: 'output', payload: { value: { source: '{{$trigger.source}}', body: '{{$trigger.body}}' } } },
};

describe('failure workflows', function () {
  this.timeout(600_000);
  let hookloom: Hookloom;
  let reporterId: string;
  before(async () => {
    hookloom = await startHookloom({}, { worker: 'process' });
    reporterId = (await hookloom.publish({ nodes: reporter })).id;
  });
  after(() => hookloom?.stop());

  const start = async (url: string) => (await hookloom.call('POST', url, {})).body.runIds[0] as string;
  const failureOf = async (nodes: object, onFailure?: object) => {
    const settings = onFailure ? { settings: { onFailure } } : {};
    const { webhookUrl } = await hookloom.publish({ nodes, ...settings });
    return hookloom.runEnd(await start(webhookUrl), 150_000);
  };
  const setDefault = (onFailure: object | null) => hookloom.call('PATCH', '/v1/organization', { onFailure });

  it('start with the run, the node and the error of what failed, and both logs know', async () => {
    const failed = await failureOf(failing, { workflowId: reporterId });
    assert.match(failed.failureRunId, /^run_/);
    const started = await eventually(() => hookloom.runEnd(failed.failureRunId, 150_000), 150_000);
    assert.equal(started.failedRunId, failed.id);
    const { source, body } = started.output;
    assert.deepEqual(
      [source, body.run.id, body.run.status, body.node.nodeId, body.node.nodeType, body.error.type],
      ['failure', failed.id, 'failure', 'bad', 'fail', 'broken'],
    );
    assert.ok(body.links.run.endsWith(`/v1/runs/${failed.id}`));
    const last = (await checkLog(hookloom.db, failed.id)).at(-1);
    assert.equal(JSON.parse(last?.body ?? '').data.failureRunId, started.id);
    const first = (await checkLog(hookloom.db, started.id))[0];
    assert.equal(JSON.parse(first?.body ?? '').data.failedRunId, failed.id);
  });

  it('start none of a run that a failure has started, so that failures do not go round', async () => {
    const { id } = await hookloom.publish({
      nodes: { ...failing, root: { type: 'manual', children: ['bad'] } },
    });
    await setDefault({ workflowId: id });
    const failed = await failureOf(failing);
    const second = await eventually(() => hookloom.runEnd(failed.failureRunId, 150_000), 150_000);
    assert.deepEqual([second.status, second.failureRunId], ['failure', null]);
    assert.equal((await hookloom.call('GET', '/v1/organization')).body.onFailure.workflowId, id);
    assert.equal((await setDefault(null)).body.onFailure, null);
    assert.equal((await failureOf(failing)).failureRunId, null);
  });

  it('start for the statuses and error types that `when` names, and no others', async () => {
    const workflowId = reporterId;
    const when = async (names: string[]) =>
      (await failureOf(failing, { workflowId, when: names })).failureRunId;
    assert.equal(await when(['cancelled', 'timeout']), null);
    assert.match(await when(['broken']), /^run_/);
    const { webhookUrl } = await hookloom.publish({
      nodes: { root: { type: 'webhook', children: ['ask'] }, ask: { type: 'wait', payload: {} } },
      settings: { onFailure: { workflowId, when: ['cancelled'] } },
    });
    const runId = await start(webhookUrl);
    await hookloom.call('POST', `/v1/runs/${runId}/cancel`, {});
    const cancelled = await hookloom.runEnd(runId, 150_000);
    assert.equal(cancelled.status, 'cancelled');
    assert.equal(
      (await eventually(() => hookloom.runEnd(cancelled.failureRunId, 150_000), 150_000)).status,
      'success',
    );
  });

  it('are started by a retry that fails again, and by a child and its parent each', async () => {
    const workflowId = reporterId;
    const failed = await failureOf(failing, { workflowId });
    const { body } = await hookloom.call('POST', `/v1/runs/${failed.id}/retry`, {});
    const again = await hookloom.runEnd(body.runId, 150_000);
    assert.match(again.failureRunId, /^run_/);
    assert.notEqual(again.failureRunId, failed.failureRunId);
    const settings = { onFailure: { workflowId } };
    const { id } = await hookloom.publish({ nodes: failing, settings });
    const parent = await failureOf(
      {
        root: { type: 'webhook', children: ['sub'] },
        sub: { type: 'trigger-workflow', payload: { workflowId: id } },
      },
      { workflowId },
    );
    const [child] = (await hookloom.call('GET', `/v1/workflows/${id}/runs`)).body.items;
    assert.match(child.failureRunId, /^run_/);
    assert.match(parent.failureRunId, /^run_/);
    assert.notEqual(child.failureRunId, parent.failureRunId);
  });

  it('start once for each failure while workers are killed', async () => {
    const { id } = await hookloom.publish({ nodes: reporter });
    const { webhookUrl } = await hookloom.publish({
      nodes: {
        root: { type: 'webhook', children: ['pause'] },
        pause: { type: 'delay', payload: { delayMs: 300 }, children: ['bad'] },
        bad: failing.bad,
      },
      settings: { onFailure: { workflowId: id } },
    });
    const worker = await hookloom.startWorker();
    const runIds: string[] = [];
    for (let index = 0; index < 15; index += 1) runIds.push(await start(webhookUrl));
    const runs = async () => (await hookloom.call('GET', `/v1/workflows/${id}/runs?limit=100`)).body.items;
    await eventually(async () => assert.ok((await runs()).length > 0), 150_000);
    await worker.kill();
    const expected = new Set<string>();
    for (const runId of runIds) expected.add((await hookloom.runEnd(runId, 120_000)).failureRunId);
    assert.equal(expected.size, 15);
    await eventually(async () => {
      const started = (await runs()).map((run: any) => run.id).sort();
      assert.deepEqual(started, [...expected].sort());
    }, 150_000);
    for (const runId of expected) await hookloom.runEnd(runId, 150_000);
    await eventually(() => checkAllLogs(hookloom.db), 150_000);
  });

  it('are refused for `success`, and for workflows of others', async () => {
    const saved = await hookloom.call('POST', '/v1/workflows', {
      name: 'x',
      definition: { nodes: failing, settings: { onFailure: { workflowId: reporterId, when: ['success'] } } },
    });
    assert.deepEqual(
      [saved.status, saved.body.errors[0].pointer],
      [400, '/definition/settings/onFailure/when/0'],
    );
    const foreign = await setDefault({ workflowId: 'wf_nope' });
    assert.deepEqual([foreign.status, foreign.body.errors[0].pointer], [400, '/onFailure/workflowId']);
  });
});
