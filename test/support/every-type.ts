/** Root hooks of the whole suite: no event type may be in the catalog that no test ever sees. */
import assert from 'node:assert/strict';
import type { Suite } from 'mocha';
import { eventTypes } from '../../src/engine/log/event-catalog.ts';
import { emittedTypes } from './check-log.ts';

/** Whether every test has run: a part of the suite cannot emit everything. */
function hasRunWhole({ tests, suites }: Suite): boolean {
  return tests.every((test) => test.state !== undefined) && suites.every(hasRunWhole);
}

export const mochaHooks = {
  afterAll(this: Mocha.Context): void {
    const root = this.test?.parent;
    if (!root || !hasRunWhole(root)) return;
    const missing = eventTypes.filter((type) => !emittedTypes.has(type));
    assert.deepEqual(missing, [], 'event types that no test has emitted');
  },
};
