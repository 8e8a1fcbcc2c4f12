import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { NativeConnection, Worker } from '@temporalio/worker';
import { createLogger } from '../../src/log.ts';
import { reconcileRuns } from '../../src/relay/runs/reconcile-runs.ts';
import { scheduleId } from '../../src/relay/upkeep/schedules.ts';
import { createRunLog } from '../../src/store/log/run-log.ts';
import { checkLog } from '../support/check-log.ts';
import { eventually } from '../support/eventually.ts';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom } from '../support/hookloom.ts';

const waiting = {
  nodes: {
    root: { type: 'webhook', children: ['ask', 'note'] },
    ask: { type: 'wait', payload: {}, branches: { resumed: ['late'] } },
    note: { type: 'log', payload: { message: 'hello' } },
    late: { type: 'log', payload: { message: 'late' } },
  },
};

/** Starts runs that wait, and answers their ids once they do. */
async function startWaiting(hookloom: Hookloom, webhookUrl: string, count = 1): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1)
    ids.push((await hookloom.call('POST', webhookUrl, {})).body.runIds[0]);
  for (const id of ids) {
    await eventually(async () => {
      assert.equal((await hookloom.call('GET', `/v1/runs/${id}`)).body.status, 'waiting');
    }, 20_000);
  }
  return ids;
}

const prefixOf = (hookloom: Hookloom) => hookloom.env['TEMPORAL_TASK_QUEUE_PREFIX'] as string;

/** Asks Temporal for a pass now, as an operator would. */
async function pass(hookloom: Hookloom, name: 'reconciler' | 'retention', options = {}): Promise<any> {
  const prefix = prefixOf(hookloom);
  return hookloom.temporal.workflow.execute(name === 'reconciler' ? 'reconcileRuns' : 'applyRetention', {
    workflowId: `${prefix}-${name}-by-hand-${Date.now()}`,
    taskQueue: `${prefix}-runs`,
    args: [options],
  });
}

/** Stops the reconciler, as an operator would. Returns what lets it go on. */
async function pauseReconciler(hookloom: Hookloom): Promise<() => Promise<void>> {
  const { schedule, workflow } = hookloom.temporal;
  const handle = schedule.getHandle(scheduleId(prefixOf(hookloom), 'reconciler'));
  await handle.pause();
  const query = `TaskQueue = "${prefixOf(hookloom)}-runs" AND WorkflowType = "keepReconciling" AND ExecutionStatus = "Running"`;
  for await (const { workflowId } of workflow.list({ query }))
    await workflow.getHandle(workflowId).terminate();
  return () => handle.unpause();
}

async function deleteExecution(hookloom: Hookloom, workflowId: string): Promise<void> {
  await hookloom.temporal.workflowService.deleteWorkflowExecution({
    namespace: 'default',
    workflowExecution: { workflowId },
  });
  await eventually(
    () =>
      hookloom.temporal.workflow
        .getHandle(workflowId)
        .describe()
        .then(
          () => false,
          () => true,
        ),
    20_000,
  );
}

describe('the reconciler', function () {
  this.timeout(180_000);
  let hookloom: Hookloom;
  let webhookUrl: string;
  before(async () => {
    hookloom = await startHookloom();
    ({ webhookUrl } = await hookloom.publish(waiting));
  });
  after(() => hookloom?.stop());

  it('closes a run that was terminated in Temporal within a minute, by its schedule, and leaves others alone', async () => {
    const [terminated = '', other = ''] = await startWaiting(hookloom, webhookUrl, 2);
    const before = (await hookloom.call('GET', `/v1/runs/${other}`)).body;
    await hookloom.temporal.workflow.getHandle(terminated).terminate('by an operator');
    const end = await hookloom.runEnd(terminated, 60_000);
    assert.deepEqual([end.status, end.error.type], ['failure', 'terminated']);
    assert.deepEqual([end.nodes.ask.status, end.nodes.late.status], ['cancelled', 'skipped']);
    const events = await checkLog(hookloom.db, terminated);
    assert.equal(JSON.parse(events.at(-1)?.body ?? '').data.source, 'reconciler');
    assert.deepEqual((await hookloom.call('GET', `/v1/runs/${other}`)).body, before);
  });

  it('is a schedule that operators see', async () => {
    const { schedule } = await hookloom.temporal.schedule
      .getHandle(scheduleId(prefixOf(hookloom), 'reconciler'))
      .describe()
      .then((schedule) => ({ schedule }));
    assert.equal(schedule.action.workflowType, 'keepReconciling');
    assert.ok(schedule.info.numActionsTaken > 0);
  });

  it('is one execution however many passes it has made (fault 50)', async () => {
    const query = `TaskQueue = "${prefixOf(hookloom)}-runs" AND WorkflowType = "keepReconciling"`;
    await eventually(async () => {
      const found = [];
      for await (const one of hookloom.temporal.workflow.list({ query })) found.push(one);
      assert.equal(found.length, 1);
      const { workflowId } = found[0] ?? assert.fail();
      const { events } = await hookloom.temporal.workflow.getHandle(workflowId).fetchHistory();
      const passes = (events ?? []).filter((event) => event.markerRecordedEventAttributes);
      assert.ok(passes.length >= 2, `${passes.length} passes`);
    }, 60_000);
  });

  it('closes a run that Temporal no longer knows, but only after three passes', async () => {
    const [gone = ''] = await startWaiting(hookloom, webhookUrl);
    const goOn = await pauseReconciler(hookloom);
    await deleteExecution(hookloom, gone);
    // The record follows the log: it may not be there yet.
    await eventually(async () => {
      const { matchedCount } = await hookloom.db
        .collection<{ _id: string }>('runs')
        .updateOne({ _id: gone, startConfirmed: true }, { $set: { createdAt: '2026-01-01T00:00:00.000Z' } });
      assert.equal(matchedCount, 1);
    });
    for (const expected of [1, 1])
      assert.equal((await pass(hookloom, 'reconciler')).missing, expected, 'not before the third pass');
    assert.deepEqual((await pass(hookloom, 'reconciler')).closed, [gone]);
    await goOn();
    const end = await hookloom.runEnd(gone);
    assert.deepEqual([end.status, end.error.type], ['failure', 'terminated']);
  });

  it('leaves a run alone that ends while it looks', async () => {
    const goOn = await pauseReconciler(hookloom);
    const [runId = ''] = await startWaiting(hookloom, webhookUrl);
    const { temporal, db } = hookloom;
    const listed = async function* (options: { query: string }) {
      if ((await hookloom.call('GET', `/v1/runs/${runId}`)).body.status === 'waiting')
        await hookloom.call('POST', `/v1/runs/${runId}/nodes/ask/resume`, {});
      const ended = { query: `WorkflowId = "${runId}" AND ExecutionStatus = "Completed"` };
      await eventually(
        async () => assert.equal((await temporal.workflow.count(ended.query)).count, 1),
        30_000,
      );
      yield* temporal.workflow.list(options);
    };
    const workflow = Object.create(temporal.workflow, { list: { value: listed } });
    const client = Object.create(temporal, { workflow: { value: workflow } }) as typeof temporal;
    const runLog = createRunLog({ client: db.client, db });
    const log = createLogger('silent', 'test');
    const report = await reconcileRuns({
      ...{ client, db, runLog, log },
      taskQueue: `${prefixOf(hookloom)}-runs`,
    });
    assert.deepEqual(report.closed, []);
    await goOn();
    assert.equal((await hookloom.runEnd(runId)).status, 'success');
  });

  it('stops with an alarm before it closes too many, until somebody says so', async () => {
    const goOn = await pauseReconciler(hookloom);
    const ids = await startWaiting(hookloom, webhookUrl, 22);
    for (const id of ids) await hookloom.temporal.workflow.getHandle(id).terminate();
    const query = `TaskQueue = "${prefixOf(hookloom)}-runs" AND WorkflowId STARTS_WITH "run_" AND ExecutionStatus = "Terminated"`;
    await eventually(async () =>
      assert.ok((await hookloom.temporal.workflow.count(query)).count >= ids.length),
    );
    await assert.rejects(pass(hookloom, 'reconciler'), (error: any) => {
      assert.equal(error.cause.type, 'reconciler_alarm');
      return true;
    });
    assert.equal((await hookloom.call('GET', `/v1/runs/${ids[0]}`)).body.status, 'waiting');
    assert.deepEqual((await pass(hookloom, 'reconciler', { force: true })).closed.sort(), ids.sort());
    for (const id of ids) await checkLog(hookloom.db, id);
    await goOn();
  });
});

describe('an execution that ended in Temporal alone', function () {
  this.timeout(180_000);
  let hookloom: Hookloom;
  after(() => hookloom?.stop());

  /** Puts another execution in the place of a run's, and answers once it has ended. */
  async function replaceExecution(runId: string, how: 'failed' | 'completed' | 'never'): Promise<void> {
    await eventually(async () => {
      const confirmed = { _id: runId, startConfirmed: true };
      assert.equal(await hookloom.db.collection('runs').countDocuments(confirmed as object), 1);
    }, 30_000);
    await deleteExecution(hookloom, runId);
    const handle = await hookloom.temporal.workflow.start('runWorkflow', {
      workflowId: runId,
      taskQueue: `${prefixOf(hookloom)}-runs`,
      args: [how],
      ...(how === 'never' ? { workflowRunTimeout: '1s' } : {}),
    });
    await handle.result().catch(() => undefined);
  }

  it('ends its run by how it ended: timed out, failed, or completed without an end', async () => {
    hookloom = await startHookloom({}, { worker: false });
    const { webhookUrl } = await hookloom.publish(waiting);
    const ways = ['never', 'failed', 'completed'] as const;
    const runIds: string[] = [];
    for (const how of ways) runIds.push((await hookloom.call('POST', webhookUrl, { how })).body.runIds[0]);
    const connection = await NativeConnection.connect({ address: hookloom.env['TEMPORAL_ADDRESS'] ?? '' });
    const worker = await Worker.create({
      connection,
      taskQueue: `${prefixOf(hookloom)}-runs`,
      workflowsPath: fileURLToPath(new URL('../support/other-workflow.ts', import.meta.url)),
    });
    await worker.runUntil(Promise.all(ways.map((how, index) => replaceExecution(runIds[index] ?? '', how))));
    await connection.close();
    await hookloom.startWorker();
    const ends = await Promise.all(runIds.map((runId) => hookloom.runEnd(runId, 120_000)));
    assert.deepEqual(
      ends.map(({ status, error }) => [status, error.type]),
      [
        ['failure', 'timed_out'],
        ['failure', 'terminated'],
        ['failure', 'terminated'],
      ],
    );
    assert.match(ends[1].error.message, /failed in Temporal/);
    assert.match(ends[2].error.message, /completed without an end/);
    for (const runId of runIds) {
      const events = await checkLog(hookloom.db, runId);
      assert.equal(JSON.parse(events.at(-1)?.body ?? '').data.source, 'reconciler');
    }
  });
});

describe('a start that was lost in Temporal', function () {
  this.timeout(120_000);
  let hookloom: Hookloom;
  after(() => hookloom?.stop());

  it('is made again', async () => {
    hookloom = await startHookloom({}, { worker: false });
    const { webhookUrl } = await hookloom.publish({
      nodes: {
        root: { type: 'webhook', children: ['note'] },
        note: { type: 'log', payload: { message: 'x' } },
      },
    });
    const [runId] = (await hookloom.call('POST', webhookUrl, {})).body.runIds;
    await eventually(async () => {
      const confirmed = { _id: runId, startConfirmed: true };
      assert.equal(await hookloom.db.collection('runs').countDocuments(confirmed), 1);
    });
    await deleteExecution(hookloom, runId);
    await hookloom.startWorker();
    // It counts once the run is not young any more and three passes did not find it; the schedule is tested above.
    await eventually(async () => {
      await pass(hookloom, 'reconciler');
      assert.notEqual((await hookloom.call('GET', `/v1/runs/${runId}`)).body.status, 'queued');
    }, 90_000);
    const end = await hookloom.runEnd(runId);
    assert.equal(end.status, 'success');
    await checkLog(hookloom.db, runId);
  });
});

describe('retention', function () {
  this.timeout(120_000);
  let hookloom: Hookloom;
  before(async () => {
    hookloom = await startHookloom({ HOOKLOOM_RETENTION_DAYS: '0.00001' });
  });
  after(() => hookloom?.stop());

  it('deletes ended runs with all that belongs to them, and nothing of an open one', async () => {
    const { webhookUrl } = await hookloom.publish(waiting);
    const [open = '', over = ''] = await startWaiting(hookloom, webhookUrl, 2);
    const big = 'x'.repeat(100_000);
    await hookloom.call('POST', `/v1/runs/${over}/nodes/ask/resume`, { data: { big } });
    await hookloom.runEnd(over);
    const ofRun = async (runId: string) => {
      const collections = ['appends', 'executions', 'payloads', 'deliveries', 'deliveryAttempts'];
      const counts = await Promise.all(
        collections.map((name) => hookloom.db.collection(name).countDocuments({ runId })),
      );
      const inbox = await hookloom.db.collection('webhookEvents').countDocuments({ runIds: runId });
      return [...counts, inbox];
    };
    assert.ok((await ofRun(over)).slice(0, 3).every((count) => count > 0));
    const before = await ofRun(open);
    await eventually(async () => {
      await pass(hookloom, 'retention');
      assert.equal((await hookloom.call('GET', `/v1/runs/${over}`)).status, 404);
    }, 20_000);
    assert.deepEqual(await ofRun(over), [0, 0, 0, 0, 0, 0]);
    assert.deepEqual(await ofRun(open), before);
    await hookloom.call('POST', `/v1/runs/${open}/nodes/ask/resume`, { data: 1 });
  });

  it('keeps a run whose delivery is still due', async () => {
    const { webhookUrl } = await hookloom.publish({
      nodes: {
        root: { type: 'webhook', children: ['note'] },
        note: { type: 'log', payload: { message: 'x' } },
      },
    });
    const created = await hookloom.call('POST', '/v1/execution-webhooks', {
      name: 'unreachable',
      url: 'https://unreachable.invalid/',
      subscribedEventTypes: ['run.succeeded'],
      retrySchedule: ['0s', '1h'],
    });
    assert.equal(created.status, 201, JSON.stringify(created.body));
    const [runId] = (await hookloom.call('POST', webhookUrl, {})).body.runIds;
    await hookloom.runEnd(runId);
    const endpointId = created.body.endpoint.id;
    await eventually(async () => {
      const { body } = await hookloom.call('GET', `/v1/deliveries?endpointId=${endpointId}`);
      assert.equal(body.items[0]?.status, 'retrying');
    }, 20_000);
    await eventually(async () => assert.equal((await pass(hookloom, 'retention')).length, 1));
    assert.equal((await hookloom.call('GET', `/v1/runs/${runId}`)).status, 200);
  });
});
