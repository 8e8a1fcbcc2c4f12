import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { checkLog } from '../support/check-log.ts';
import { eventually } from '../support/eventually.ts';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom, HookloomProcess } from '../support/hookloom.ts';
import { startReceiver } from '../support/receiver.ts';
import type { Receiver } from '../support/receiver.ts';

describe('a node that takes longer than its workflow task may', function () {
  this.timeout(180_000);
  let hookloom: Hookloom;
  let receiver: Receiver;
  let worker: HookloomProcess;
  let webhookUrl: string;
  /** What was asked and is not answered yet. */
  const held: ServerResponse[] = [];

  before(async () => {
    receiver = await startReceiver((request, response) => {
      if (request.path === '/slow') held.push(response);
      else response.end('ok');
    });
    hookloom = await startHookloom({ HOOKLOOM_EGRESS_ALLOW: receiver.host }, { worker: false });
    worker = await hookloom.startWorker();
    ({ webhookUrl } = await hookloom.publish({
      nodes: {
        root: { type: 'webhook', children: ['quick'] },
        quick: { type: 'http-request', payload: { url: `${receiver.url}/quick` }, children: ['slow'] },
        slow: { type: 'http-request', payload: { url: `${receiver.url}/slow` } },
      },
    }));
  });
  beforeEach(() => {
    held.length = 0;
    receiver.requests.length = 0;
  });
  after(async () => {
    for (const response of held) response.end();
    await hookloom?.stop();
    await receiver?.stop();
  });

  const start = async () => (await hookloom.call('POST', webhookUrl, {})).body.runIds[0] as string;
  const handleOf = (runId: string) => hookloom.temporal.workflow.getHandle(runId);
  const pending = (runId: string) =>
    eventually(async () => {
      const { raw } = await handleOf(runId).describe();
      const [activity] = raw.pendingActivities ?? [];
      assert.equal(activity?.activityType?.name, 'http-request');
      assert.ok((activity?.lastStartedTime ?? null) !== null, 'it has not been taken up');
      return activity;
    }, 60_000);
  const scheduledIn = async (runId: string) =>
    ((await handleOf(runId).fetchHistory()).events ?? []).flatMap(
      ({ activityTaskScheduledEventAttributes: scheduled, userMetadata }) =>
        scheduled
          ? [
              {
                queue: scheduled.taskQueue?.name ?? '',
                summary: Buffer.from(userMetadata?.summary?.data ?? []).toString(),
              },
            ]
          : [],
    );
  /** Waits until so many requests are held: what has begun may not have been sent yet. */
  const heldAre = (count: number) => eventually(() => assert.equal(held.length, count), 60_000);
  const attemptsOf = async (runId: string) =>
    (await checkLog(hookloom.db, runId))
      .filter(({ path, type }) => path === 'slow' && ['node.started', 'node.retrying'].includes(type))
      .map(({ type }) => type);
  const asked = (path: string) => receiver.requests.filter((request) => request.path === path);

  it('goes on in its process, pending in Temporal with its path, and is asked for once', async () => {
    const runId = await start();
    await pending(runId);
    await heldAre(1);
    for (const response of held.splice(0)) response.end('ok');
    assert.equal((await hookloom.runEnd(runId)).status, 'success');
    assert.deepEqual([asked('/quick').length, asked('/slow').length], [1, 1]);
    assert.deepEqual(await attemptsOf(runId), ['node.started']);
    const scheduled = await scheduledIn(runId);
    assert.equal(scheduled.at(-1)?.summary, '"slow"');
    const common = `${hookloom.env['TEMPORAL_TASK_QUEUE_PREFIX']}-runs`;
    assert.ok(
      scheduled.every(({ queue }) => queue.startsWith(`${common}-`)),
      JSON.stringify(scheduled),
    );
  });

  it('is made again by another process under its key when its own is gone', async () => {
    const runId = await start();
    await pending(runId);
    await heldAre(1);
    await worker.kill();
    worker = await hookloom.startWorker();
    await heldAre(2);
    for (const response of held.splice(0)) response.end('ok');
    assert.equal((await hookloom.runEnd(runId, 60_000)).status, 'success');
    const keys = asked('/slow').map(({ headers }) => headers['idempotency-key']);
    assert.equal(new Set(keys).size, 1);
    assert.deepEqual([asked('/quick').length, asked('/slow').length], [1, 2]);
    assert.deepEqual(await attemptsOf(runId), ['node.started', 'node.retrying', 'node.started']);
    const common = `${hookloom.env['TEMPORAL_TASK_QUEUE_PREFIX']}-runs`;
    assert.equal((await scheduledIn(runId)).at(-1)?.queue, common);
  });

  it('is made again, too, when its process is killed within the workflow task', async () => {
    const runId = await start();
    await heldAre(1);
    await worker.kill();
    worker = await hookloom.startWorker();
    await heldAre(2);
    for (const response of held.splice(0)) response.end('ok');
    assert.equal((await hookloom.runEnd(runId, 60_000)).status, 'success');
    assert.deepEqual([asked('/quick').length, asked('/slow').length], [1, 2]);
    const keys = asked('/slow').map(({ headers }) => headers['idempotency-key']);
    assert.equal(new Set(keys).size, 1);
    assert.deepEqual(await attemptsOf(runId), ['node.started', 'node.retrying', 'node.started']);
  });
});
