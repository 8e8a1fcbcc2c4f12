import assert from 'node:assert/strict';
import { NodeFailure } from '../../src/activities/node-code.ts';
import { failureOf } from '../../src/activities/recorder/failure-of.ts';

const log = { error: () => undefined };

describe('the recorded error of a node', () => {
  it('has short texts, whatever the node gave, and no half of a character', () => {
    const long = `${'x'.repeat(4_094)}😀${'y'.repeat(5_000_000)}`;
    const thrown = new NodeFailure({ type: 'long'.repeat(100), message: long, retryable: false });
    const { error } = failureOf(thrown, log);
    assert.equal(error.message, `${'x'.repeat(4_094)}…`);
    assert.equal(error.type.length, 100);
    assert.equal(error.retryable, false);
  });

  it('keeps short texts as they are', () => {
    const error = { type: 'broken', message: 'on purpose', status: 418, retryable: true };
    assert.deepEqual(failureOf(new NodeFailure(error, { retryAfterMs: 5 }), log), { error, retryAfterMs: 5 });
  });
});
