import assert from 'node:assert/strict';
import { webhookEventsOf } from '../../src/store/inbox/webhook-events.ts';
import { eventually } from '../support/eventually.ts';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom, HookloomProcess } from '../support/hookloom.ts';

const failing = {
  nodes: {
    root: { type: 'manual', children: ['a'] },
    a: { type: 'fail', payload: { type: 'no_luck', message: 'no luck today' } },
  },
};
const door = { nodes: { root: { type: 'webhook' } } };

describe('a bulk job', function () {
  this.timeout(180_000);
  let hookloom: Hookloom;
  let api: HookloomProcess;
  const startApi = async () => {
    const started = await hookloom.startApi();
    hookloom.url = started.url;
    api = started;
  };
  before(async () => {
    hookloom = await startHookloom({}, { api: false });
    await startApi();
  });
  after(() => hookloom?.stop());

  const jobOf = async (id: string) => (await hookloom.call('GET', `/v1/jobs/${id}`)).body;
  const jobEnd = (id: string) =>
    eventually(async () => {
      const job = await jobOf(id);
      assert.notEqual(job.status, 'running', JSON.stringify(job));
      return job;
    }, 60_000);
  const begin = async (path: string, body: object) => {
    const answer = await hookloom.call('POST', path, body);
    assert.equal(answer.status, 202, JSON.stringify(answer.body));
    assert.equal(answer.headers.get('location'), `/v1/jobs/${answer.body.id}`);
    return answer.body;
  };
  const send = (url: string, count: number) =>
    Promise.all(
      Array.from({ length: count }, async (_, n) => {
        const headers = { 'content-type': 'application/json' };
        assert.equal(
          (await fetch(url, { method: 'POST', body: JSON.stringify({ n }), headers })).status,
          202,
        );
      }),
    );

  it('retries what a filter takes, once, and none of its own runs', async () => {
    const { id } = await hookloom.publish(failing);
    const start = async () => (await hookloom.call('POST', `/v1/workflows/${id}/run`, {})).body.runId;
    const runIds: string[] = await Promise.all([start(), start(), start()]);
    for (const runId of runIds) assert.equal((await hookloom.runEnd(runId)).status, 'failure');

    const filter = { workflowId: id };
    const plan = await hookloom.call('POST', '/v1/runs/retry', { filter, dryRun: true });
    assert.deepEqual(plan.body, { dryRun: true, total: 3, byStatus: { failure: 3 } });
    const { id: jobId } = await begin('/v1/runs/retry', { filter });
    const job = await jobEnd(jobId);
    assert.deepEqual([job.status, job.total, job.done, job.refused], ['done', 3, 3, 0]);
    const runs = await hookloom.db.collection('runs').find({ workflowId: id }).toArray();
    assert.deepEqual(runs.flatMap(({ rerunOf }) => rerunOf ?? []).toSorted(), runIds.toSorted());
    const listed = (await hookloom.call('GET', '/v1/jobs?kind=retry-runs&status=done')).body.items;
    assert.deepEqual(listed[0], job);
  });

  it('tells what it could do nothing with, and why', async () => {
    const verification = { type: 'stripe', secret: 'a-secret-of-the-endpoint' };
    const { id, webhookUrl } = await hookloom.publish(door, { webhook: { verification } });
    assert.equal((await fetch(webhookUrl, { method: 'POST', body: '{}' })).status, 401);
    const filter = { workflowId: id, status: 'rejected' };
    const { id: jobId } = await begin('/v1/webhook-events/replay', { filter });
    const job = await jobEnd(jobId);
    assert.deepEqual([job.status, job.done, job.refused], ['done', 0, 1]);
    assert.equal(job.problems[0].code, 'bad-signature');
    assert.match(job.problems[0].id, /^whe_/);
  });

  it('does each row once, although its process is killed, and ends where it is when it is cancelled', async () => {
    const { id, webhookUrl } = await hookloom.publish(door);
    await send(webhookUrl, 120);
    const filter = { workflowId: id, status: 'accepted' };
    const rows = () => webhookEventsOf(hookloom.db).find({ workflowId: id }).toArray();
    const { id: jobId } = await begin('/v1/webhook-events/replay', { filter });
    await eventually(async () => assert.ok((await jobOf(jobId)).done > 0), 30_000);
    await api.kill();
    await startApi();
    const job = await jobEnd(jobId);
    assert.deepEqual([job.status, job.total, job.done, job.refused], ['done', 120, 120, 0]);
    // What a killed process has left is in the inbox some seconds later.
    await eventually(async () => {
      const repeated = (await rows()).flatMap(({ replayOf }) => replayOf ?? []);
      assert.deepEqual([repeated.length, new Set(repeated).size], [120, 120]);
    }, 60_000);

    const second = await begin('/v1/webhook-events/replay', { filter });
    assert.equal(second.total, 240);
    const cancelled = await hookloom.call('POST', `/v1/jobs/${second.id}/cancel`, {});
    assert.deepEqual([cancelled.status, cancelled.body.status], [202, 'cancelled']);
    assert.ok(cancelled.body.done < 240, JSON.stringify(cancelled.body));
    // A job that is run to its end meanwhile: nothing more was done for the other.
    await jobEnd((await begin('/v1/runs/retry', { filter: { workflowId: id } })).id);
    assert.deepEqual(await jobOf(second.id), cancelled.body);
    assert.equal((await rows()).length, 240 + cancelled.body.done);
    assert.equal((await hookloom.call('POST', `/v1/jobs/${second.id}/cancel`, {})).status, 409);
  });

  it('says what a filter lacks', async () => {
    const answer = await hookloom.call('POST', '/v1/webhook-events/replay', { filter: {} });
    assert.equal(answer.status, 400);
    assert.equal(answer.body.errors[0].pointer, '/filter/status');
    const open = await hookloom.call('POST', '/v1/runs/retry', { filter: { status: 'running' } });
    assert.equal(open.status, 400);
    assert.match(open.body.detail, /"failure"/);
  });
});
