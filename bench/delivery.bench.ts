import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { createSigningSecret } from '../src/outbound/signing/sign-hook.ts';
import { createWorkflow, hooksPath } from '../test/support/hooks.ts';
import { startHookloom } from '../test/support/hookloom.ts';
import type { Hookloom } from '../test/support/hookloom.ts';
import { startArrivals } from './arrivals.ts';
import type { Arrivals } from './arrivals.ts';
import { quantile } from './bench.ts';
import type { Bench, Measure } from './bench.ts';
import { startHookSender } from './hook-sender.ts';
import type { HookSender } from './hook-sender.ts';
import { openLoop } from './open-loop.ts';
import type { PlainDelivery } from './plain-delivery.ts';
import { startPlainWorker } from './start-plain-worker.ts';

const perSecond = 15;
const seconds = 20;
const burst = 400;
const writers = 20;

/** Commits an event and has it delivered; answers the run's id once the delivery is asked for. */
type Deliver = () => Promise<string>;

/**
 * Ours is a standalone Activity that claims, signs, sends and records each attempt; the baseline a workflow with one
 * Activity that signs and sends, and records nothing. Both follow the same append of a run's log, and use one client.
 */
export const bench: Bench = {
  question: `hook delivery by a standalone Activity against one workflow per delivery`,
  async run() {
    const arrivals = await startArrivals();
    const allow = { HOOKLOOM_EGRESS_ALLOW: arrivals.receiver.host };
    const hookloom = await startHookloom(allow);
    const sender = await startHookSender(hookloom);
    const taskQueue = `plain_${randomUUID()}`;
    const plain = await startPlainWorker(taskQueue, allow);
    try {
      const given = { arrivals, sender };
      const own = await ours(hookloom, given);
      const base = baseline(hookloom, taskQueue, given);
      // Both are warm before anything is measured.
      for (const deliver of [own, base]) await inBurst(given, deliver, 50);
      return [
        ...(await compareLatency(given, own, base)),
        ...compareThroughput(await inBurst(given, own, burst), await inBurst(given, base, burst)),
      ];
    } finally {
      await plain.stop();
      await sender.stop();
      await hookloom.stop();
      await arrivals.receiver.stop();
    }
  },
};

interface Given {
  arrivals: Arrivals;
  sender: HookSender;
}

async function ours(hookloom: Hookloom, { arrivals, sender }: Given): Promise<Deliver> {
  const workflowId = await createWorkflow(hookloom);
  const endpoint = {
    url: `${arrivals.receiver.url}/ours`,
    subscribedEventTypes: ['run.waiting'],
    workflowIds: [workflowId],
  };
  assert.equal((await hookloom.call('POST', hooksPath, endpoint)).status, 201);
  return () => sender.record(workflowId);
}

function baseline(hookloom: Hookloom, taskQueue: string, { arrivals, sender }: Given): Deliver {
  const secret = createSigningSecret();
  return async () => {
    const runId = await sender.record('wf_of_nobody');
    const body = JSON.stringify({ type: 'run.waiting', data: { runId } });
    const delivery: PlainDelivery = { url: `${arrivals.receiver.url}/plain`, id: runId, body, secret };
    const workflowId = `plain ${runId}`;
    await hookloom.temporal.workflow.start('plainDelivery', { taskQueue, workflowId, args: [delivery] });
    return runId;
  };
}

async function compareLatency(given: Given, own: Deliver, base: Deliver): Promise<Measure[]> {
  const [mine, theirs] = [await latencies(given, own), await latencies(given, base)];
  const rate = `${perSecond}/s, from commit to receiver`;
  const lines = (name: string, samples: readonly number[]): Measure[] =>
    [0.5, 0.95, 0.99].map((share) => ({
      what: `${name}, ${rate}, p${share * 100}`,
      value: quantile(samples, share),
      unit: 'ms',
    }));
  const ratio = quantile(theirs, 0.95) / quantile(mine, 0.95);
  return [
    ...lines('standalone Activity', mine),
    ...lines('workflow per delivery', theirs),
    { what: 'p95 of the workflow against ours', value: ratio, unit: '×', target: '> 1' },
  ];
}

async function latencies({ arrivals, sender }: Given, deliver: Deliver): Promise<number[]> {
  const samples: number[] = [];
  const send = async () => {
    const runId = await deliver();
    samples.push((await arrivals.of(runId)) - sender.committedAt(runId));
  };
  const { errors } = await openLoop({ perSecond, seconds, send });
  assert.deepEqual(errors, []);
  return samples;
}

/** Deliveries a second when `count` are asked for at once. */
async function inBurst({ arrivals }: Given, deliver: Deliver, count: number): Promise<number> {
  const from = performance.now();
  let left = count;
  const write = async () => {
    const mine: Promise<number>[] = [];
    while (left > 0) {
      left -= 1;
      mine.push(arrivals.of(await deliver()));
    }
    return mine;
  };
  const all = await Promise.all(Array.from({ length: writers }, write));
  const last = Math.max(...(await Promise.all(all.flat())));
  return count / ((last - from) / 1_000);
}

function compareThroughput(own: number, base: number): Measure[] {
  const what = `${burst} at once, from the first commit to the last request`;
  return [
    { what: `standalone Activity, ${what}`, value: own, unit: '/s' },
    { what: `workflow per delivery, ${what}`, value: base, unit: '/s' },
    { what: 'ours against the workflow', value: own / base, unit: '×', target: '> 1' },
  ];
}
