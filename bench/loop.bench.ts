import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { startHookloom } from '../test/support/hookloom.ts';
import { startReceiver } from '../test/support/receiver.ts';
import { quantile } from './bench.ts';
import type { Bench, Measure } from './bench.ts';
import { startPlainWorker } from './start-plain-worker.ts';
import { executionMs, timeRun } from './time-run.ts';
import type { RunTime } from './time-run.ts';

const items = 100;
const atOnce = 20;
const warmUps = 5;
const rounds = 11;

/** Times of one kind of run, side by side. `executionMs`: start to close by Temporal; `totalMs`: as whoever asks sees it. */
type Times = Pick<RunTime, 'executionMs' | 'totalMs'>[];

/**
 * The execution is what both have: one Workflow on the same server, by the server's own clock. The whole way is, by hand,
 * a client that starts it and waits for its result; with Hookloom a webhook, its inbox, and the stream up to its end.
 */
function compare(afterMs: number, ours: Times, theirs: Times): Measure[] {
  const ways = { executionMs: 'execution', totalMs: 'whole way' } as const;
  return (['executionMs', 'totalMs'] as const).flatMap((way) => {
    const median = (times: Times) =>
      quantile(
        times.map((time) => time[way]),
        0.5,
      );
    const what = `answers after ${afterMs} ms, ${ways[way]}`;
    return [
      { what: `${what}: hand-written, median`, value: median(theirs), unit: 'ms' as const },
      { what: `${what}: Hookloom, median`, value: median(ours), unit: 'ms' as const },
      {
        what: `${what}: Hookloom against hand-written`,
        value: median(ours) / median(theirs),
        unit: '×' as const,
        target: '< 1.5',
      },
    ];
  });
}

/** Both do the same requests to the same receiver, in turns, on the same servers, each in a worker process of its own. */
export const bench: Bench = {
  question: `a loop of ${items} http-request items at concurrency ${atOnce} against hand-written Temporal`,
  async run() {
    let answerAfterMs = 0;
    const receiver = await startReceiver((_, response) => {
      const answer = () => response.setHeader('content-type', 'application/json').end('{"ok":true}');
      if (answerAfterMs === 0) answer();
      else void delay(answerAfterMs).then(answer);
    });
    const hookloom = await startHookloom({ HOOKLOOM_EGRESS_ALLOW: receiver.host });
    const taskQueue = `plain_${randomUUID()}`;
    const plain = await startPlainWorker(taskQueue);
    try {
      const { webhookUrl } = await hookloom.publish({
        nodes: {
          root: { type: 'webhook', children: ['each'] },
          each: {
            type: 'for-each',
            payload: { array: `{{[1..${items}]}}`, maxConcurrency: atOnce },
            loopBody: ['get'],
          },
          get: { type: 'http-request', payload: { url: `${receiver.url}/{{$index}}` } },
        },
      });
      const runPlain = async (): Promise<Times[number]> => {
        const workflowId = randomUUID();
        const from = performance.now();
        const statuses = await hookloom.temporal.workflow.execute('plainLoop', {
          taskQueue,
          workflowId,
          args: [receiver.url, items, atOnce],
        });
        const totalMs = performance.now() - from;
        assert.equal(statuses.length, items);
        return { totalMs, executionMs: await executionMs(hookloom, workflowId) };
      };
      const measures: Measure[] = [];
      for (const afterMs of [0, 50]) {
        answerAfterMs = afterMs;
        const ours: Times = [];
        const theirs: Times = [];
        // The first rounds warm both up.
        for (let round = -warmUps; round < rounds; round += 1) {
          const own = await timeRun(hookloom, webhookUrl);
          const plainTime = await runPlain();
          if (round < 0) continue;
          ours.push(own);
          theirs.push(plainTime);
        }
        measures.push(...compare(afterMs, ours, theirs));
      }
      return measures;
    } finally {
      await plain.stop();
      await hookloom.stop();
      await receiver.stop();
    }
  },
};
