import assert from 'node:assert/strict';
import { checkLog } from '../support/check-log.ts';
import { eventually } from '../support/eventually.ts';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom, HookloomProcess } from '../support/hookloom.ts';
import { fetchHistories } from '../support/replay.ts';
import { startReceiver } from '../support/receiver.ts';
import type { Receiver } from '../support/receiver.ts';

/**
 * When the workflow task began that started an execution's first timers, and the longest timer of at most `mostMs` that it
 * started, both in milliseconds as workflow code has them.
 */
function timesOf({ events }: Awaited<ReturnType<typeof fetchHistories>>[number], mostMs: number) {
  const msOf = (at: { seconds?: unknown; nanos?: number | null } | null | undefined) =>
    Number(at?.seconds ?? 0) * 1_000 + Math.floor((at?.nanos ?? 0) / 1e6);
  const all = events ?? [];
  const firstTimer = all.findIndex((event) => event.timerStartedEventAttributes);
  const task = all.slice(0, firstTimer).findLast((event) => event.workflowTaskStartedEventAttributes);
  const timers = all.map(({ timerStartedEventAttributes: timer }) => msOf(timer?.startToFireTimeout));
  return {
    startedAt: msOf(task?.eventTime),
    longestTimerMs: Math.max(...timers.filter((ms) => ms <= mostMs)),
  };
}

describe('a run whose history grows long', function () {
  this.timeout(420_000);
  let hookloom: Hookloom;
  let receiver: Receiver;
  let worker: HookloomProcess;
  /** The request during which the worker is killed. */
  let killAt = Number.POSITIVE_INFINITY;
  before(async () => {
    receiver = await startReceiver((_, response) => {
      if (receiver.requests.length === killAt) void worker.kill();
      setTimeout(() => response.end('ok'), 10);
    });
    hookloom = await startHookloom(
      { HOOKLOOM_EGRESS_ALLOW: receiver.host, HOOKLOOM_HISTORY_EVENTS: '100' },
      { worker: false },
    );
    worker = await hookloom.startWorker();
  });
  after(async () => {
    await hookloom?.stop();
    await receiver?.stop();
  });

  const start = async (definition: object) => {
    const { webhookUrl } = await hookloom.publish(definition);
    return (await hookloom.call('POST', webhookUrl, {})).body.runIds[0] as string;
  };

  /** How many executions Temporal needed for a run. */
  async function executionsOf(runId: string): Promise<number> {
    const query = `WorkflowId = "${runId}"`;
    const executions = [];
    for await (const execution of hookloom.temporal.workflow.list({ query })) executions.push(execution);
    return executions.length;
  }

  const items = 160;
  const definition = () => ({
    nodes: {
      root: { type: 'webhook', children: ['each', 'ask', 'pause'] },
      each: {
        type: 'for-each',
        payload: {
          array: `{{[1..${items}]}}`,
          maxConcurrency: 5,
          collect: '{{$nodes.get.result.status}}',
        },
        loopBody: ['get'],
        children: ['end'],
      },
      get: { type: 'http-request', payload: { url: `${receiver.url}/{{$item}}` } },
      ask: { type: 'wait', payload: {}, branches: { resumed: ['end'] } },
      pause: { type: 'delay', payload: { delayMs: 3_000 }, children: ['end'] },
      end: { type: 'log', payload: { message: '{{$nodes.each.result.succeeded}}' }, join: 'all' },
    },
    settings: { timeoutMs: 900_000 },
  });

  it('continues as new with its waits, timers and loops, unseen by its log', async () => {
    const runId = await start(definition());
    await eventually(async () => assert.ok((await executionsOf(runId)) >= 3), 60_000);
    const resumed = await hookloom.call('POST', `/v1/runs/${runId}/nodes/ask/resume`, { data: 1 });
    assert.equal(resumed.status, 202);
    const end = await hookloom.runEnd(runId, 60_000);
    assert.equal(end.status, 'success', JSON.stringify(end.error));
    assert.equal(end.output.end.message, items);
    const events = await checkLog(hookloom.db, runId);
    assert.equal(events.filter((event) => event.type === 'run.started').length, 1);
    assert.equal(receiver.requests.length, items);
    const last = await hookloom.temporal.workflow.getHandle(runId).describe();
    assert.equal(last.status.name, 'COMPLETED');
  });

  it('survives kill -9 of its only worker all along, and asks for nothing recorded twice', async () => {
    receiver.requests.length = 0;
    const runId = await start(definition());
    // What a worker was doing is missed after 30 s without a heartbeat, so each round takes about that long.
    for (let round = 0; round < 2; round += 1) {
      killAt = receiver.requests.length + 10;
      await eventually(() => assert.equal(worker.child.signalCode, 'SIGKILL'), 120_000);
      worker = await hookloom.startWorker();
    }
    const resumed = await hookloom.call('POST', `/v1/runs/${runId}/nodes/ask/resume`, { data: 1 });
    assert.equal(resumed.status, 202);
    const end = await hookloom.runEnd(runId, 150_000);
    assert.equal(end.status, 'success', JSON.stringify(end.error));
    assert.equal(end.output.end.message, items);
    const events = await checkLog(hookloom.db, runId);
    const lost = events.filter((event) => event.type === 'node.retrying').length;
    assert.ok(lost > 0, 'no attempt was under way when its worker was killed');
    const paths = receiver.requests.map((request) => request.path);
    assert.equal(new Set(paths).size, items);
    assert.ok(paths.length - items <= lost, `${paths.length} requests, ${lost} attempts lost`);
  });

  it('can be cancelled, and times out, after it has continued', async () => {
    const cancelled = await start(definition());
    await eventually(async () => assert.ok((await executionsOf(cancelled)) >= 2), 60_000);
    await hookloom.call('POST', `/v1/runs/${cancelled}/cancel`, {});
    assert.equal((await hookloom.runEnd(cancelled)).status, 'cancelled');
    await checkLog(hookloom.db, cancelled);

    const timeoutMs = 20_000;
    // Without its delay the longest timer is that of the run.
    const { each, get, ask, end: last } = definition().nodes;
    const nodes = { root: { type: 'webhook', children: ['each', 'ask'] }, each, get, ask, end: last };
    const late = await start({ nodes, settings: { timeoutMs } });
    const end = await hookloom.runEnd(late, 60_000);
    assert.equal(end.error.type, 'timed_out');
    assert.ok(end.durationMs >= timeoutMs, `${end.durationMs} ms`);
    await checkLog(hookloom.db, late);
    const [first, ...continued] = (await fetchHistories(hookloom, late)).map((history) =>
      timesOf(history, timeoutMs),
    );
    assert.ok(first && continued.length > 0, 'it has not continued');
    for (const { startedAt, longestTimerMs } of continued) {
      const leftMs: number = timeoutMs - (startedAt - first.startedAt);
      assert.equal(longestTimerMs, leftMs);
    }
  });
});
