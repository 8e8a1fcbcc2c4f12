import { setTimeout as delay } from 'node:timers/promises';
import { startHookloom } from '../test/support/hookloom.ts';
import type { Hookloom } from '../test/support/hookloom.ts';
import { quantile } from './bench.ts';
import type { Bench, Measure } from './bench.ts';

const minutes = Number(process.env['HOOKLOOM_BENCH_MINUTES'] ?? 5);
const specs = {
  'an interval of one second': { intervalMs: 1_000 },
  'a cron of every two seconds in Berlin': { cron: '*/2 * * * * *', timezone: 'Europe/Berlin' },
};

interface ScheduledRun {
  createdAt: string;
  trigger: { scheduledAt: string };
}

/** How late the runs of a workflow were accepted, in milliseconds, and how many of its times have none or several. */
async function latenessOf(hookloom: Hookloom, workflowId: string, stepMs: number) {
  const runs = await hookloom.db.collection<ScheduledRun>('runs').find({ workflowId }).toArray();
  const times = runs.map(({ trigger }) => Date.parse(trigger.scheduledAt));
  const expected = (Math.max(...times) - Math.min(...times)) / stepMs + 1;
  const late = runs.map(({ createdAt, trigger }) => Date.parse(createdAt) - Date.parse(trigger.scheduledAt));
  return { late, missing: expected - new Set(times).size, doubled: times.length - new Set(times).size };
}

async function measure(hasFaults: boolean): Promise<Measure[]> {
  const hookloom = await startHookloom({}, { worker: false, api: 'process' });
  try {
    const workers = [await hookloom.startWorker(), await hookloom.startWorker()];
    const ids: [string, string, number][] = [];
    for (const [what, payload] of Object.entries(specs)) {
      const root = { type: 'schedule', payload: { ...payload, overlap: 'allow_all' } };
      const { id } = await hookloom.publish({ nodes: { root } });
      ids.push([what, id, 'intervalMs' in payload ? 1_000 : 2_000]);
    }
    const part = (minutes * 60_000) / 3;
    await delay(part);
    if (hasFaults) await workers[0]?.kill();
    if (hasFaults) workers.push(await hookloom.startWorker());
    await delay(part);
    const api = hasFaults ? await hookloom.startApi() : undefined;
    await delay(part);
    for (const [, id] of ids) await hookloom.call('POST', `${api?.url ?? ''}/v1/workflows/${id}/pause`, {});
    const how = hasFaults ? 'with a worker killed' : 'undisturbed';
    const measures: Measure[] = [];
    for (const [what, id, stepMs] of ids) {
      const { late, missing, doubled } = await latenessOf(hookloom, id, stepMs);
      measures.push(
        { what: `${what}, ${how}, lateness p50`, value: quantile(late, 0.5), unit: 'ms' },
        { what: `${what}, ${how}, lateness p95`, value: quantile(late, 0.95), unit: 'ms', target: '< 500' },
        { what: `${what}, ${how}, times without a run`, value: missing, unit: '', target: '0' },
        { what: `${what}, ${how}, times with several`, value: doubled, unit: '', target: '0' },
      );
    }
    return measures;
  } finally {
    await hookloom.stop();
  }
}

export const bench: Bench = {
  question: `how late are the runs of schedules accepted? ${minutes} minutes each`,
  run: async () => [...(await measure(false)), ...(await measure(true))],
};
