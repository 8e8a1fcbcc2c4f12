import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { startHookloom } from '../test/support/hookloom.ts';
import { startReceiver } from '../test/support/receiver.ts';
import { quantile } from './bench.ts';
import type { Bench, Measure } from './bench.ts';
import { startPlainWorker } from './start-plain-worker.ts';
import { timeRun } from './time-run.ts';

const items = 100;
const atOnce = 20;
const rounds = 7;

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
      const runPlain = async (): Promise<number> => {
        const from = performance.now();
        const statuses = await hookloom.temporal.workflow.execute('plainLoop', {
          taskQueue,
          workflowId: randomUUID(),
          args: [receiver.url, items, atOnce],
        });
        assert.equal(statuses.length, items);
        return performance.now() - from;
      };
      const measures: Measure[] = [];
      for (const afterMs of [0, 50]) {
        answerAfterMs = afterMs;
        const ours: number[] = [];
        const theirs: number[] = [];
        for (let round = -1; round < rounds; round += 1) {
          const own = await timeRun(hookloom, webhookUrl);
          const plainMs = await runPlain();
          // The first round warms both up.
          if (round < 0) continue;
          ours.push(own.totalMs);
          theirs.push(plainMs);
        }
        const [own, base] = [quantile(ours, 0.5), quantile(theirs, 0.5)];
        measures.push(
          { what: `hand-written, answers after ${afterMs} ms, median`, value: base, unit: 'ms' },
          { what: `Hookloom, answers after ${afterMs} ms, webhook to end, median`, value: own, unit: 'ms' },
          { what: 'Hookloom against hand-written', value: own / base, unit: '×', target: '< 1.5' },
        );
      }
      return measures;
    } finally {
      await plain.stop();
      await hookloom.stop();
      await receiver.stop();
    }
  },
};
