import assert from 'node:assert/strict';
import { eventually } from '../support/eventually.ts';
import { hookPathOf } from '../support/hooks.ts';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom, HookloomProcess } from '../support/hookloom.ts';
import { startReceiver } from '../support/receiver.ts';
import type { Receiver } from '../support/receiver.ts';

const base = '/v1/execution-webhooks';
const patience = 60_000;

describe('replays of many events', function () {
  this.timeout(240_000);
  let hookloom: Hookloom;
  let receiver: Receiver;
  let processes: HookloomProcess[];
  const statuses = new Map<string, number>();
  const since = new Date(Date.now() - 60_000).toISOString();

  async function startProcesses(): Promise<void> {
    const [api, worker] = await Promise.all([hookloom.startApi(), hookloom.startWorker()]);
    hookloom.url = api.url;
    processes = [api, worker];
  }
  before(async () => {
    receiver = await startReceiver(
      (request, response) => void response.writeHead(statuses.get(request.path) ?? 204).end(),
    );
    const env = { HOOKLOOM_EGRESS_ALLOW: receiver.host, HOOKLOOM_HOOK_SCHEDULE: '0s,100ms' };
    hookloom = await startHookloom(env, { api: false, worker: false });
    await startProcesses();
  });
  after(async () => {
    await hookloom?.stop();
    await receiver?.stop();
  });

  async function publish(nodes: object) {
    const { id, webhookUrl } = await hookloom.publish({ nodes });
    const run = async (body: object = {}): Promise<string> => {
      const path = new URL(webhookUrl).pathname;
      const { runIds } = (await hookloom.call('POST', path, body)).body;
      await hookloom.runEnd(runIds[0], patience);
      return runIds[0];
    };
    return { id, run };
  }
  const oneNode = {
    root: { type: 'webhook', children: ['a'] },
    a: { type: 'log', payload: { message: 'a' } },
  };

  async function createEndpoint(path: string, workflowId: string, more: object = {}): Promise<string> {
    const created = await hookloom.call('POST', base, {
      url: receiver.url + path,
      subscribedEventTypes: ['run.succeeded'],
      workflowIds: [workflowId],
      ...more,
    });
    assert.equal(created.status, 201, JSON.stringify(created.body));
    return created.body.endpoint.id;
  }
  /** As if the runs had been half a minute ago. */
  const makeOlder = (runIds: string[]) =>
    hookloom.db
      .collection('appends')
      .updateMany({ runId: { $in: runIds } }, [
        { $set: { recordedAt: { $subtract: ['$recordedAt', 30_000] } } },
      ]);
  const got = (path: string) => receiver.requests.filter((request) => request.path === path);
  const replay = async (endpointId: string, more: object = {}) => {
    const answer = await hookloom.call('POST', `${base}/${endpointId}/replay`, { since, ...more });
    assert.ok([200, 202].includes(answer.status), JSON.stringify(answer.body));
    return answer.body;
  };
  const count = async (endpointId: string, more: object = {}) => {
    const { total, byStatus } = await replay(endpointId, { dryRun: true, ...more });
    return { total, byStatus };
  };
  const progress = async (replayId: string) => (await hookloom.call('GET', `/v1/replays/${replayId}`)).body;
  const deliveriesOf = async (endpointId: string) =>
    (await hookloom.call('GET', `/v1/deliveries?endpointId=${endpointId}&limit=100`)).body.items;

  it('bring what was never delivered, and what has succeeded, under the same ids', async () => {
    const { id, run } = await publish(oneNode);
    const runIds = [await run(), await run(), await run()];
    await makeOlder(runIds);
    const endpointId = await createEndpoint('/late', id);
    assert.deepEqual(await count(endpointId), { total: 3, byStatus: { none: 3 } });
    const started = await replay(endpointId, { status: 'none' });
    assert.equal(started.status, 'running');
    await eventually(() => assert.equal(got('/late').length, 3), patience);
    for (const { headers } of got('/late')) assert.equal(headers['hookloom-replay'], 'true');
    assert.deepEqual(
      got('/late')
        .map(({ body }) => JSON.parse(body).data.runId)
        .sort(),
      runIds.sort(),
    );
    await eventually(async () => {
      const { status, deliveries } = await progress(started.id);
      assert.deepEqual([status, deliveries.total, deliveries.success], ['done', 3, 3]);
    }, patience);
    assert.deepEqual(await count(endpointId), { total: 3, byStatus: { success: 3 } });
    assert.equal((await count(endpointId, { status: ['none', 'failure'] })).total, 0);
    await replay(endpointId, { status: 'success' });
    await eventually(() => assert.equal(got('/late').length, 6), patience);
    const ids = got('/late').map(({ headers }) => headers['webhook-id']);
    assert.deepEqual(ids.slice(3).sort(), ids.slice(0, 3).sort());
    const [last] = await deliveriesOf(endpointId);
    const firsts = (await deliveriesOf(endpointId)).filter((row: any) => row.replayOf === null);
    assert.ok(firsts.some((row: any) => row.id === last.replayOf && row.eventId === last.eventId));
    const listed = (await hookloom.call('GET', `${base}/${endpointId}/replays`)).body.items;
    assert.deepEqual(
      listed.map((row: any) => row.statuses),
      [['success'], ['none']],
    );
  });

  it('bring what has failed, once the receiver is well again, and other types when asked', async () => {
    statuses.set('/ill', 500);
    const { id, run } = await publish(oneNode);
    const endpointId = await createEndpoint('/ill', id);
    await run();
    await eventually(
      async () => assert.equal((await count(endpointId, { status: 'failure' })).total, 1),
      patience,
    );
    statuses.set('/ill', 204);
    const before = got('/ill').length;
    await replay(endpointId, { status: 'failure' });
    await eventually(() => assert.equal(got('/ill').length, before + 1), patience);
    await eventually(async () => {
      assert.deepEqual(await count(endpointId), { total: 1, byStatus: { success: 1 } });
    }, patience);
    const asked = { types: ['node.*', 'run.started'], status: 'none' };
    assert.equal((await count(endpointId, asked)).total, 4);
    await replay(endpointId, asked);
    await eventually(() => assert.equal(got('/ill').length, before + 5), patience);
  });

  it('can be cancelled: what was not sent is discarded', async () => {
    statuses.set('/slow', 500);
    const { id, run } = await publish(oneNode);
    await run();
    await run();
    const retrySchedule = ['0s', '2h'];
    const endpointId = await createEndpoint('/slow', id, { retrySchedule, maxRetries: 1 });
    const { id: replayId } = await replay(endpointId);
    await eventually(async () => assert.equal((await progress(replayId)).deliveries.retrying, 2), patience);
    const cancel = () => hookloom.call('POST', `/v1/replays/${replayId}/cancel`, {});
    assert.equal((await cancel()).status, 202);
    await eventually(async () => assert.equal((await progress(replayId)).status, 'cancelled'), patience);
    const rows = await deliveriesOf(endpointId);
    assert.deepEqual(
      rows.map(({ status, reason, nextRetryAt }: any) => [status, reason, nextRetryAt]),
      Array(2).fill(['discarded', 'replay_cancelled', null]),
    );
    assert.equal((await cancel()).status, 409);
    assert.equal(got('/slow').length, 2);
  });

  it('survive kill -9 of every process: each event gets one delivery, none is lost', async () => {
    const { id, run } = await publish({
      root: { type: 'webhook', children: ['each'] },
      each: {
        type: 'for-each',
        payload: { array: '{{$trigger.body.items}}', maxConcurrency: 20 },
        loopBody: ['a'],
      },
      a: { type: 'log', payload: { message: 'a' } },
    });
    await run({ items: Array.from({ length: 60 }, (_, index) => index) });
    const subscribed = { subscribedEventTypes: ['node.*'], timeoutMs: 1_000 };
    const endpointId = await createEndpoint('/killed', id, subscribed);
    const { total } = await count(endpointId);
    assert.ok(total > 180, `${total} events`);
    const { id: replayId } = await replay(endpointId);
    await eventually(async () => assert.ok((await progress(replayId)).deliveries.success > 0), patience);
    await Promise.all(processes.map((process) => process.kill()));
    const made = await hookloom.db.collection('deliveries').countDocuments({ replayId });
    assert.ok(made < total, `${made} of ${total} were made before the end`);
    await startProcesses();
    await eventually(async () => {
      const { status, deliveries } = await progress(replayId);
      assert.deepEqual([status, deliveries.success], ['done', total], JSON.stringify(deliveries));
    }, 200_000);
    const rows = await hookloom.db.collection('deliveries').find({ replayId }).toArray();
    assert.equal(rows.length, total);
    assert.equal(new Set(rows.map((row) => row['eventId'])).size, total);
    assert.equal(new Set(got('/killed').map(({ headers }) => headers['webhook-id'])).size, total);
  });

  it('refuse a time that ends before it begins, a status that is none, and somebody else’s endpoint', async () => {
    const { id } = await publish(oneNode);
    const endpointId = await createEndpoint('/refused', id);
    const status = async (path: string, body: object) =>
      (await hookloom.call('POST', hookPathOf(path), body)).status;
    assert.equal(await status(`/${endpointId}/replay`, { since, until: '2020-01-01T00:00:00Z' }), 400);
    assert.equal(await status(`/${endpointId}/replay`, { since: 'yesterday' }), 400);
    assert.equal(await status(`/${endpointId}/replay`, { since, status: 'lost' }), 400);
    assert.equal(await status('/ep_nobody/replay', { since }), 404);
    assert.equal(await status('/replays/rpl_nobody/cancel', {}), 404);
  });
});
