import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '../test/support/eventually.ts';
import { startHookloom } from '../test/support/hookloom.ts';
import type { Hookloom } from '../test/support/hookloom.ts';
import { startReceiver } from '../test/support/receiver.ts';
import type { Bench, Measure } from './bench.ts';
import { cpuByProcess } from './cpu-time.ts';
import { openLoop } from './open-loop.ts';
import { startPlainWorker } from './start-plain-worker.ts';

/** One kind of run, as a definition and as written by hand. */
interface Work {
  name: string;
  perSecond: number;
  seconds: number;
  nodes: (url: string) => Record<string, object>;
  plain: (url: string) => { type: string; args: unknown[] };
  target: string;
}

const request = (url: string, more: object = {}) => ({ type: 'http-request', payload: { url }, ...more });
const fanIds = Array.from({ length: 20 }, (_, index) => `n${index}`);

const works: Work[] = [
  {
    name: 'webhook → one set',
    perSecond: 20,
    seconds: 15,
    nodes: () => ({
      root: { type: 'webhook', children: ['set'] },
      set: { type: 'set', payload: { values: { total: '{{$trigger.body.total}}' } } },
    }),
    plain: () => ({ type: 'plainSet', args: [{ total: 3 }] }),
    target: '≤ 1.0',
  },
  {
    name: 'three http-request in a row',
    perSecond: 10,
    seconds: 15,
    nodes: (url) => ({
      root: { type: 'webhook', children: ['a'] },
      a: request(url, { children: ['b'] }),
      b: request(url, { children: ['c'] }),
      c: request(url),
    }),
    plain: (url) => ({ type: 'plainSequence', args: [url, 3] }),
    target: '≤ 0.9',
  },
  {
    name: '20 http-request side by side',
    perSecond: 2,
    seconds: 15,
    nodes: (url) => ({
      root: { type: 'webhook', children: fanIds },
      ...Object.fromEntries(fanIds.map((id) => [id, request(url)])),
    }),
    plain: (url) => ({ type: 'plainLoop', args: [url, 20, 20] }),
    target: '≤ 0.7',
  },
  {
    name: 'loop of 100 http-request at 20',
    perSecond: 0.5,
    seconds: 20,
    nodes: (url) => ({
      root: { type: 'webhook', children: ['each'] },
      each: { type: 'for-each', payload: { array: '{{[1..100]}}', maxConcurrency: 20 }, loopBody: ['get'] },
      get: request(url),
    }),
    plain: (url) => ({ type: 'plainLoop', args: [url, 100, 20] }),
    target: '≤ 0.65',
  },
];

/** `HOOKLOOM_BENCH_PROFILES`: folder for a CPU profile of each thread of API and worker; the times are then not to be used. */
const profiles = process.env['HOOKLOOM_BENCH_PROFILES'];
const profiling = profiles
  ? {
      preload: [new URL('./profile-thread.mjs', import.meta.url).href],
      env: { HOOKLOOM_PROFILE_DIR: resolve(profiles) },
    }
  : {};
/** `HOOKLOOM_BENCH_WORKS`: only works whose name has this in it. */
const wanted = process.env['HOOKLOOM_BENCH_WORKS'] ?? '';

/** CPU time by role, in milliseconds. */
type Cost = Map<string, number>;

/** Whose CPU time counts: all but this process, which sends, receives and measures for both alike. */
type Roles = ReadonlyMap<number, string>;

function costNow(roles: Roles): Cost {
  const cost: Cost = new Map();
  for (const { pid, name, ms } of cpuByProcess()) {
    const role = roles.get(pid) ?? (/^(mongod|temporal)/.exec(name)?.[0] as string | undefined);
    if (role !== undefined) cost.set(role, (cost.get(role) ?? 0) + ms);
  }
  return cost;
}

/** What work costs beyond what the same time costs idle, by role. */
async function costOf(roles: Roles, idle: Cost, work: () => Promise<number>): Promise<Cost> {
  const from = performance.now();
  const before = costNow(roles);
  const runs = await work();
  // What follows from the log is part of the cost.
  await delay(1_000);
  const seconds = (performance.now() - from) / 1_000;
  return new Map(
    [...costNow(roles)].map(([role, ms]) => {
      const spent = ms - (before.get(role) ?? 0) - (idle.get(role) ?? 0) * seconds;
      return [role, Math.max(0, spent) / runs];
    }),
  );
}

/** CPU time of a second in which nothing is asked, by role. */
async function idleCost(roles: Roles): Promise<Cost> {
  const seconds = 10;
  const before = costNow(roles);
  await delay(seconds * 1_000);
  return new Map([...costNow(roles)].map(([role, ms]) => [role, (ms - (before.get(role) ?? 0)) / seconds]));
}

type Published = Awaited<ReturnType<Hookloom['publish']>>;

async function runOurs(
  hookloom: Hookloom,
  { id: workflowId, webhookUrl }: Published,
  work: Work,
): Promise<number> {
  const ended = { workflowId, status: 'success' };
  const before = await hookloom.db.collection('runs').countDocuments(ended);
  const { latencies, errors } = await openLoop({
    ...work,
    send: async () => void (await hookloom.call('POST', webhookUrl, { total: 3 })),
  });
  if (errors.length > 0) throw new Error(`${errors.length} requests failed: ${String(errors[0])}`);
  const wanted = before + latencies.length;
  await eventually(
    async () => (await hookloom.db.collection('runs').countDocuments(ended)) === wanted,
    120_000,
  );
  return latencies.length;
}

async function runPlain(
  hookloom: Hookloom,
  { type, args }: ReturnType<Work['plain']>,
  work: Work & { taskQueue: string },
) {
  const prefix = randomUUID();
  const { temporal } = hookloom;
  const { latencies } = await openLoop({
    ...work,
    send: async (index) =>
      void (await temporal.workflow.start(type, {
        taskQueue: work.taskQueue,
        workflowId: `${prefix}-${index}`,
        args,
      })),
  });
  const query = `WorkflowType = '${type}' AND ExecutionStatus = 'Running'`;
  await eventually(async () => (await temporal.workflow.count(query)).count === 0, 120_000);
  return latencies.length;
}

const total = (cost: Cost) => [...cost.values()].reduce((sum, ms) => sum + ms, 0);

function measuresOf(work: Work, ours: Cost, theirs: Cost): Measure[] {
  const lines = (who: string, cost: Cost) =>
    [...cost]
      .filter(([, ms]) => ms >= 0.1)
      .map(([role, ms]): Measure => ({ what: `${work.name}: ${who}, ${role}`, value: ms, unit: 'ms' }));
  return [
    ...lines('Hookloom', ours),
    ...lines('hand-written', theirs),
    { what: `${work.name}: Hookloom, CPU per run`, value: total(ours), unit: 'ms' },
    { what: `${work.name}: hand-written, CPU per run`, value: total(theirs), unit: 'ms' },
    {
      what: `${work.name}: Hookloom against hand-written`,
      value: total(ours) / total(theirs),
      unit: '×',
      target: work.target,
    },
  ];
}

/** Each kind of run at a steady rate, by Hookloom and then by hand, each process by itself. */
export const bench: Bench = {
  question: 'CPU of all processes per run, beside the same work hand-written on the same Temporal',
  async run() {
    const receiver = await startReceiver((_, response) =>
      response.setHeader('content-type', 'application/json').end('{"ok":true}'),
    );
    const hookloom = await startHookloom(
      { HOOKLOOM_EGRESS_ALLOW: receiver.host },
      { api: false, worker: false },
    );
    const api = await hookloom.startApi(profiling);
    hookloom.url = api.url;
    const worker = await hookloom.startWorker(profiling);
    const taskQueue = `plain_${randomUUID()}`;
    const plain = await startPlainWorker(taskQueue);
    const roles: Roles = new Map([
      [api.child.pid ?? 0, 'api'],
      [worker.child.pid ?? 0, 'worker'],
      [plain.pid, 'plain worker'],
    ]);
    try {
      const measures: Measure[] = [];
      const idle = await idleCost(roles);
      for (const work of works.filter(({ name }) => name.includes(wanted))) {
        const published = await hookloom.publish({ nodes: work.nodes(receiver.url) });
        const written = work.plain(receiver.url);
        const warmUp = { ...work, perSecond: Math.min(10, work.perSecond * 2), seconds: 4 };
        await hookloom.runEnd((await hookloom.call('POST', published.webhookUrl, {})).body.runIds[0]);
        await runOurs(hookloom, published, warmUp);
        await runPlain(hookloom, written, { ...warmUp, taskQueue });
        const ours = await costOf(roles, idle, () => runOurs(hookloom, published, work));
        const theirs = await costOf(roles, idle, () => runPlain(hookloom, written, { ...work, taskQueue }));
        measures.push(...measuresOf(work, ours, theirs));
      }
      return measures;
    } finally {
      await plain.stop();
      await hookloom.stop();
      await receiver.stop();
    }
  },
};
