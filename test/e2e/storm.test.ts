import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import type { EventDocument } from '../../src/store/log/events.ts';
import { checkAllLogs } from '../support/check-log.ts';
import { eventually } from '../support/eventually.ts';
import { Replaceable, startMortalTemporal, startStorm } from '../support/fault-storm.ts';
import type { MortalTemporal, Victims } from '../support/fault-storm.ts';
import { followActivity } from '../support/follow-activity.ts';
import type { ActivityReader } from '../support/follow-activity.ts';
import { startHookloom } from '../support/hookloom.ts';
import type { Hookloom } from '../support/hookloom.ts';
import { startReceiver } from '../support/receiver.ts';
import type { Receiver } from '../support/receiver.ts';
import { checkReplay } from '../support/replay.ts';
import { startReplicaSet } from '../support/replica-set.ts';
import type { ReplicaSet } from '../support/replica-set.ts';
import { countRuns, readEvents } from '../support/read-events.ts';

const runCount = 100;
/** Runs begin over this time, while faults come every two seconds. */
const loadMs = 30_000;
/** How long a run may take after the storm, on a machine that has other things to do. */
const settleMs = 400_000;
const seed = Number(process.env['HOOKLOOM_TEST_SEED'] ?? 7);

const definition = (url: string) => ({
  nodes: {
    root: { type: 'webhook', children: ['first', 'each'] },
    first: { type: 'http-request', payload: { url: `${url}/work` }, children: ['rest'] },
    each: { type: 'for-each', payload: { array: [1, 2] }, loopBody: ['part'], children: ['rest'] },
    part: { type: 'http-request', payload: { url: `${url}/work` } },
    rest: { type: 'delay', payload: { delayMs: 200 }, children: ['sum'] },
    sum: { type: 'set', payload: { values: { n: '{{$trigger.body.n}}' } }, children: ['last'] },
    last: { type: 'http-request', payload: { url: `${url}/work`, body: '{{sum.result}}', method: 'POST' } },
  },
});
const requestsPerRun = 4;

describe('a storm of faults', function () {
  this.timeout(900_000);
  let receiver: Receiver;
  let set: ReplicaSet;
  let temporal: MortalTemporal;
  let hookloom: Hookloom;
  let victims: Victims;
  let activity: ActivityReader | undefined;

  before(async () => {
    receiver = await startReceiver((_, response) => void setTimeout(() => response.end('{}'), 50));
    [set, temporal] = await Promise.all([startReplicaSet(), startMortalTemporal()]);
    await set.primary();
    hookloom = await startHookloom(
      {
        HOOKLOOM_EGRESS_ALLOW: receiver.host,
        MONGODB_URL: set.url,
        TEMPORAL_ADDRESS: temporal.address,
        HOOKLOOM_HOOK_SCHEDULE: '0s,200ms,500ms,1s,1s,1s,1s,1s',
      },
      { api: false, worker: false },
    );
    const two = [0, 1];
    victims = {
      set,
      temporal,
      apis: two.map(() => new Replaceable(() => hookloom.startApi())),
      workers: two.map(() => new Replaceable(() => hookloom.startWorker())),
    };
    await Promise.all([...victims.apis, ...victims.workers].map((part) => part.now()));
    hookloom.url = await urlOf(0);
  });
  after(async () => {
    await activity?.stop().catch(() => undefined);
    await hookloom?.stop();
    await temporal?.stop();
    await set?.stop();
    await receiver?.stop();
  });

  const urlOf = async (index: number) => (await victims.apis[index % 2]?.now())?.url ?? '';

  /** Sends a webhook until it is taken, as senders do: the same key each time. */
  async function send(path: string, n: number): Promise<string> {
    for (let tries = n; ; tries += 1) {
      const answer = await hookloom
        .call('POST', (await urlOf(tries)) + path, { n }, { 'idempotency-key': `n${n}` })
        .catch(() => undefined);
      if (answer?.status === 202) return answer.body.runIds[0];
      await delay(200);
    }
  }

  /** Begins all runs while faults come; answers their ids once each has succeeded. */
  async function runThroughStorm(path: string): Promise<string[]> {
    const storm = startStorm(victims, seed);
    try {
      const runIds = await Promise.all(
        Array.from({ length: runCount }, async (_, n) => {
          await delay((loadMs / runCount) * n);
          return send(path, n);
        }),
      );
      await storm.calm();
      hookloom.url = await urlOf(0);
      for (const runId of runIds) {
        const run = await hookloom.runEnd(runId, settleMs);
        assert.equal(run.status, 'success', `${runId}: ${JSON.stringify(run.error)}`);
      }
      return runIds;
    } catch (error) {
      throw new Error(`after ${storm.log.join(', ')}`, { cause: error });
    } finally {
      await storm.calm().catch(() => undefined);
    }
  }

  it(`loses, doubles and holds up nothing of ${runCount} runs (seed ${seed})`, async () => {
    const { id: workflowId, webhookUrl } = await hookloom.publish(definition(receiver.url));
    const created = await hookloom.call('POST', '/v1/execution-webhooks', {
      name: 'all',
      url: `${receiver.url}/hook`,
      subscribedEventTypes: ['run.*', 'node.succeeded'],
    });
    assert.equal(created.status, 201);
    const reader = (activity = followActivity(hookloom.key, urlOf));
    await reader.opened;
    const runIds = await runThroughStorm(new URL(webhookUrl).pathname);
    assert.equal(new Set(runIds).size, runCount);
    // Every run of the workflow is one that was asked for, and its log is whole.
    assert.equal(await countRuns(hookloom.db, workflowId), runCount);
    assert.deepEqual((await checkAllLogs(hookloom.db)).sort(), [...runIds].sort());
    // Those about endpoints belong to no run, and have the sequence 0.
    const events = await readEvents(hookloom.db, ({ sequence }) => sequence > 0);
    checkWork(events);
    await checkHooks(events);
    await checkReplay(hookloom, runIds);
    await eventually(() => assert.equal(reader.ids.length, events.length), 30_000);
    await reader.stop();
    assert.deepEqual([...reader.ids].sort(), events.map((event) => event._id).sort());
  });

  /** How often the receiver got each value of a header on a path. */
  function countArrivals(path: string, header: string): Map<string, number> {
    const came = receiver.requests.filter((request) => request.path === path);
    return countBy(came.map(({ headers }) => String(headers[header])));
  }

  /** Each node's request came, and never more often than attempts of it were begun. */
  function checkWork(events: readonly EventDocument[]): void {
    const came = countArrivals('/work', 'idempotency-key');
    const begun = countBy(
      events
        .filter(({ type, body }) => type === 'node.started' && body.includes('"nodeType":"http-request"'))
        .map(({ executionId }) => String(executionId)),
    );
    assert.equal(begun.size, runCount * requestsPerRun);
    assert.deepEqual([...came.keys()].sort(), [...begun.keys()].sort());
    for (const [key, count] of came) assert.ok(count <= (begun.get(key) ?? 0), `${count} requests of ${key}`);
  }

  /** Each hook came, and never more often than attempts of it were made. */
  async function checkHooks(events: readonly EventDocument[]): Promise<void> {
    const deliveries = hookloom.db.collection<{ _id: string; attemptCount: number }>('deliveries');
    await eventually(async () => {
      const states = await deliveries.aggregate([{ $group: { _id: '$status', n: { $sum: 1 } } }]).toArray();
      const names = states.map((state) => state['_id']);
      assert.deepEqual(names, ['success'], JSON.stringify(states));
    }, 120_000);
    const came = countArrivals('/hook', 'hookloom-delivery-id');
    const made = await deliveries.find().toArray();
    const wanted = events.filter(({ type }) => type.startsWith('run.') || type === 'node.succeeded');
    assert.equal(made.length, wanted.length);
    assert.equal(came.size, wanted.length);
    for (const { _id, attemptCount } of made) {
      const count = came.get(_id) ?? 0;
      assert.ok(count >= 1 && count <= attemptCount, `${count} requests of ${_id}`);
    }
  }
});

function countBy(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}
