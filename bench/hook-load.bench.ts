import { loadHooks } from '../test/support/hook-load.ts';
import type { Bench } from './bench.ts';

const plan = { deliveries: 10_000, kills: 15, seed: 11, deadlineMs: 20 * 60_000 };

/** The test of the same name with ten times as much; every delivery, attempt and log is checked. */
export const bench: Bench = {
  question: `${plan.deliveries} deliveries to three endpoints, one of them dead, ${plan.kills} workers killed`,
  async run() {
    const report = await loadHooks(plan);
    const { deliveries, requests, attempts, lostAttempts, doubled, runs, tookMs } = report;
    const seconds = tookMs / 1_000;
    return [
      { what: 'runs, each with a correct log', value: runs, unit: '' },
      { what: 'deliveries, each with its true end', value: deliveries, unit: '' },
      { what: 'requests at the receivers', value: requests, unit: '' },
      { what: 'attempts recorded', value: attempts, unit: '' },
      { what: 'attempts lost with a worker and made again', value: lostAttempts, unit: '' },
      { what: 'events that came more than once', value: doubled, unit: '' },
      { what: 'until the last one was delivered or exhausted', value: tookMs, unit: 'ms' },
      { what: 'attempts, kills included', value: attempts / seconds, unit: '/s' },
    ];
  },
};
