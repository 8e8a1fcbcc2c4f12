/** Deliveries under fire: three endpoints of which one is dead, and workers that are killed in mid-attempt. */
import assert from 'node:assert/strict';
import { openStatuses } from '../../src/engine/deliveries/delivery-states.ts';
import { attemptsOf, deliveriesOf } from '../../src/store/deliveries/deliveries.ts';
import type { DeliveryAttemptDocument, DeliveryDocument } from '../../src/store/deliveries/deliveries.ts';
import { checkLog } from './check-log.ts';
import { eventually } from './eventually.ts';
import type { HookloomProcess } from './hookloom.ts';
import { createWorkflow, startHookBench } from './hooks.ts';
import type { Arrival, HookBench } from './hooks.ts';
import { createRandom } from './random.ts';

/** How much is delivered, and how often a worker is killed meanwhile. */
export interface HookLoadPlan {
  /** At least so many deliveries, over the three endpoints. */
  deliveries: number;
  kills: number;
  /** Chooses the moments and the workers. */
  seed: number;
  deadlineMs: number;
}

/** What came of it, all of it checked. */
export interface HookLoadReport {
  runs: number;
  deliveries: number;
  /** Requests at the receivers, and attempts in the records. */
  requests: number;
  attempts: number;
  /** Attempts whose worker was killed before it recorded them. */
  lostAttempts: number;
  /** Events that a receiver got more than once, as at least once allows. */
  doubled: number;
  tookMs: number;
}

const good = ['/one', '/two'];
const dead = '/dead';
const schedule = ['0s', '200ms', '1s'];
const scheduleMs = [0, 200, 1_000];
const eventsPerRun = 10;
const portions = 4;
/** Losses beyond this many use up a place of the schedule. Source: docs/hooks.md. */
const forgivenLosses = 5;

/** Runs it; whatever is not as it must be is thrown. */
export async function loadHooks(plan: HookLoadPlan): Promise<HookLoadReport> {
  const env = { HOOKLOOM_HOOK_SCHEDULE: schedule.join(',') };
  const bench = await startHookBench(env, { worker: false });
  try {
    const workers = await Promise.all([bench.hookloom.startWorker(), bench.hookloom.startWorker()]);
    const workflowId = await createWorkflow(bench.hookloom);
    const subscribed = { subscribedEventTypes: ['*'], workflowIds: [workflowId], timeoutMs: 5_000 };
    const paths = [...good, dead];
    const endpoints = await Promise.all(paths.map((path) => bench.createEndpoint(path, subscribed)));
    const killer = createKiller(bench, workers, plan);
    for (const path of paths)
      bench.answers.set(path, (_, response) => {
        // Before the answer: the attempt of some worker is then under way.
        killer.noteArrival();
        if (path === dead) response.destroy();
        else response.writeHead(204).end();
      });
    const startedAt = Date.now();
    const runs = await emitInPortions(bench, { workflowId, plan, arrivals: killer.arrivals });
    await settled(bench, plan.deadlineMs);
    const tookMs = Date.now() - startedAt;
    await killer.done();
    const ids = endpoints.map(({ id }, index) => ({ id, path: paths[index] ?? '' }));
    return { runs: runs.length, tookMs, ...(await checkAll(bench, runs, ids)) };
  } finally {
    await bench.stop();
  }
}

/**
 * Records the runs while hooks go out and workers die. This process starts no delivery: each is in the state that a
 * process leaves that is killed right after its commit.
 */
async function emitInPortions(
  bench: HookBench,
  given: { workflowId: string; plan: HookLoadPlan; arrivals: () => number },
): Promise<string[]> {
  const { workflowId, plan, arrivals } = given;
  const count = Math.ceil(plan.deliveries / (eventsPerRun * (good.length + 1)));
  const portion = Math.ceil(count / portions);
  const runs: string[] = [];
  while (runs.length < count) {
    const wanted = Math.floor((plan.deliveries * runs.length) / count / 2);
    await eventually(() => assert.ok(arrivals() >= wanted), plan.deadlineMs);
    // Beside the waits a run has its first and its last event.
    runs.push(...(await bench.emit(workflowId, Math.min(portion, count - runs.length), eventsPerRun - 2)));
  }
  return runs;
}

/** Kills a worker when the requests reach chosen numbers, and puts a new one in its place. */
function createKiller(bench: HookBench, workers: HookloomProcess[], plan: HookLoadPlan) {
  const random = createRandom(plan.seed);
  // As many requests as deliveries come in any case; each kill has its part of them.
  const moments = Array.from({ length: plan.kills }, (_, index) =>
    Math.floor(((index + random()) / plan.kills) * plan.deliveries * 0.9),
  );
  let arrivals = 0;
  let killed = Promise.resolve();
  const kill = async () => {
    const victim = Math.floor(random() * workers.length);
    await workers[victim]?.kill();
    workers[victim] = await bench.hookloom.startWorker();
  };
  return {
    arrivals: () => arrivals,
    noteArrival(): void {
      arrivals += 1;
      while (moments.length > 0 && arrivals > (moments[0] ?? Infinity)) {
        moments.shift();
        killed = killed.then(kill);
        // Told by `done`.
        killed.catch(() => undefined);
      }
    },
    async done(): Promise<void> {
      assert.equal(moments.length, 0, `${moments.length} of ${plan.kills} kills did not come`);
      await killed;
    },
  };
}

async function settled({ hookloom }: HookBench, deadlineMs: number): Promise<void> {
  const { db } = hookloom;
  await eventually(async () => {
    const open = await deliveriesOf(db).countDocuments({ status: { $in: openStatuses } });
    assert.equal(open, 0, `${open} deliveries are open`);
  }, deadlineMs);
}

interface Evidence {
  deliveries: DeliveryDocument[];
  attempts: Map<string, DeliveryAttemptDocument[]>;
  arrivals: Map<string, Arrival[]>;
}

async function checkAll(
  bench: HookBench,
  runs: readonly string[],
  endpoints: readonly { id: string; path: string }[],
): Promise<Omit<HookLoadReport, 'runs' | 'tookMs'>> {
  const { db } = bench.hookloom;
  const eventIds: string[] = [];
  for (const runId of runs) eventIds.push(...(await checkLog(db, runId)).map((event) => event._id));
  const totals = { deliveries: 0, requests: 0, attempts: 0, lostAttempts: 0, doubled: 0 };
  for (const { id, path } of endpoints) {
    const found = await gather(bench, { id, path });
    const has = found.deliveries.map((delivery) => delivery.eventId).sort();
    assert.deepEqual(has, [...eventIds].sort(), `${path} has another delivery than one per event`);
    for (const delivery of found.deliveries) {
      const attempts = found.attempts.get(delivery._id) ?? [];
      const arrivals = found.arrivals.get(delivery._id) ?? [];
      checkDelivery({ delivery, attempts, arrivals }, path);
      totals.attempts += attempts.length;
      totals.lostAttempts += attempts.filter(isLost).length;
      if (path !== dead && arrivals.length > 1) totals.doubled += 1;
    }
    totals.deliveries += has.length;
    totals.requests += bench.got(path).length;
  }
  return totals;
}

async function gather({ hookloom, got }: HookBench, { id, path }: { id: string; path: string }) {
  const deliveries = await deliveriesOf(hookloom.db).find({ endpointId: id }).toArray();
  const deliveryId = { $in: deliveries.map(({ _id }) => _id) };
  const rows = await attemptsOf(hookloom.db).find({ deliveryId }).sort({ number: 1 }).toArray();
  const attempts: Evidence['attempts'] = new Map();
  for (const row of rows) attempts.set(row.deliveryId, [...(attempts.get(row.deliveryId) ?? []), row]);
  const arrivals: Evidence['arrivals'] = new Map();
  for (const arrival of got(path)) {
    const key = String(arrival.headers['hookloom-delivery-id']);
    arrivals.set(key, [...(arrivals.get(key) ?? []), arrival]);
  }
  return { deliveries, attempts, arrivals };
}

const isLost = ({ error }: DeliveryAttemptDocument) => error?.type === 'worker_lost';

/** One id, no attempt number twice, every attempt recorded; delivered, or exhausted by the schedule. */
function checkDelivery(
  given: { delivery: DeliveryDocument; attempts: DeliveryAttemptDocument[]; arrivals: Arrival[] },
  path: string,
): void {
  const { delivery, attempts, arrivals } = given;
  const about = `${delivery._id} to ${path}: ${JSON.stringify(attempts.map(({ error }) => error?.type))}`;
  assert.deepEqual([...new Set(arrivals.map(({ id }) => id))], [delivery.eventId], about);
  const numbers = arrivals.map(({ headers }) => Number(headers['hookloom-attempt']));
  assert.equal(new Set(numbers).size, numbers.length, `an attempt was sent twice: ${about}`);
  assert.deepEqual(
    attempts.map(({ number }) => number),
    Array.from({ length: delivery.attemptCount }, (_, index) => index + 1),
    about,
  );
  const made = attempts.filter((attempt) => !isLost(attempt));
  if (path === dead) return checkExhausted(given, made, about);
  assert.equal(delivery.status, 'success', about);
  assert.equal(made.at(-1)?.responseStatus, 204, about);
  // A machine that is too busy for the deadline may make one fail; nothing else may.
  for (const { error } of made.slice(0, -1)) assert.equal(error?.type, 'timeout', about);
}

function checkExhausted(
  { delivery, attempts }: { delivery: DeliveryDocument; attempts: DeliveryAttemptDocument[] },
  made: DeliveryAttemptDocument[],
  about: string,
): void {
  assert.deepEqual([delivery.status, delivery.reason], ['failure', 'exhausted'], about);
  const counted = Math.max(0, attempts.length - made.length - forgivenLosses);
  assert.equal(made.length + counted, schedule.length, about);
  made.forEach((attempt, index) => {
    assert.equal(attempt.responseStatus, null, about);
    const before = made[index - 1];
    if (!before) return;
    const waitedMs = attempt.startedAt.getTime() - before.startedAt.getTime();
    assert.ok(waitedMs >= (scheduleMs[index] ?? 0) * 0.8 - 50, `after ${waitedMs} ms: ${about}`);
  });
}
