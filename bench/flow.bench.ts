import { setTimeout as delay } from 'node:timers/promises';
import { startHookloom } from '../test/support/hookloom.ts';
import type { Hookloom } from '../test/support/hookloom.ts';
import type { Bench, Measure } from './bench.ts';

const runs = Number(process.env['HOOKLOOM_BENCH_RUNS'] ?? 100);
const settings: Record<string, object> = {
  'no flow control': {},
  'a priority': { flow: { priority: 2 } },
  'a limit': { flow: { concurrency: { limit: 1_000 } } },
  'a limit by key': { flow: { concurrency: { limit: 1_000, key: '{{$trigger.body.key}}' } } },
};
/**
 * Between starts of which none finds anything that another has looked up, for what is live is kept for a second: the time
 * between two sweeps, of which each start so has one beside it.
 */
const apartMs = 2_000;
const startsApart = 10;

/** Commands that MongoDB has carried out, those apart that a connection sends of itself. */
async function commands(hookloom: Hookloom): Promise<number> {
  const { metrics } = await hookloom.db.admin().serverStatus();
  const counted = ['aggregate', 'count', 'delete', 'distinct', 'find', 'findAndModify', 'insert', 'update'];
  return counted.reduce((sum, name) => sum + Number(metrics.commands[name]?.total ?? 0), 0);
}

/** Waits, seldom asking, for its asking is counted too. */
async function allEnded(hookloom: Hookloom): Promise<void> {
  const isOpen = { status: { $ne: 'success' } };
  while ((await hookloom.db.collection('runs').countDocuments(isOpen)) > 0) await delay(500);
}

const publish = async (hookloom: Hookloom, more: object): Promise<string> => {
  const nodes = {
    root: { type: 'webhook', children: ['a'] },
    a: { type: 'set', payload: { values: { a: 1 } } },
  };
  return (await hookloom.publish({ nodes, settings: more })).webhookUrl;
};

/** Runs from their acceptance to their end, one after the other. */
async function measureLives(hookloom: Hookloom): Promise<Measure[]> {
  const measures: Measure[] = [];
  for (const [what, more] of Object.entries(settings)) {
    const webhookUrl = await publish(hookloom, more);
    const before = await commands(hookloom);
    const from = performance.now();
    for (let run = 0; run < runs; run += 1) await hookloom.call('POST', webhookUrl, { key: run });
    await allEnded(hookloom);
    const ms = performance.now() - from;
    const each = ((await commands(hookloom)) - before) / runs;
    measures.push({ what: `${what}: commands of MongoDB a run`, value: each, unit: '' });
    measures.push({ what: `${what}: time a run`, value: ms / runs, unit: 'ms' });
  }
  return measures;
}

/** Starts alone, for nobody carries the runs out, and far enough apart to share nothing. */
async function measureStarts(hookloom: Hookloom): Promise<Measure[]> {
  const measures: Measure[] = [];
  let least = 0;
  for (const [what, more] of Object.entries({ 'a warm-up': {}, ...settings })) {
    const webhookUrl = await publish(hookloom, more);
    await hookloom.call('POST', webhookUrl, { key: -1 });
    const from = performance.now();
    const until = (count: number) => delay(from + count * apartMs - performance.now());
    await until(1);
    const before = await commands(hookloom);
    for (let run = 1; run <= startsApart; run += 1) {
      await hookloom.call('POST', webhookUrl, { key: run });
      await until(run + 1);
    }
    const each = ((await commands(hookloom)) - before) / startsApart;
    if (what === 'no flow control') least = each;
    if (what !== 'no flow control' && what !== 'a warm-up')
      measures.push({
        what: `the start with ${what}: commands more`,
        value: each - least,
        unit: '',
        target: '≤ 2',
      });
  }
  return measures;
}

export const bench: Bench = {
  question: `what does a limited run cost? ${runs} runs of one node, one after the other, and ${startsApart} starts apart`,
  async run() {
    const measures: Measure[] = [];
    for (const [parts, measure] of [
      [{}, measureLives],
      [{ worker: false }, measureStarts],
    ] as const) {
      const hookloom = await startHookloom({}, parts);
      try {
        measures.push(...(await measure(hookloom)));
      } finally {
        await hookloom.stop();
      }
    }
    return measures;
  },
};
