import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { checkAllLogs } from '../support/check-log.ts';
import { eventually } from '../support/eventually.ts';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom, HookloomProcess } from '../support/hookloom.ts';
import { createRandom } from '../support/random.ts';

/** `HOOKLOOM_FLOW_RUNS=1000` is the full size. */
const size = Number(process.env['HOOKLOOM_FLOW_RUNS'] ?? 150);
const keys = 10;
const limit = 3;
const seed = Number(process.env['HOOKLOOM_SEED'] ?? 7);

/** A peer that answers after a moment and knows how many runs of each key are with it. */
async function startPeer() {
  const open = new Map<string, Set<string>>();
  const most = new Map<string, number>();
  const calls = new Map<string, number>();
  const server = createServer((request, response) => {
    const [, key = '', runId = ''] = (request.url ?? '').split('/');
    const runs = open.get(key) ?? new Set();
    open.set(key, runs.add(runId));
    most.set(key, Math.max(most.get(key) ?? 0, runs.size));
    calls.set(runId, (calls.get(runId) ?? 0) + 1);
    response.once('close', () => runs.delete(runId));
    setTimeout(() => response.end('{}'), key === 'busy' ? 1_000 : 50);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { host, most, calls, stop: () => server.close() };
}

describe('limits under crashes', function () {
  this.timeout(3_600_000);
  let peer: Awaited<ReturnType<typeof startPeer>>;
  let hookloom: Hookloom;
  let workers: HookloomProcess[];
  before(async () => {
    peer = await startPeer();
    hookloom = await startHookloom({ HOOKLOOM_EGRESS_ALLOW: peer.host }, { worker: false });
    workers = await Promise.all([hookloom.startWorker(), hookloom.startWorker()]);
  });
  after(async () => {
    await hookloom?.stop();
    peer?.stop();
  });

  const calling = (flow?: object) => ({
    nodes: {
      root: { type: 'webhook', children: ['call'] },
      call: {
        type: 'http-request',
        payload: { method: 'POST', url: `http://${peer.host}/{{$trigger.body.key}}/{{$run.id}}` },
      },
    },
    settings: flow ? { flow } : {},
  });
  const runs = () => hookloom.db.collection<any>('runs');
  const begin = async (url: string, body: object): Promise<string> =>
    (await hookloom.call('POST', url, body)).body.runIds[0];

  /** Median of how long 15 runs take, one after the other, from their acceptance to their end. */
  const medianMs = async (url: string): Promise<number> => {
    const times: number[] = [];
    for (let count = 0; count < 15; count += 1) {
      const runId = await begin(url, { key: 'other' });
      const run = await eventually(async () => {
        const found = await runs().findOne({ _id: runId });
        assert.ok(found?.finishedAt);
        return found;
      }, 120_000);
      times.push(Date.parse(run.finishedAt) - Date.parse(run.createdAt));
    }
    return times.sort((a, b) => a - b)[7] ?? 0;
  };

  it('are never passed, nobody is forgotten, and turns go by priority, then time', async () => {
    const { id, webhookUrl } = await hookloom.publish(
      calling({
        concurrency: { limit, key: '{{$trigger.body.key}}' },
        priority: '{{$trigger.body.priority}}',
      }),
    );
    const random = createRandom(seed);
    assert.equal((await hookloom.call('POST', `/v1/flow/${id}/pause`, {})).status, 200);
    const wanted = new Map<string, { key: number; priority: number }>();
    for (let count = 0; count < size; count += 1) {
      const body = { key: count % keys, priority: 1 + Math.floor(random() * 5) };
      wanted.set(await begin(webhookUrl, body), body);
    }
    const waiting = hookloom.db.collection<any>('flowWaiting');
    await eventually(async () => assert.equal(await waiting.countDocuments(), size), 600_000);
    const expected = await waiting.find().sort({ priority: 1, at: 1, _id: 1 }).toArray();
    const turns = new Set<string>();
    const changes = waiting.watch([{ $match: { operationType: 'delete' } }]);
    // The row of a run that was started may come and go once more, by a process that had read of it before.
    changes.on('change', ({ documentKey }: any) => turns.add(documentKey._id));
    await delay(500);
    await hookloom.call('POST', `/v1/flow/${id}/resume`, {});
    let kills = 0;
    const isOpen = { status: { $in: ['queued', 'running', 'waiting'] } };
    while ((await runs().countDocuments(isOpen)) > 0) {
      await delay(1_000 + random() * 3_000);
      if (kills >= 3 + size / 100) continue;
      kills += 1;
      const [first, ...others] = workers;
      await first?.kill();
      workers = [...others, await hookloom.startWorker()];
    }
    await changes.close();
    assert.ok(kills > 0, 'nobody was killed');
    for (const [key, most] of peer.most) assert.ok(most <= limit, `${most} runs of key ${key} at once`);
    assert.equal(peer.most.size, keys);
    const statuses = await runs().distinct('status', { workflowId: id });
    assert.deepEqual(statuses, ['success']);
    for (let key = 0; key < keys; key += 1) {
      const ofKey = (runId: string) => wanted.get(runId)?.key === key;
      const order = expected.map(({ _id }) => _id).filter(ofKey);
      assert.equal([...turns].filter(ofKey).length, order.length);
      // Processes that look at once may tell of their turns in another order, by no more than the lane has slots.
      for (const [index, runId] of [...turns].filter(ofKey).entries())
        assert.ok(Math.abs(index - order.indexOf(runId)) < limit, `${runId} of key ${key}: ${index}`);
    }
    await eventually(async () => {
      const held = await hookloom.db
        .collection('flowLanes')
        .countDocuments({ 'holders.0': { $exists: true } });
      assert.equal(held, 0);
    }, 300_000);
    await checkAllLogs(hookloom.db);
  });

  it('of one organization do not delay another one’s runs', async () => {
    const made = await hookloom.call('POST', '/v1/organizations', { name: 'other' });
    const headers = { authorization: `Bearer ${made.body.apiKey}` };
    const send = (path: string, body: object) => hookloom.call('POST', path, body, headers);
    const created = await send('/v1/workflows', { name: 'plain', definition: calling() });
    await send(`/v1/workflows/${created.body.id}/publish`, {});
    const { id, webhookUrl } = await hookloom.publish(calling({ concurrency: { limit: 2 } }));
    const alone = await medianMs(created.body.webhook.url);
    for (let count = 0; count < size; count += 1) await begin(webhookUrl, { key: 'busy' });
    await eventually(
      async () => assert.equal(await runs().countDocuments({ startConfirmed: false }), 0),
      60_000,
    );
    const beside = await medianMs(created.body.webhook.url);
    assert.ok(beside <= 2 * alone + 100, `${beside} ms beside ${size} waiting runs, ${alone} ms without`);
    const waiting = await hookloom.db.collection('flowWaiting').countDocuments({ workflowId: id });
    assert.ok(waiting > size / 4, `only ${waiting} still wait`);
  });
});
