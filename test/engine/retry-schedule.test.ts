import assert from 'node:assert/strict';
import fc from 'fast-check';
import { loadConfig } from '../../src/config.ts';
import {
  isDuration,
  nextDelayMs,
  parseDuration,
  parseRetryAfter,
} from '../../src/engine/deliveries/retry-schedule.ts';

/** Source: the contract, execution hooks. */
const byDefault = ['0s', '5s', '5m', '30m', '2h', '5h', '10h', '14h', '20h', '24h'];
const seconds = [0, 5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];
const now = new Date('2026-11-24T10:15:30Z');

describe('the schedule of retries', () => {
  it('is the contract’s unless another is set', () => {
    assert.deepEqual(loadConfig({}).HOOKLOOM_HOOK_SCHEDULE, byDefault);
    assert.deepEqual(
      byDefault.map((step) => parseDuration(step) / 1_000),
      seconds,
    );
  });

  it('is of durations with a unit, and of nothing else', () => {
    const good = { '0s': 0, '200ms': 200, '1.5s': 1_500, '5m': 300_000, '2h': 7_200_000, '1d': 86_400_000 };
    for (const [text, ms] of Object.entries(good)) assert.equal(parseDuration(text), ms);
    for (const text of [
      '',
      '5',
      's',
      '5 s',
      '-5s',
      '+5s',
      '5S',
      '5w',
      '1e3s',
      '.5s',
      '5s5s',
      ' 5s',
      '5s\n',
    ]) {
      assert.ok(!isDuration(text), JSON.stringify(text));
      assert.throws(() => parseDuration(text), /expected a duration such as/);
    }
  });

  it('is kept within a fifth, and its last wait repeats past its end', () => {
    const attempts = fc.integer({ min: 1, max: 30 });
    fc.assert(
      fc.property(attempts, fc.double({ min: 0, max: 0.999_999, noNaN: true }), (attemptNumber, random) => {
        const delayMs = nextDelayMs({ schedule: byDefault, attemptNumber, random });
        const ms = (seconds[attemptNumber - 1] ?? seconds.at(-1) ?? 0) * 1_000;
        assert.ok(delayMs >= ms * 0.8 - 1 && delayMs <= ms * 1.2 + 1, `${delayMs} for ${ms}`);
      }),
    );
    const of = (random: number) => nextDelayMs({ schedule: ['0s', '10s'], attemptNumber: 2, random });
    assert.deepEqual([of(0), of(0.5)], [8_000, 10_000]);
  });

  it('is never shorter than what the receiver asks for', () => {
    const wait = { schedule: ['0s', '10s'], attemptNumber: 2, random: 0.5 };
    assert.equal(nextDelayMs({ ...wait, retryAfterMs: 60_000 }), 60_000);
    assert.equal(nextDelayMs({ ...wait, retryAfterMs: 2_000 }), 10_000);
  });
});

describe('Retry-After', () => {
  it('is seconds or a date, a day at most', () => {
    assert.equal(parseRetryAfter('0', now), 0);
    assert.equal(parseRetryAfter(' 120 ', now), 120_000);
    assert.equal(parseRetryAfter('Tue, 24 Nov 2026 10:16:00 GMT', now), 30_000);
    assert.equal(parseRetryAfter('Tue, 24 Nov 2026 10:15:00 GMT', now), 0, 'over already');
    for (const long of ['86401', '99999999999999999999', 'Fri, 01 Jan 2100 00:00:00 GMT'])
      assert.equal(parseRetryAfter(long, now), 86_400_000, long);
  });

  it('is nothing when it is neither', () => {
    for (const value of [undefined, '', ' ', 'soon', '-', '5m'])
      assert.equal(parseRetryAfter(value, now), undefined);
  });
});
