import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  applyLimits,
  freshLimits,
  horizonMs,
  leaseMs,
  shareOfSlots,
} from '../../src/engine/deliveries/endpoint-limits.ts';
import type { LimitAnswer, LimitRequest, LimitState } from '../../src/engine/deliveries/endpoint-limits.ts';

const start = 1_000_000;

function request(more: Partial<LimitRequest> = {}): LimitRequest {
  const process = { processId: 'wkr_a', inUse: 0, processCap: 50 };
  const limits = { maxInFlight: 50, ratePerSecond: null, serviceMs: 100, notBefore: 0 };
  return { now: start, random: () => 0.5, ...process, ...limits, asks: [{ isNew: true }], ...more };
}
const asks = (count: number, isNew = true) => Array.from({ length: count }, () => ({ isNew }));
const isGranted = (answer: LimitAnswer): answer is { sendAt: number } => 'sendAt' in answer;

describe('the limits of an endpoint', () => {
  it('give each attempt its own moment, as far apart as the rate says', () => {
    const { answers } = applyLimits(freshLimits, request({ ratePerSecond: 10, asks: asks(3) }));
    assert.deepEqual(answers, [{ sendAt: start }, { sendAt: start + 100 }, { sendAt: start + 200 }]);
  });

  it('send away what is further off, one after the other at the pace of the rate', () => {
    const { answers } = applyLimits(freshLimits, request({ ratePerSecond: 10, asks: asks(30) }));
    const away = answers.flatMap((answer) => (isGranted(answer) ? [] : [answer.comeBackAt]));
    assert.equal(away.length, 24);
    for (const [index, at] of away.entries()) {
      if (index > 0) assert.equal(at - (away[index - 1] ?? 0), 100);
    }
  });

  it('let those that have waited go before those that come', () => {
    const busy = { nextSendAt: start + 900, queueUntil: start + 5_000, leases: {} };
    const late = { now: start + 1_000, ratePerSecond: 10 };
    const [come] = applyLimits(busy, request({ ...late, asks: asks(1) })).answers;
    const [waited] = applyLimits(busy, request({ ...late, asks: asks(1, false) })).answers;
    assert.ok(come && !isGranted(come));
    assert.ok(waited && isGranted(waited));
  });

  it('share the cap among processes, and take it back when a lease is over', () => {
    const first = applyLimits(freshLimits, request({ maxInFlight: 3, asks: asks(2) })).state;
    const second = { processId: 'wkr_b', maxInFlight: 3, asks: asks(2) };
    assert.deepEqual(applyLimits(first, request(second)).answers.map(isGranted), [true, false]);
    const later = applyLimits(first, request({ ...second, now: start + leaseMs + 1 }));
    assert.deepEqual(later.answers.map(isGranted), [true, true]);
    assert.deepEqual(Object.keys(later.state.leases), ['wkr_b']);
  });

  it('hand back what a process no longer uses', () => {
    const taken = applyLimits(freshLimits, request({ asks: asks(2) })).state;
    assert.deepEqual(applyLimits(taken, request({ asks: [] })).state.leases, {});
  });

  it('send nothing before the end of a pause', () => {
    const notBefore = start + 60_000;
    const [answer] = applyLimits(freshLimits, request({ notBefore })).answers;
    assert.ok(answer && !isGranted(answer) && answer.comeBackAt >= notBefore);
  });

  it('keep rate and cap whatever is asked, and never send anybody away for nothing or for ever', () => {
    const step = fc.record({
      process: fc.constantFrom('wkr_a', 'wkr_b', 'wkr_c'),
      afterMs: fc.integer({ min: 0, max: 700 }),
      asks: fc.array(fc.record({ isNew: fc.boolean() }), { maxLength: 20 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), fc.integer({ min: 1, max: 50 }), (steps, rate) => {
        let state: LimitState = freshLimits;
        let now = start;
        const sent: number[] = [];
        for (const { process, afterMs, asks: asked } of steps) {
          now += afterMs;
          // Attempts end at once here: what a process has in use is what it was just given.
          const made = request({ processId: process, now, ratePerSecond: rate, maxInFlight: 7, asks: asked });
          const result = applyLimits(state, made);
          state = result.state;
          const permits = Object.values(state.leases).reduce((sum, lease) => sum + lease.permits, 0);
          assert.ok(permits <= 7);
          for (const answer of result.answers) {
            if (isGranted(answer)) {
              assert.ok(answer.sendAt >= now && answer.sendAt <= now + horizonMs);
              sent.push(answer.sendAt);
            } else assert.ok(answer.comeBackAt >= now + 200 && answer.comeBackAt <= now + 600_000);
          }
        }
        for (const [index, at] of sent.entries())
          if (index > 0) assert.ok(at - (sent[index - 1] ?? 0) >= 1000 / rate - 0.001);
      }),
    );
  });

  it('leave an endpoint a quarter of what the others do, and never let hanging ones take all', () => {
    assert.equal(shareOfSlots({ total: 500, inUse: 0 }, 0), 125);
    fc.assert(
      fc.property(fc.array(fc.nat(99), { minLength: 1, maxLength: 2_000 }), (askers) => {
        const slots = { total: 500, inUse: 0 };
        const own = new Map<number, number>();
        // Each of them hangs for ever, and takes what it may.
        for (const endpoint of askers) {
          const used = own.get(endpoint) ?? 0;
          if (used >= shareOfSlots(slots, used)) continue;
          own.set(endpoint, used + 1);
          slots.inUse += 1;
        }
        assert.ok(Math.max(...own.values()) <= 125);
        assert.ok(slots.total - slots.inUse >= 4, `${slots.inUse} in use by ${own.size}`);
      }),
    );
  });
});
