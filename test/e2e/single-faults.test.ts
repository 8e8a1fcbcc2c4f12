import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import type { EventDocument } from '../../src/store/log/events.ts';
import { checkLog } from '../support/check-log.ts';
import { eventually } from '../support/eventually.ts';
import { startMortalTemporal } from '../support/fault-storm.ts';
import type { MortalTemporal } from '../support/fault-storm.ts';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom, HookloomProcess } from '../support/hookloom.ts';
import { startReceiver } from '../support/receiver.ts';
import type { Receiver } from '../support/receiver.ts';
import { checkReplay } from '../support/replay.ts';
import { startReplicaSet } from '../support/replica-set.ts';
import type { ReplicaSet } from '../support/replica-set.ts';
import { readEvents } from '../support/read-events.ts';

const steps = 6;

/** Requests one after the other, and a loop of them beside. */
const definition = (url: string) => ({
  nodes: {
    root: { type: 'webhook', children: ['n0', 'each'] },
    ...Object.fromEntries(
      Array.from({ length: steps }, (_, index) => [
        `n${index}`,
        {
          type: 'http-request',
          payload: { url: `${url}/{{$run.id}}/n${index}` },
          children: index + 1 < steps ? [`n${index + 1}`] : [],
        },
      ]),
    ),
    each: { type: 'for-each', payload: { array: [1, 2] }, loopBody: ['pause', 'part'] },
    pause: { type: 'delay', payload: { delayMs: 300 }, children: ['part'] },
    part: { type: 'http-request', payload: { url: `${url}/{{$run.id}}/part{{$index}}` } },
  },
});

describe('one fault in the middle of runs', function () {
  this.timeout(300_000);
  let receiver: Receiver;
  let set: ReplicaSet;
  let temporal: MortalTemporal;
  let hookloom: Hookloom;
  let worker: HookloomProcess;
  let webhookUrl: string;

  before(async () => {
    receiver = await startReceiver((_, response) => void setTimeout(() => response.end('ok'), 200));
    [set, temporal] = await Promise.all([startReplicaSet(1), startMortalTemporal()]);
    await set.primary();
    hookloom = await startHookloom(
      {
        HOOKLOOM_EGRESS_ALLOW: receiver.host,
        MONGODB_URL: set.url,
        TEMPORAL_ADDRESS: temporal.address,
      },
      { worker: false },
    );
    worker = await hookloom.startWorker();
    ({ webhookUrl } = await hookloom.publish(definition(receiver.url)));
  });
  after(async () => {
    await hookloom?.stop();
    await temporal?.stop();
    await set?.stop();
    await receiver?.stop();
  });

  /** Starts runs and, once they are under way, does what `fault` does; answers how often each request came. */
  async function runThrough(fault: () => Promise<void>): Promise<Map<string, number>> {
    receiver.requests.length = 0;
    const answers = await Promise.all(Array.from({ length: 5 }, () => hookloom.call('POST', webhookUrl, {})));
    const runIds = answers.map(({ body }) => body.runIds[0] as string);
    await eventually(() => assert.ok(receiver.requests.length >= 10), 60_000);
    await fault();
    const counts = new Map<string, number>();
    for (const runId of runIds) {
      assert.equal((await hookloom.runEnd(runId, 180_000)).status, 'success');
      checkAttempts(await checkLog(hookloom.db, runId));
    }
    await checkReplay(hookloom, runIds);
    for (const { path } of receiver.requests) counts.set(path, (counts.get(path) ?? 0) + 1);
    assert.equal(counts.size, runIds.length * (steps + 2));
    return counts;
  }

  /** No request came more often than an attempt of it was begun. */
  function checkAttempts(events: readonly EventDocument[]): void {
    for (const { body } of events) {
      const { type, data } = JSON.parse(body);
      if (!['node.succeeded', 'node.failed'].includes(type) || data.nodeType !== 'http-request') continue;
      const begun = events.filter((event) => event.type === 'node.started' && event.path === data.path);
      const place = data.path.replace(/^each\[(\d+)\]\/part$/, 'part$1');
      const came = receiver.requests.filter(({ path }) => path === `/${data.runId}/${place}`);
      assert.ok(came.length >= 1 && came.length <= begun.length, `${came.length} of ${data.path}`);
    }
  }

  it('a MongoDB that stands still for eight seconds holds everything up, and doubles nothing', async () => {
    const counts = await runThrough(async () => {
      const member = await set.primary();
      member.signal('SIGSTOP');
      await delay(8_000);
      member.signal('SIGCONT');
    });
    assert.deepEqual(new Set(counts.values()), new Set([1]));
  });

  it('a Temporal that was killed and came back with its data goes on where it was, and doubles nothing', async () => {
    const counts = await runThrough(() => temporal.killAndRestart());
    assert.deepEqual(new Set(counts.values()), new Set([1]));
  });

  it('a worker that stood still until another took its work over changes nothing when it wakes', async () => {
    await runThrough(async () => {
      const from = new Date();
      worker.child.kill('SIGSTOP');
      await hookloom.startWorker();
      // An attempt of the one that stands still was closed as lost: its node begins again elsewhere.
      const taken = () =>
        readEvents(hookloom.db, ({ type, recordedAt }) => type === 'node.retrying' && recordedAt > from);
      await eventually(async () => assert.ok((await taken()).length > 0), 120_000);
      worker.child.kill('SIGCONT');
    });
  });
});
