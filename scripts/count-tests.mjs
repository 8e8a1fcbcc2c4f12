/** Mocha's usual report, and its counts in a file for `npm test`. */
import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';

const { EVENT_RUN_END } = Mocha.Runner.constants;

export default class CountTests extends Mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.once(EVENT_RUN_END, () => {
      const { passes, failures } = this.stats;
      if (process.env.HOOKLOOM_TEST_COUNTS)
        writeFileSync(process.env.HOOKLOOM_TEST_COUNTS, JSON.stringify({ passes, failures }));
    });
  }
}
