import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { checkLog } from '../support/check-log.ts';
import { eventually } from '../support/eventually.ts';
import { startHookBench } from '../support/hooks.ts';
import type { Arrival, HookBench } from '../support/hooks.ts';
import type { HookloomProcess } from '../support/hookloom.ts';
import { readEvents } from '../support/read-events.ts';

const preload = [fileURLToPath(new URL('../support/jumping-clock.mjs', import.meta.url))];
const runsBetweenJumps = 3;
/** Far more than anything here takes; far less than the jumps. */
const soonMs = 60_000;

describe('clocks that jump', function () {
  this.timeout(180_000);
  let bench: HookBench;
  let processes: HookloomProcess[];
  let webhookUrl: string;

  before(async () => {
    const env = { HOOKLOOM_HOOK_SCHEDULE: '0s,300ms,1s' };
    bench = await startHookBench(env, { worker: false });
    const { hookloom } = bench;
    const api = await hookloom.startApi({ preload });
    processes = [api, await hookloom.startWorker({ preload }), await hookloom.startWorker({ preload })];
    const post = { method: 'POST', body: {} };
    const nodes = {
      root: { type: 'webhook', children: ['ask'] },
      ask: {
        type: 'http-request',
        payload: { url: `${bench.receiver.url}/asked`, ...post },
        children: ['pause'],
      },
      pause: { type: 'delay', payload: { delayMs: 200 }, children: ['note'] },
      note: { type: 'log', payload: { message: '{{$trigger.body.name}}' } },
    };
    const published = await hookloom.publish({ nodes });
    webhookUrl = published.webhookUrl.replace(hookloom.url, api.url);
    bench.answers.set('/asked', (_, response) => void response.end('{}'));
  });
  after(() => bench?.stop());

  async function jump(process: HookloomProcess | undefined): Promise<void> {
    const told = () => (process?.output().match(/the clock is /g) ?? []).length;
    const before = told();
    process?.child.kill('SIGUSR2');
    await eventually(() => assert.equal(told(), before + 1));
  }

  it('change nothing: every run ends in time, every hook comes once and in time, nothing is lost', async () => {
    const subscribed = { subscribedEventTypes: ['run.*'], workflowIds: [] };
    const good = await bench.createEndpoint('/good', subscribed);
    const shaky = await bench.createEndpoint('/shaky', subscribed);
    const isFirst = ({ headers }: Arrival) => headers['hookloom-attempt'] === '1';
    bench.answers.set('/shaky', (arrival, response) => {
      response.writeHead(isFirst(arrival) ? 503 : 204).end();
    });
    const started: string[] = [];
    const startSome = async () => {
      const bodies = Array.from({ length: runsBetweenJumps }, (_, index) => ({ name: `run ${index}` }));
      const answers = await Promise.all(bodies.map((body) => bench.hookloom.call('POST', webhookUrl, body)));
      for (const { status, body } of answers) {
        assert.equal(status, 202, JSON.stringify(body));
        started.push(...body.runIds);
      }
    };
    await startSome();
    // Each 40 days ahead, three hours behind, and right again; never all at once.
    for (let round = 0; round < 3; round += 1) {
      for (const process of processes) {
        await jump(process);
        await startSome();
      }
    }
    const { hookloom } = bench;
    const from = Date.now() - soonMs * 2;
    for (const runId of started) {
      const run = await hookloom.runEnd(runId, soonMs);
      assert.equal(run.status, 'success');
      const took = Date.parse(run.finishedAt) - Date.parse(run.startedAt);
      assert.ok(took >= 0 && took < soonMs, `${runId} took ${took} ms`);
      const events = await checkLog(hookloom.db, runId);
      const times = events.map(({ recordedAt }) => recordedAt.getTime());
      assert.deepEqual(times, [...times].sort(), `${runId} was recorded in another order`);
      for (const time of times)
        assert.ok(time > from && time < Date.now() + 1_000, new Date(time).toISOString());
    }
    const { length: events } = await readEvents(
      hookloom.db,
      ({ runId, type }) => started.includes(runId) && type.startsWith('run.'),
    );
    for (const [endpoint, path, attempts] of [
      [good, '/good', 1],
      [shaky, '/shaky', 2],
    ] as const) {
      await eventually(async () => {
        const delivered = await bench.deliveries(endpoint.id, '&status=success');
        assert.equal(delivered.length, events);
        for (const delivery of delivered) assert.equal(delivery.attempts.length, attempts);
      }, soonMs);
      const came = bench.got(path).map(({ id, headers }) => `${id} ${headers['hookloom-attempt']}`);
      assert.equal(new Set(came).size, came.length, 'an attempt was sent twice');
      assert.equal(came.length, events * attempts);
    }
  });

  it('do not make retention take what is young', async () => {
    const { hookloom } = bench;
    const count = () => hookloom.db.collection('appends').countDocuments();
    const before = await count();
    const worker = await hookloom.startWorker({ preload });
    for (const other of processes.slice(1)) await other.stop();
    await jump(worker);
    const prefix = hookloom.env['TEMPORAL_TASK_QUEUE_PREFIX'] ?? '';
    await hookloom.temporal.workflow.execute('applyRetention', {
      workflowId: `${prefix}-retention-by-hand`,
      taskQueue: `${prefix}-runs`,
      args: [{}],
    });
    assert.ok(before > 0);
    assert.equal(await count(), before);
  });
});
