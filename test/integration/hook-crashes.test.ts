import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { eventually } from '../support/eventually.ts';
import { hookPathOf, startHookBench } from '../support/hooks.ts';
import type { Arrival, HookBench } from '../support/hooks.ts';
import type { HookloomProcess } from '../support/hookloom.ts';

const patience = 150_000;

describe('hooks whose processes are killed, or told different things at once', function () {
  this.timeout(400_000);
  let bench: HookBench;
  let apis: (HookloomProcess & { url: string })[];
  let worker: HookloomProcess;

  before(async () => {
    const env = { HOOKLOOM_HOOK_SCHEDULE: '0s,100ms,100ms' };
    bench = await startHookBench(env, { worker: false });
    apis = [await bench.hookloom.startApi(), await bench.hookloom.startApi()];
    worker = await bench.hookloom.startWorker();
  });
  after(() => bench?.stop());

  const post = async (path: string, body: object = {}, api = bench.hookloom.url) =>
    bench.hookloom.call('POST', api + hookPathOf(path), body);
  const countOf = async (id: string, status: string) =>
    (await bench.deliveries(id, `&status=${status}`)).length;
  const all = (id: string, status: string, count: number) =>
    eventually(async () => assert.equal(await countOf(id, status), count), patience);
  /** Each event where it came first. */
  const firsts = (arrivals: readonly Arrival[]) =>
    arrivals.filter(({ id }, index) => arrivals.findIndex((other) => other.id === id) === index);
  const place = ({ event }: Arrival) => `${event.data['runId']} ${event.data['sequence']}`;

  /** A receiver that answers after a while and tells how many requests it had open at a time at most. */
  function answerSlowly(path: string, status: (arrival: Arrival) => number = () => 204) {
    const seen = { open: 0, most: 0, answered: [] as Arrival[] };
    bench.answers.set(path, (arrival, response) => {
      seen.open += 1;
      seen.most = Math.max(seen.most, seen.open);
      response.once('close', () => (seen.open -= 1));
      setTimeout(() => {
        if (response.closed || response.destroyed) return;
        seen.answered.push(arrival);
        response.writeHead(status(arrival)).end();
      }, 30);
    });
    return seen;
  }

  /** Kills the only worker while it waits for the answer to its `nth` request, and starts another one. */
  async function killAt(path: string, nth: number): Promise<void> {
    const answer = bench.answers.get(path) ?? assert.fail();
    const killed = new Promise<void>((resolve) => {
      bench.answers.set(path, (arrival, response) => {
        if (bench.got(path).length < nth) return answer(arrival, response);
        bench.answers.set(path, answer);
        void worker.kill().then(resolve);
      });
    });
    await killed;
    worker = await bench.hookloom.startWorker();
  }

  it('release what was held in order, although the worker is killed in the middle of it', async () => {
    const settings = { maxInFlight: 1, timeoutMs: 1_000 };
    const { id, workflowId } = await bench.createEndpoint('/released', settings);
    await post(`/${id}/disable`);
    const runs = await bench.emit(workflowId, 8, 3);
    await all(id, 'held', 24);
    const seen = answerSlowly('/released');
    const killed = killAt('/released', 10);
    await post(`/${id}/enable`);
    await killed;
    await all(id, 'success', 24);
    const expected = runs.flatMap((runId) => [2, 3, 4].map((sequence) => `${runId} ${sequence}`));
    assert.deepEqual(firsts(bench.got('/released')).map(place), expected);
    assert.equal(bench.got('/released').length, 25, 'only the request that was broken off comes again');
    assert.equal(seen.most, 1);
  });

  it('keep the order within runs, although the worker is killed twice and events fail', async () => {
    const settings = { ordering: 'run', timeoutMs: 1_000, maxRetries: 2 };
    const { id, workflowId } = await bench.createEndpoint('/ordered', settings);
    const tries = new Map<string, number>();
    const seen = answerSlowly('/ordered', (arrival) => {
      const count = (tries.get(arrival.id) ?? 0) + 1;
      tries.set(arrival.id, count);
      return arrival.event.data['sequence'] === 4 && count === 1 ? 500 : 204;
    });
    const killed = (async () => {
      await killAt('/ordered', 6);
      await killAt('/ordered', bench.got('/ordered').length + 6);
    })();
    const runs = await bench.emit(workflowId, 4, 8);
    await killed;
    await all(id, 'success', 32);
    for (const runId of runs) {
      const ofRun = ({ event }: Arrival) => event.data['runId'] === runId;
      const sequences = firsts(bench.got('/ordered').filter(ofRun)).map(
        ({ event }) => event.data['sequence'],
      );
      assert.deepEqual(sequences, [2, 3, 4, 5, 6, 7, 8, 9]);
      // Nothing was sent before the one before it was taken.
      let answered = 1;
      for (const { event } of seen.answered.filter(ofRun)) {
        const { sequence } = event.data;
        assert.ok(sequence <= answered + 1, `${sequence} after ${answered}`);
        answered = Math.max(answered, sequence);
      }
    }
  });

  it('release once and in order, whoever enables at the same time, beside a replay', async () => {
    const { id, workflowId } = await bench.createEndpoint('/enabled', { maxInFlight: 1 });
    const since = new Date(Date.now() - 1_000).toISOString();
    await post(`/${id}/disable`);
    const runs = await bench.emit(workflowId, 5, 4);
    await all(id, 'held', 20);
    const seen = answerSlowly('/enabled');
    const enabled = await Promise.all(
      [0, 1, 0, 1, 0, 1].map((index) => post(`/${id}/enable`, {}, apis[index]?.url)),
    );
    for (const { status } of enabled) assert.equal(status, 200);
    await all(id, 'success', 20);
    const expected = runs.flatMap((runId) => [2, 3, 4, 5].map((sequence) => `${runId} ${sequence}`));
    assert.deepEqual(bench.got('/enabled').map(place), expected, 'each once, in order');
    // Again, with a replay of them all while they are held.
    await post(`/${id}/disable`);
    const later = await bench.emit(workflowId, 5, 4);
    await all(id, 'held', 20);
    const replay = await post(`/${id}/replay`, { since, status: 'success' });
    assert.equal(replay.status, 202);
    await all(id, 'held', 40);
    await Promise.all([0, 1].map((index) => post(`/${id}/enable`, {}, apis[index]?.url)));
    await all(id, 'success', 60);
    const came = bench.got('/enabled').slice(20);
    assert.equal(came.length, 40);
    const isReplay = ({ headers }: Arrival) => headers['hookloom-replay'] === 'true';
    assert.deepEqual(came.filter(isReplay).map(place), expected);
    const laterExpected = later.flatMap((runId) => [2, 3, 4, 5].map((sequence) => `${runId} ${sequence}`));
    assert.deepEqual(came.filter((one) => !isReplay(one)).map(place), laterExpected);
    assert.equal(seen.most, 1);
  });

  it('send held ones once, released and retried by hand at the same time', async () => {
    const { id, workflowId } = await bench.createEndpoint('/retried', { maxInFlight: 3 });
    await post(`/${id}/disable`);
    await bench.emit(workflowId, 4, 5);
    await all(id, 'held', 20);
    answerSlowly('/retried');
    const deliveries = await bench.deliveries(id);
    const retries = deliveries.flatMap(({ id: one }, index) =>
      [0, 1].map((api) => post(`/deliveries/${one}/retry`, {}, apis[(index + api) % 2]?.url)),
    );
    const [enabled, ...answers] = await Promise.all([post(`/${id}/enable`), ...retries]);
    assert.equal(enabled?.status, 200);
    for (const { status } of answers) assert.ok([202, 409].includes(status), String(status));
    await all(id, 'success', 20);
    assert.equal(bench.got('/retried').length, 20);
    assert.equal(new Set(bench.got('/retried').map((one) => one.id)).size, 20);
  });

  it('bring a waiting retry forward once, however many ask at the same time', async () => {
    const settings = { retrySchedule: ['0s', '2h', '2h'], maxRetries: 2 };
    const { id, workflowId } = await bench.createEndpoint('/forward', settings);
    let status = 500;
    answerSlowly('/forward', () => status);
    await bench.emit(workflowId, 1);
    await all(id, 'retrying', 1);
    const [waiting] = await bench.deliveries(id);
    status = 204;
    const asked = [0, 1, 0, 1, 0, 1, 0, 1];
    const answers = await Promise.all(
      asked.map((index) => post(`/deliveries/${waiting.id}/retry`, {}, apis[index]?.url)),
    );
    for (const answer of answers) assert.ok([202, 409].includes(answer.status));
    assert.ok(answers.some((answer) => answer.status === 202));
    await all(id, 'success', 1);
    const [done] = await bench.deliveries(id);
    assert.deepEqual([bench.got('/forward').length, done.attempts.length, done.nextRetryAt], [2, 2, null]);
    await eventually(async () => {
      const { status: state } = await bench.hookloom.temporal.activity.getHandle(waiting.id).describe();
      assert.notEqual(state, 'RUNNING');
    }, patience);
    assert.equal((await post(`/deliveries/${waiting.id}/retry`)).status, 409);
  });

  /** Makes a delivery due, and its Activity looked for, now: both would come by themselves. */
  const makeDue = (id: string) =>
    bench.hookloom.db
      .collection<{ _id: string }>('deliveries')
      .updateOne({ _id: id }, { $set: { nextRetryAt: new Date(), checkAt: new Date() } });

  for (const action of ['terminate', 'cancel'] as const)
    it(`go on after an operator's ${action} of their Activity, between attempts and in the middle of one`, async () => {
      const path = `/${action}`;
      const settings = { retrySchedule: ['0s', '2h', '2h'], maxRetries: 2, timeoutMs: 20_000 };
      const { id, workflowId } = await bench.createEndpoint(path, settings);
      bench.answers.set(path, (_, response) => void response.writeHead(500).end());
      await bench.emit(workflowId, 1);
      await all(id, 'retrying', 1);
      const [delivery] = await bench.deliveries(id);
      const handle = bench.hookloom.temporal.activity.getHandle(delivery.id);
      const end = () => (action === 'cancel' ? handle.cancel('by hand') : handle.terminate('by hand'));
      await end();
      await eventually(async () => assert.notEqual((await handle.describe()).status, 'RUNNING'), patience);
      const open: ServerResponse[] = [];
      bench.answers.set(path, (_, response) => void open.push(response));
      await makeDue(delivery.id);
      const response = await eventually(() => open[0] ?? assert.fail('it is not started again'), patience);
      const refused = await post(`/deliveries/${delivery.id}/retry`);
      assert.deepEqual([refused.status, refused.body.type], [409, '/problems/attempt-in-flight']);
      await bench.hookloom.temporal.activity.getHandle(delivery.id)[action]('by hand');
      response.writeHead(204).end();
      await all(id, 'success', 1);
      const [done] = await bench.deliveries(id);
      assert.deepEqual(
        done.attempts.map((attempt: any) => attempt.responseStatus),
        [500, 204],
      );
      assert.equal(bench.got(path).length, 2);
    });
});
