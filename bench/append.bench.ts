import { randomUUID } from 'node:crypto';
import type { Fact } from '../src/engine/facts.ts';
import { connectDatabase, ensureIndexes } from '../src/store/database.ts';
import { createRunLog } from '../src/store/run-log.ts';
import { quantile } from './bench.ts';
import type { Bench } from './bench.ts';

const writers = 20;
const appendsEach = 50;

const queued: Fact = {
  kind: 'event',
  key: 'run/queued',
  type: 'run.queued',
  at: new Date().toISOString(),
  data: { organizationId: 'org_bench', workflowId: 'wf_bench', workflowVersion: 1, trigger: {} },
  values: { input: { json: '{}' } },
};

function started(path: string): Fact {
  const node = { path, nodeId: path, nodeType: 'log' };
  return { kind: 'attempt', key: path, at: new Date().toISOString(), node };
}

/** Grouping by run is what the recorder does; one append after the other is what it would cost without. */
export const bench: Bench = {
  question: `appends of ${writers} writers: on one run, on a run each, and one at a time`,
  async run() {
    const url = process.env['MONGODB_URL'] as string;
    const database = await connectDatabase(url, `bench_${randomUUID().slice(0, 8)}`);
    await ensureIndexes(database.db);
    const log = createRunLog(database);
    const samples: number[] = [];

    async function measure(runOf: (writer: number) => string, concurrent: number): Promise<number> {
      await Promise.all(Array.from({ length: writers }, (_, writer) => log.append(runOf(writer), [queued])));
      const from = performance.now();
      const write = async (writer: number) => {
        for (let index = 0; index < appendsEach; index += 1) {
          const at = performance.now();
          await log.append(runOf(writer), [started(`n${writer}_${index}`)]);
          if (concurrent > 1) samples.push(performance.now() - at);
        }
      };
      if (concurrent > 1) await Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)));
      else for (let writer = 0; writer < 4; writer += 1) await write(writer);
      const count = (concurrent > 1 ? writers : 4) * appendsEach;
      return count / ((performance.now() - from) / 1000);
    }

    try {
      const single = await measure(() => 'run_single', 1);
      const grouped = await measure(() => 'run_grouped', writers);
      const separate = await measure((writer) => `run_${writer}`, writers);
      return [
        { what: 'one append at a time, one run', value: single, unit: '/s' },
        { what: `${writers} writers on one run, grouped`, value: grouped, unit: '/s' },
        { what: 'grouped against one at a time', value: grouped / single, unit: '×', target: '> 3' },
        { what: `${writers} writers, a run each`, value: separate, unit: '/s' },
        { what: 'append, p95 over both', value: quantile(samples, 0.95), unit: 'ms' },
      ];
    } finally {
      await database.db.dropDatabase();
      await database.close();
    }
  },
};
