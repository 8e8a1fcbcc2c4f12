/** Mocha's usual report, and its counts and failures in a file for `npm test`. */
import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';

const { EVENT_RUN_END, EVENT_TEST_FAIL } = Mocha.Runner.constants;

export default class CountTests extends Mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const failed = [];
    runner.on(EVENT_TEST_FAIL, (test, error) => {
      failed.push(`${test.titlePath().join(' › ')}\n${error.stack ?? error.message}`);
    });
    runner.once(EVENT_RUN_END, () => {
      const { passes, failures } = this.stats;
      if (process.env.HOOKLOOM_TEST_COUNTS)
        writeFileSync(process.env.HOOKLOOM_TEST_COUNTS, JSON.stringify({ passes, failures, failed }));
    });
  }
}
