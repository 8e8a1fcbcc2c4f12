/** Runs after everything else: no event type may be in the catalog that no test ever sees. */
import assert from 'node:assert/strict';
import { eventTypes } from '../../src/engine/log/event-catalog.ts';
import { readEmittedTypes } from '../support/emitted-types.ts';

describe('the whole suite', () => {
  it('has emitted an event of every type', async () => {
    const emitted = await readEmittedTypes();
    assert.deepEqual(
      eventTypes.filter((type) => !emitted.has(type)),
      [],
    );
  });
});
