import assert from 'node:assert/strict';
import { eventually } from '../test/support/eventually.ts';
import { createWorkflow, hooksPath } from '../test/support/hooks.ts';
import { startHookloom } from '../test/support/hookloom.ts';
import type { Hookloom } from '../test/support/hookloom.ts';
import { startArrivals } from './arrivals.ts';
import { quantile } from './bench.ts';
import type { Bench, Measure } from './bench.ts';
import { startHookSender } from './hook-sender.ts';
import { openLoop } from './open-loop.ts';

const others = 8;
const backlogEach = 70;
const perSecond = 10;
const seconds = 15;

/** The others never answer until the deadline (15 s): first with their own traffic, then with more waiting than the worker has slots for. */
export const bench: Bench = {
  question: `a good endpoint at ${perSecond}/s alone, beside ${others} well ones, and beside ${others} that hang`,
  async run() {
    let hanging = 0;
    let isHostile = false;
    const arrivals = await startArrivals((request) => {
      if (!isHostile || !request.path.startsWith('/other')) return false;
      hanging += 1;
      return true;
    });
    const hookloom = await startHookloom({ HOOKLOOM_EGRESS_ALLOW: arrivals.receiver.host });
    const sender = await startHookSender(hookloom);
    try {
      const good = await endpoint(hookloom, `${arrivals.receiver.url}/good`);
      const urls = Array.from({ length: others }, (_, index) => `${arrivals.receiver.url}/other-${index}`);
      const crowd = await Promise.all(urls.map((url) => endpoint(hookloom, url)));
      const measure = async (beside: readonly string[]) => {
        const samples: number[] = [];
        const send = async (index: number) => {
          const other = beside[index % others];
          if (other !== undefined) void sender.record(other);
          const runId = await sender.record(good);
          samples.push((await arrivals.of(runId)) - sender.committedAt(runId));
        };
        const { errors } = await openLoop({ perSecond, seconds, send });
        assert.deepEqual(errors, []);
        return samples;
      };
      await measure(crowd);
      const alone = await measure([]);
      const beside = await measure(crowd);
      isHostile = true;
      await measure(crowd);
      const hostile = await measure(crowd);
      for (const workflowId of crowd)
        await Promise.all(Array.from({ length: backlogEach }, () => sender.record(workflowId)));
      await eventually(() => assert.ok(hanging >= 300, `${hanging} hang`), 60_000);
      return compare({ alone, beside, hostile, flooded: await measure(crowd) });
    } finally {
      await sender.stop();
      await hookloom.stop();
      await arrivals.receiver.stop();
    }
  },
};

async function endpoint(hookloom: Hookloom, url: string): Promise<string> {
  const workflowId = await createWorkflow(hookloom);
  const subscribed = { subscribedEventTypes: ['run.waiting'], workflowIds: [workflowId], maxRetries: 0 };
  assert.equal((await hookloom.call('POST', hooksPath, { url, ...subscribed })).status, 201);
  return workflowId;
}

function compare(given: Record<'alone' | 'beside' | 'hostile' | 'flooded', number[]>): Measure[] {
  const p95 = (samples: readonly number[]) => quantile(samples, 0.95);
  const { alone, beside, hostile, flooded } = given;
  const ratio = (what: string, value: number, target?: string): Measure => {
    return { what, value, unit: '×', ...(target === undefined ? {} : { target }) };
  };
  return [
    { what: 'alone, commit to receiver, p95', value: p95(alone), unit: 'ms' },
    { what: `beside ${others} well ones, p95`, value: p95(beside), unit: 'ms' },
    { what: `beside ${others} that hang, p95`, value: p95(hostile), unit: 'ms' },
    {
      what: `beside ${others} that hang and have ${backlogEach} waiting, p95`,
      value: p95(flooded),
      unit: 'ms',
    },
    ratio('beside hanging against beside well ones', p95(hostile) / p95(beside), '< 1.5'),
    ratio('with a backlog, against beside well ones', p95(flooded) / p95(beside)),
  ];
}
