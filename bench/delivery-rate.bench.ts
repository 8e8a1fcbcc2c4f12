import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { deliveriesOf } from '../src/store/deliveries/deliveries.ts';
import { eventually } from '../test/support/eventually.ts';
import { createWorkflow, hooksPath } from '../test/support/hooks.ts';
import { startHookloom } from '../test/support/hookloom.ts';
import type { Hookloom } from '../test/support/hookloom.ts';
import { startArrivals } from './arrivals.ts';
import type { Arrivals } from './arrivals.ts';
import { quantile } from './bench.ts';
import type { Bench, Measure } from './bench.ts';
import { cpuMs } from './cpu-time.ts';
import { startHookSender } from './hook-sender.ts';
import type { HookSender } from './hook-sender.ts';
import { openLoop } from './open-loop.ts';

const seconds = 15;
const burst = 1_000;

interface Given {
  arrivals: Arrivals;
  sender: HookSender;
  hookloom: Hookloom;
}

/** CPU is that of all processes, the receiver included, less what recording the same events costs where nobody is told. */
export const bench: Bench = {
  question: `deliveries to one endpoint: CPU of each at 100/s, latency at 200/s, and ${burst} at once`,
  async run() {
    const arrivals = await startArrivals();
    const hookloom = await startHookloom({
      HOOKLOOM_EGRESS_ALLOW: arrivals.receiver.host,
      LOG_LEVEL: 'warn',
    });
    const sender = await startHookSender(hookloom);
    const given = { arrivals, sender, hookloom };
    try {
      const told = await createEndpoint(given);
      const untold = await createWorkflow(hookloom);
      await load(given, { workflowId: told, perSecond: 50 });
      const without = await load(given, { workflowId: untold, perSecond: 100 });
      const at100 = await load(given, { workflowId: told, perSecond: 100 });
      const at200 = await load(given, { workflowId: told, perSecond: 200 });
      const each = (at100.cpuMs - without.cpuMs) / at100.count;
      return [
        { what: 'CPU of a delivery at 100/s', value: each, unit: 'ms', target: '<= 5' },
        ...latency('100/s', at100.samples),
        ...latency('200/s', at200.samples, '< 60'),
        { what: 'deliveries of a batch, all in all', value: await batchSize(given), unit: '' },
        { what: `${burst} at once`, value: await atOnce(given, told), unit: '/s', target: '>= 300' },
      ];
    } finally {
      await sender.stop();
      await hookloom.stop();
      await arrivals.receiver.stop();
    }
  },
};

async function createEndpoint({ hookloom, arrivals }: Given): Promise<string> {
  const workflowId = await createWorkflow(hookloom);
  const endpoint = {
    url: `${arrivals.receiver.url}/rate`,
    subscribedEventTypes: ['run.waiting'],
    workflowIds: [workflowId],
  };
  assert.equal((await hookloom.call('POST', hooksPath, endpoint)).status, 201);
  return workflowId;
}

async function load(
  { arrivals, sender, hookloom }: Given,
  { workflowId, perSecond }: { workflowId: string; perSecond: number },
): Promise<{ samples: number[]; cpuMs: number; count: number }> {
  const isTold = (await deliveriesOf(hookloom.db).countDocuments({ workflowId }, { limit: 1 })) > 0;
  const samples: number[] = [];
  const before = cpuMs();
  const send = async () => {
    const runId = await sender.record(workflowId);
    if (isTold) samples.push((await arrivals.of(runId)) - sender.committedAt(runId));
  };
  const { errors } = await openLoop({ perSecond, seconds, send });
  assert.deepEqual(errors, []);
  // What is recorded after the answer belongs to it too.
  await delay(2_000);
  return { samples, cpuMs: cpuMs() - before, count: perSecond * seconds };
}

function latency(rate: string, samples: readonly number[], target?: string): Measure[] {
  return [0.5, 0.95].map((share) => ({
    what: `${rate}, from commit to receiver, p${share * 100}`,
    value: quantile(samples, share),
    unit: 'ms',
    ...(target && share === 0.95 ? { target } : {}),
  }));
}

async function batchSize({ hookloom }: Given): Promise<number> {
  const batches = await deliveriesOf(hookloom.db).distinct('batchId', { batchId: { $ne: null } });
  return (await deliveriesOf(hookloom.db).countDocuments({ batchId: { $ne: null } })) / batches.length;
}

async function atOnce({ arrivals, sender, hookloom }: Given, workflowId: string): Promise<number> {
  const from = performance.now();
  const runs = await Promise.all(Array.from({ length: burst }, () => sender.record(workflowId)));
  const last = Math.max(...(await Promise.all(runs.map((runId) => arrivals.of(runId)))));
  await eventually(async () => {
    const open = await deliveriesOf(hookloom.db).countDocuments({ workflowId, status: { $ne: 'success' } });
    assert.equal(open, 0, `${open} are not recorded`);
  }, 60_000);
  return burst / ((last - from) / 1_000);
}
