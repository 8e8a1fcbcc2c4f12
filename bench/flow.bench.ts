import { setTimeout as delay } from 'node:timers/promises';
import { startHookloom } from '../test/support/hookloom.ts';
import type { Hookloom } from '../test/support/hookloom.ts';
import type { Bench, Measure } from './bench.ts';

const runs = Number(process.env['HOOKLOOM_BENCH_RUNS'] ?? 100);
const settings: Record<string, object> = {
  'no flow control': {},
  'a priority': { flow: { priority: 2 } },
  'a limit': { flow: { concurrency: { limit: 1_000 } } },
  'a limit by key': { flow: { concurrency: { limit: 10, key: '{{$trigger.body.key}}' } } },
};

/** Commands that MongoDB has carried out. */
async function commands(hookloom: Hookloom): Promise<number> {
  const { opcounters } = await hookloom.db.admin().serverStatus();
  const { insert, query, update, delete: deleted, command } = opcounters as Record<string, number>;
  return [insert, query, update, deleted, command].reduce<number>((sum, count) => sum + (count ?? 0), 0);
}

/** Waits, seldom asking, for its asking is counted too. */
async function allEnded(hookloom: Hookloom): Promise<void> {
  const isOpen = { status: { $ne: 'success' } };
  while ((await hookloom.db.collection('runs').countDocuments(isOpen)) > 0) await delay(500);
}

export const bench: Bench = {
  question: `what does a limited run cost? ${runs} runs of one node, one after the other`,
  async run() {
    const hookloom = await startHookloom();
    const measures: Measure[] = [];
    try {
      for (const [what, more] of Object.entries(settings)) {
        const nodes = {
          root: { type: 'webhook', children: ['a'] },
          a: { type: 'set', payload: { values: { a: 1 } } },
        };
        const { webhookUrl } = await hookloom.publish({ nodes, settings: more });
        const before = await commands(hookloom);
        const from = performance.now();
        for (let run = 0; run < runs; run += 1) {
          await hookloom.call('POST', webhookUrl, { key: run });
        }
        await allEnded(hookloom);
        const ms = performance.now() - from;
        const each = ((await commands(hookloom)) - before) / runs;
        measures.push({ what: `${what}: operations of MongoDB a run`, value: each, unit: '' });
        measures.push({ what: `${what}: time a run`, value: ms / runs, unit: 'ms' });
      }
      return measures;
    } finally {
      await hookloom.stop();
    }
  },
};
