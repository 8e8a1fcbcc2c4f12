import assert from 'node:assert/strict';
import fc from 'fast-check';
import { judgeFailure, nextAttemptInMs } from '../../../src/engine/definition/retry-policy.ts';

const policy = { maxAttempts: 3, initialIntervalMs: 1000, backoff: 2, maxIntervalMs: 1500, jitter: 0 };
const network = { type: 'network', message: '' };
const failed = { error: network, attempt: 1, elapsedMs: 0, random: 0.5 };

describe('the retry policy', () => {
  it('backs off up to its longest interval and ends with its last attempt', () => {
    assert.equal(nextAttemptInMs(policy, failed), 1000);
    assert.equal(nextAttemptInMs(policy, { ...failed, attempt: 2 }), 1500);
    assert.equal(nextAttemptInMs(policy, { ...failed, attempt: 3 }), undefined);
  });

  for (const [status, isRetried] of [
    [408, true],
    [429, true],
    [503, true],
    [400, false],
    [404, false],
    [501, false],
  ] as const) {
    it(`${isRetried ? 'retries' : 'does not retry'} status ${status} by default`, () => {
      const error = { type: 'http_status', message: '', status };
      assert.equal(nextAttemptInMs(policy, { ...failed, error }) !== undefined, isRetried);
    });
  }

  it('replaces the default list by retryOn and takes away by noRetryOn', () => {
    const error = { type: 'http_status', message: '', status: 404 };
    assert.equal(nextAttemptInMs({ ...policy, retryOn: [404] }, { ...failed, error }), 1000);
    assert.equal(nextAttemptInMs({ ...policy, retryOn: [404] }, failed), undefined);
    assert.equal(nextAttemptInMs({ ...policy, noRetryOn: ['network'] }, failed), undefined);
  });

  it('retries what retryOn names although its node sees no use in it, but never what must not be', () => {
    const hopeless = { type: 'code_timeout', message: '', retryable: false };
    assert.equal(nextAttemptInMs(policy, { ...failed, error: hopeless }), undefined);
    const named = { ...policy, retryOn: ['code_timeout', 'address_denied'] };
    assert.equal(nextAttemptInMs(named, { ...failed, error: hopeless }), 1000);
    const denied = { type: 'address_denied', message: '' };
    assert.equal(nextAttemptInMs(named, { ...failed, error: denied }), undefined);
  });

  it('tells whether the kind of an error is retried, also after the last attempt', () => {
    assert.deepEqual(judgeFailure(policy, { ...failed, attempt: 3 }), {
      error: { ...network, retryable: true },
    });
    const error = { type: 'http_status', message: '', status: 404 };
    assert.deepEqual(judgeFailure(policy, { ...failed, error }), { error: { ...error, retryable: false } });
  });

  it('waits at least as long as the peer asks and never starts past the deadline', () => {
    assert.equal(nextAttemptInMs(policy, { ...failed, retryAfterMs: 9000 }), 9000);
    assert.equal(nextAttemptInMs(policy, { ...failed, deadlineMs: 900 }), undefined);
  });

  it('keeps the jitter within its bounds', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (random, jitter) => {
          const inMs = nextAttemptInMs({ ...policy, jitter }, { ...failed, random }) ?? -1;
          assert.ok(inMs >= Math.floor(1000 * (1 - jitter)) && inMs <= Math.ceil(1000 * (1 + jitter)));
        },
      ),
    );
  });
});
