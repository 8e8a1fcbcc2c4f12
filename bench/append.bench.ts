import { randomUUID } from 'node:crypto';
import type { Fact } from '../src/engine/log/facts.ts';
import { connectDatabase, ensureIndexes } from '../src/store/mongo/database.ts';
import { createRunLog } from '../src/store/log/run-log.ts';
import type { RunLog } from '../src/store/log/run-log.ts';
import { appendTogether } from '../test/support/append-together.ts';
import { quantile } from './bench.ts';
import type { Bench, Measure } from './bench.ts';

const writers = 20;
const appendsEach = 50;
/** Processes that append to one run, each with this many writers. */
const processCounts = [1, 2, 4];
const writersEach = 5;

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

/** Appends per second to one run, of all processes together. */
async function measureProcesses(log: RunLog, database: string): Promise<Measure[]> {
  const measures: Measure[] = [];
  let one = Number.NaN;
  for (const processes of processCounts) {
    const runId = `run_of_${processes}`;
    await log.append(runId, [queued]);
    const appends = 400 / processes;
    const rates = await appendTogether({ database, runId, processes, appends, atATime: writersEach });
    // All have as much to do: the slowest says when the work was done.
    const value = Math.min(...rates) * processes;
    if (processes === 1) one = value;
    const what = `${processes} processes of ${writersEach} writers on one run`;
    measures.push({ what, value, unit: '/s' });
    if (processes > 1)
      measures.push({
        what: `${processes} processes against one`,
        value: value / one,
        unit: '×',
        target: '> 0.5',
      });
  }
  return measures;
}

/** Grouping by run is what the recorder does; one append after the other is what it would cost without. */
export const bench: Bench = {
  question: `appends of ${writers} writers: on one run, on a run each, one at a time, and of several processes`,
  async run() {
    const url = process.env['MONGODB_URL'] as string;
    const name = `bench_${randomUUID().slice(0, 8)}`;
    const database = await connectDatabase(url, name);
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
        ...(await measureProcesses(log, name)),
      ];
    } finally {
      await database.db.dropDatabase();
      await database.close();
    }
  },
};
