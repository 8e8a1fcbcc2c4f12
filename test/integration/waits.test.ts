import assert from 'node:assert/strict';
import { checkLog } from '../support/check-log.ts';
import { eventually } from '../support/eventually.ts';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom, HookloomProcess } from '../support/hookloom.ts';
import { checkReplay } from '../support/replay.ts';

const definition = (payload: object) => ({
  nodes: {
    root: { type: 'webhook', children: ['ask'] },
    ask: { type: 'wait', payload, branches: { resumed: ['go'], timed_out: ['late'] } },
    go: { type: 'log', payload: { message: '{{$nodes.ask.result.data.answer}}' } },
    late: { type: 'log', payload: { message: 'late' } },
  },
});

describe('a wait', function () {
  this.timeout(180_000);
  let hookloom: Hookloom;
  let worker: HookloomProcess;

  before(async () => {
    hookloom = await startHookloom({}, { worker: false });
    worker = await hookloom.startWorker();
  });
  after(() => hookloom?.stop());

  async function startWaiting(payload: object): Promise<string> {
    const { webhookUrl } = await hookloom.publish(definition(payload));
    const [runId] = (await hookloom.call('POST', webhookUrl, {})).body.runIds as [string];
    await eventually(
      async () =>
        assert.equal((await hookloom.call('GET', `/v1/runs/${runId}`)).body.nodes.ask?.status, 'waiting'),
      20_000,
    );
    return runId;
  }
  const resume = (runId: string, data: unknown) =>
    hookloom.call('POST', `/v1/runs/${runId}/nodes/ask/resume`, { data });

  it('goes on with the data of whoever resumes it first', async () => {
    const runId = await startWaiting({});
    const answers = await Promise.all([resume(runId, { answer: 'a' }), resume(runId, { answer: 'b' })]);
    assert.deepEqual(answers.map((answer) => answer.status).sort(), [202, 409]);
    const run = await hookloom.runEnd(runId);
    assert.equal(run.status, 'success', JSON.stringify(run.error));
    assert.equal(run.output.go.message, answers[0]?.status === 202 ? 'a' : 'b');
    assert.equal(run.nodes.late.status, 'skipped');
    await checkLog(hookloom.db, runId);
    assert.equal((await resume(runId, {})).status, 409);
  });

  it('times out into its branch', async () => {
    const runId = await startWaiting({ timeoutMs: 1000 });
    const run = await hookloom.runEnd(runId);
    assert.equal(run.nodes.go.status, 'skipped');
    assert.equal(run.output.late.message, 'late');
    await checkLog(hookloom.db, runId);
  });

  it('that loses a race in the moment in which its time is over ends the same in a replay', async () => {
    const { webhookUrl } = await hookloom.publish({
      nodes: {
        root: { type: 'webhook', children: ['quick', 'ask'] },
        quick: { type: 'log', payload: { message: 'quick' }, children: ['won'] },
        ask: {
          type: 'wait',
          payload: { title: '{{$string($sum([1..50]))}}', timeoutMs: 1 },
          branches: { resumed: ['won'], timed_out: ['won'] },
        },
        won: { type: 'log', payload: { message: 'won' }, join: 'first', children: ['after'] },
        after: { type: 'format', payload: { data: ['1'], template: '{{$item}}' } },
      },
    });
    // At once, so that their moments differ.
    const runIds = await Promise.all(
      Array.from({ length: 60 }, async () => {
        const { body } = await hookloom.call('POST', webhookUrl, {});
        return body.runIds[0] as string;
      }),
    );
    for (const runId of runIds) assert.equal((await hookloom.runEnd(runId, 60_000)).status, 'success');
    await checkReplay(hookloom, runIds);
  });

  it('takes only data that fits its form', async () => {
    const runId = await startWaiting({
      formSchema: { type: 'object', properties: { answer: { type: 'string' } }, required: ['answer'] },
    });
    const refused = await resume(runId, { answer: 1 });
    assert.equal(refused.status, 400);
    assert.equal(refused.body.errors[0].pointer, '/data/answer');
    assert.equal((await resume(runId, { answer: 'yes' })).status, 202);
    assert.equal((await hookloom.runEnd(runId)).output.go.message, 'yes');
  });

  it('survives a killed worker, and a resume that comes meanwhile', async () => {
    const runId = await startWaiting({ timeoutMs: 3_600_000 });
    // Killed while it waits, rather than in the middle of an append: what that holds up is another test's.
    const handle = hookloom.temporal.workflow.getHandle(runId);
    await eventually(async () => assert.ok(!(await handle.describe()).raw.pendingWorkflowTask));
    await worker.kill();
    const resumed = await resume(runId, { answer: 'meanwhile' });
    assert.equal(resumed.status, 202, JSON.stringify(resumed.body));
    worker = await hookloom.startWorker();
    assert.equal((await hookloom.runEnd(runId, 60_000)).output.go.message, 'meanwhile');
    await checkLog(hookloom.db, runId);
  });
});
