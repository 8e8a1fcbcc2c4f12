import assert from 'node:assert/strict';
import { once } from 'node:events';
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
  let processes: [HookloomProcess & { url: string }, ...HookloomProcess[]];
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
        for (const { attempts: made } of delivered) assert.equal(made.length, attempts, JSON.stringify(made));
      }, soonMs);
      const came = bench.got(path).map(({ id, headers }) => `${id} ${headers['hookloom-attempt']}`);
      assert.equal(new Set(came).size, came.length, 'an attempt was sent twice');
      const made = await bench.deliveries(endpoint.id);
      const lost = made.filter(({ eventId, attempts }: any) =>
        attempts.some((_: unknown, index: number) => !came.includes(`${eventId} ${index + 1}`)),
      );
      assert.equal(came.length, events * attempts, `did not come: ${JSON.stringify(lost)}`);
    }
  });

  it('let nothing of flow control start early, too often or never: rates, slots, debounced and batched requests', async () => {
    const { hookloom } = bench;
    const rate = { limit: 2, perMs: 1_000 };
    const hour = 60 * 60 * 1_000;
    const short = { waitMs: 400 };
    const echo = { type: 'output', payload: { value: '{{$trigger.body}}' } };
    const publish = async (flow: object, out: object = echo) => {
      const nodes = { root: { type: 'webhook', children: ['out'] }, out };
      const { id, webhookUrl } = await hookloom.publish({ nodes, settings: { flow } });
      return { id, url: webhookUrl.replace(hookloom.url, processes[0].url) };
    };
    const call = {
      type: 'http-request',
      payload: {
        url: `${bench.receiver.url}/in-turn`,
        method: 'POST',
        body: { runId: '{{$run.id}}' },
      },
    };
    const open = new Set<string>();
    let mostAtOnce = 0;
    bench.answers.set('/in-turn', ({ body }, response) => {
      const { runId } = JSON.parse(body) as { runId: string };
      open.add(runId);
      mostAtOnce = Math.max(mostAtOnce, open.size);
      response.once('close', () => open.delete(runId));
      setTimeout(() => response.end('{}'), 100);
    });
    const limited = await publish({ rate, concurrency: { limit: 1 } }, call);
    const due = [
      await publish({ debounce: short }),
      await publish({ batch: { ...short, maxItems: 4 } }),
    ] as const;
    const held = [
      await publish({ debounce: { waitMs: hour } }),
      await publish({ batch: { waitMs: hour, maxItems: 1_000 } }),
    ];
    const starts = await watchStarts();
    const runIds = {
      limited: [] as string[],
      due: [new Map<string, number[]>(), new Map<string, number[]>()],
    };
    let sent = 0;
    const sendAll = async () => {
      sent += 1;
      const send = async (url: string) => {
        const { status, body } = await hookloom.call('POST', url, { n: sent });
        assert.equal(status, 202, JSON.stringify(body));
        return body.runIds[0] as string;
      };
      runIds.limited.push(await send(limited.url));
      for (const [index, { url }] of due.entries()) {
        const runId = await send(url);
        const gathered = runIds.due[index];
        gathered?.set(runId, [...(gathered.get(runId) ?? []), sent]);
      }
      for (const { url } of held) await send(url);
    };
    await sendAll();
    for (let round = 0; round < 3; round += 1) {
      for (const process of processes) {
        await jump(process);
        await sendAll();
      }
    }
    for (const runId of runIds.limited)
      assert.equal((await hookloom.runEnd(runId, soonMs)).status, 'success');
    const times = (await starts.allOf(runIds.limited)).sort((a, b) => a - b);
    for (const [index, time] of times.slice(rate.limit).entries()) {
      const took = time - (times[index] ?? 0);
      assert.ok(took >= rate.perMs, `${rate.limit + 1} starts within ${took} ms`);
    }
    assert.equal(mostAtOnce, 1);
    const [debounced, batched] = runIds.due;
    for (const [runId, numbers] of debounced ?? [])
      assert.deepEqual((await hookloom.runEnd(runId, soonMs)).output, { n: numbers.at(-1) });
    for (const [runId, numbers] of batched ?? [])
      assert.deepEqual(
        (await hookloom.runEnd(runId, soonMs)).output,
        numbers.map((n) => ({ n })),
      );
    for (const { id } of held) {
      const { items } = (await hookloom.call('GET', `/v1/workflows/${id}/runs`)).body;
      assert.deepEqual(items, [], 'it began an hour early');
    }
    const gathering = await hookloom.db.collection<any>('flowGathering').find().toArray();
    assert.deepEqual(
      gathering.map(({ count }) => count),
      [sent, sent],
    );
    for (const { dueAt, firstAt } of gathering) {
      assert.ok(dueAt.getTime() >= firstAt.getTime() + hour && dueAt.getTime() < Date.now() + hour + 1_000);
    }
    assert.equal(await hookloom.db.collection('flowWaiting').countDocuments(), 0);

    /** Every start that counts against a rate, by the database's clock. */
    async function watchStarts() {
      const lanes = hookloom.db.collection<any>('flowLanes');
      await hookloom.db.command({ collMod: 'flowLanes', changeStreamPreAndPostImages: { enabled: true } });
      const found = new Map<string, number>();
      const changes = lanes.watch([], { fullDocument: 'required' });
      changes.on('change', (change: any) => {
        for (const { runId, at } of change.fullDocument?.starts ?? []) found.set(runId, at.getTime());
      });
      await once(changes, 'resumeTokenChanged');
      return {
        async allOf(ids: readonly string[]): Promise<number[]> {
          const all = await eventually(() =>
            ids.map((runId) => found.get(runId) ?? assert.fail(`${runId} counted against no rate`)),
          );
          await changes.close();
          return all;
        },
      };
    }
  });

  it('do not make retention take what is young', async () => {
    const { hookloom } = bench;
    const appends = () => hookloom.db.collection<{ _id: string }>('appends').find().toArray();
    const before = await appends();
    const worker = await hookloom.startWorker({ preload });
    for (const other of processes.slice(1)) await other.stop();
    await jump(worker);
    const prefix = hookloom.env['TEMPORAL_TASK_QUEUE_PREFIX'] ?? '';
    await hookloom.temporal.workflow.execute('applyRetention', {
      workflowId: `${prefix}-retention-by-hand`,
      taskQueue: `${prefix}-runs`,
      args: [{}],
    });
    assert.ok(before.length > 0);
    // An endpoint that is found healthy again meanwhile says so.
    const known = new Set(before.map(({ _id }) => _id));
    assert.deepEqual(
      (await appends()).filter(({ _id }) => known.has(_id)),
      before,
    );
  });
});
