import assert from 'node:assert/strict';
import { checkAllLogs, checkLog } from '../support/check-log.ts';
import { eventually } from '../support/eventually.ts';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom, HookloomProcess } from '../support/hookloom.ts';
import { checkAllReplay } from '../support/replay.ts';
import { startReceiver } from '../support/receiver.ts';
import type { Receiver } from '../support/receiver.ts';

/** How a node's attempt was carried out, as Temporal's history has it. */
interface Carried {
  /** Names of Local Activities by their summaries: paths of nodes. */
  local: string[];
  /** Regular Activities: path and kind of Task Queue. */
  regular: string[];
}

describe('the first attempt of a node', function () {
  this.timeout(240_000);
  let hookloom: Hookloom;
  let receiver: Receiver;
  let worker: HookloomProcess;
  /** Milliseconds until a path is answered. */
  const delays: Record<string, number> = { '/slow': 5_000, '/never': 600_000 };
  /** Called with each request's path. */
  let onRequest: (path: string) => void = () => undefined;

  before(async () => {
    receiver = await startReceiver((request, response) => {
      const { path } = request;
      onRequest(path);
      const answer = () => {
        response.statusCode = path.startsWith('/bad') ? 503 : 200;
        response.end('ok');
      };
      setTimeout(answer, delays[path] ?? 0).unref();
    });
    hookloom = await startHookloom({ HOOKLOOM_EGRESS_ALLOW: receiver.host }, { worker: false });
    worker = await hookloom.startWorker();
  });
  after(async () => {
    await hookloom?.stop();
    await receiver?.stop();
  });

  const get = (path: string, more: object = {}) => ({
    type: 'http-request',
    payload: { url: `${receiver.url}${path}` },
    ...more,
  });

  async function start(nodes: Record<string, object>): Promise<string> {
    const root = { type: 'webhook', children: [Object.keys(nodes)[0]] };
    const { webhookUrl } = await hookloom.publish({ nodes: { root, ...nodes } });
    return (await hookloom.call('POST', webhookUrl, {})).body.runIds[0] as string;
  }

  async function carriedOf(runId: string): Promise<Carried> {
    const history = await hookloom.temporal.workflow.getHandle(runId).fetchHistory();
    const events = history.events ?? [];
    const summaryOf = (event: (typeof events)[number]) =>
      JSON.parse(Buffer.from(event?.userMetadata?.summary?.data ?? []).toString() || 'null') as string | null;
    const own = /-runs-[0-9a-f-]{36}$/;
    return {
      local: events.flatMap((event) => (event.markerRecordedEventAttributes ? [summaryOf(event) ?? ''] : [])),
      regular: events.flatMap((event) => {
        const scheduled = event.activityTaskScheduledEventAttributes;
        if (!scheduled) return [];
        return [`${summaryOf(event)} ${own.test(scheduled.taskQueue?.name ?? '') ? 'own' : 'common'}`];
      }),
    };
  }

  const typesOf = async (runId: string, path: string) =>
    (await checkLog(hookloom.db, runId)).filter((event) => event.path === path).map((event) => event.type);

  it('runs within the workflow task while it is fast, whatever its type', async () => {
    const child = await hookloom.publish({
      nodes: { root: { type: 'manual', children: ['x'] }, x: { type: 'set', payload: { values: {} } } },
    });
    const runId = await start({
      a: get('/fast', { children: ['b'] }),
      b: { type: 'code-transform', payload: { code: 'function transform() { return 1 }' }, children: ['c'] },
      c: { type: 'trigger-workflow', payload: { workflowId: child.id, mode: 'detach' }, children: ['d'] },
      d: { type: 'set', payload: { values: { x: 1 } } },
    });
    assert.equal((await hookloom.runEnd(runId)).status, 'success');
    const { local } = await carriedOf(runId);
    for (const path of ['a', 'b', 'c', 'd']) assert.ok(local.includes(path), path);
    for (const path of ['a', 'b', 'c', 'd'])
      assert.deepEqual(await typesOf(runId, path), ['node.scheduled', 'node.started', 'node.succeeded']);
  });

  it('goes on in its process when it is slow, and shows as pending with its path', async () => {
    const runId = await start({ slow: get('/slow') });
    const handle = hookloom.temporal.workflow.getHandle(runId);
    await eventually(async () => {
      const [pending] = (await handle.describe()).raw.pendingActivities ?? [];
      assert.equal(pending?.activityType?.name, 'http-request');
    });
    assert.equal((await hookloom.runEnd(runId)).status, 'success');
    assert.deepEqual((await carriedOf(runId)).regular, ['slow own']);
    assert.equal(receiver.requests.filter(({ path }) => path === '/slow').length, 1);
    assert.deepEqual(await typesOf(runId, 'slow'), ['node.scheduled', 'node.started', 'node.succeeded']);
  });

  it('is followed by regular Activities when it fails, one that was slow as well', async () => {
    delays['/bad/slow'] = 500;
    const retry = { maxAttempts: 3, initialIntervalMs: 50 };
    const runId = await start({
      fast: get('/bad/fast', { retry, onError: ['slow'] }),
      slow: get('/bad/slow', { retry, onError: ['end'] }),
      end: { type: 'log', payload: { message: '{{$nodes.slow.error.status}}' } },
    });
    assert.equal((await hookloom.runEnd(runId)).status, 'success');
    // A machine may be so slow that the other one is handed over too.
    const regular = (await carriedOf(runId)).regular.filter((one) => one !== 'fast own');
    assert.deepEqual(regular, ['fast common', 'slow own', 'slow common']);
    for (const path of ['fast', 'slow']) {
      const wanted = [
        'node.started',
        'node.retrying',
        'node.started',
        'node.retrying',
        'node.started',
        'node.failed',
      ];
      assert.deepEqual(await typesOf(runId, path), ['node.scheduled', ...wanted]);
    }
  });

  it('is made again elsewhere when its process is gone, under the same idempotency key', async () => {
    for (const [moment, waitsMs] of [
      ['while it holds the task', 0],
      ['once it is pending', 1_500],
    ] as const) {
      const path = `/lost/${waitsMs}`;
      delays[path] = 600_000;
      onRequest = (asked) => {
        if (asked === path && receiver.requests.filter((one) => one.path === path).length <= 1)
          setTimeout(() => void worker.kill(), waitsMs);
        else if (asked === path) delays[path] = 0;
      };
      const runId = await start({ lost: get(path) });
      await eventually(() => assert.equal(worker.child.signalCode, 'SIGKILL'), 60_000);
      delays[path] = 0;
      worker = await hookloom.startWorker();
      const startedAt = Date.now();
      assert.equal((await hookloom.runEnd(runId, 90_000)).status, 'success');
      const keys = receiver.requests
        .filter((one) => one.path === path)
        .map(({ headers }) => headers['idempotency-key']);
      assert.equal(keys.length, 2, moment);
      assert.equal(new Set(keys).size, 1, moment);
      const log = await checkLog(hookloom.db, runId);
      const losses = log.filter(({ body }) => body.includes('"worker_lost"'));
      // The start of an attempt that was lost at once may not have been recorded: then it is the same attempt.
      assert.ok(losses.length <= 1, moment);
      if (waitsMs > 0) assert.equal(losses.length, 1, moment);
      assert.ok(Date.now() - startedAt < 60_000);
    }
    onRequest = () => undefined;
  });

  it('ends with its run, at once', async () => {
    const runId = await start({ never: get('/never') });
    await eventually(() => assert.ok(receiver.requests.some(({ path }) => path === '/never')));
    assert.equal((await hookloom.call('POST', `/v1/runs/${runId}/cancel`, {})).status, 202);
    assert.equal((await hookloom.runEnd(runId)).status, 'cancelled');
  });

  it('leaves logs without a gap and histories that replay', async () => {
    await checkAllLogs(hookloom.db);
    await checkAllReplay(hookloom);
  });
});
