import assert from 'node:assert/strict';
import {
  afterEnabling,
  afterFailure,
  afterSuccess,
  disableAfterMs,
  disablesAt,
  dueOf,
  unknownHealth,
} from '../../src/engine/deliveries/endpoint-health.ts';
import type { EndpointHealth } from '../../src/engine/deliveries/endpoint-health.ts';

const t0 = new Date('2026-11-01T00:00:00Z');
const after = (share: number) => new Date(t0.getTime() + disableAfterMs * share);
const failing: EndpointHealth = {
  ...unknownHealth,
  status: 'failing',
  failuresInRow: 3,
  failingSince: t0,
  lastError: 'the receiver answered 500',
};

describe('the health of an endpoint', () => {
  it('is failing with the third failed attempt in a row, told once', () => {
    let health = unknownHealth;
    const told = [1, 2, 3, 4, 5].map((number) => {
      const change = afterFailure(health, { at: after(number / 100), error: `error ${number}` });
      health = change?.health ?? health;
      return change?.tells;
    });
    assert.deepEqual(told, [undefined, undefined, 'endpoint.failing', undefined, undefined]);
    assert.deepEqual(health.failingSince, after(1 / 100));
  });

  it('begins to count anew after a success', () => {
    const twice = { ...unknownHealth, failuresInRow: 2, failingSince: t0 };
    const well = afterSuccess(twice, after(0.1));
    assert.equal(well?.tells, undefined);
    assert.equal(well?.health.failuresInRow, 0);
    assert.equal(well?.health.failingSince, null);
  });

  it('recovers with the first success', () => {
    assert.equal(afterSuccess(failing, after(0.1))?.tells, 'endpoint.recovered');
  });

  it('is written at most once a minute while all is well', () => {
    const well = { ...unknownHealth, lastSuccessAt: t0 };
    assert.equal(afterSuccess(well, new Date(t0.getTime() + 59_000)), undefined);
    assert.ok(afterSuccess(well, new Date(t0.getTime() + 60_000)));
  });

  it('warns at 50, 70 and 90 percent of five days without a success, each once, and ends then', () => {
    const due = (share: number, warnedPercent = 0) => dueOf({ ...failing, warnedPercent }, after(share));
    assert.equal(due(0.49), undefined);
    assert.deepEqual(due(0.5), { percent: 50 });
    assert.equal(due(0.6, 50), undefined);
    assert.deepEqual(due(0.75, 50), { percent: 70 });
    assert.deepEqual(due(0.95), { percent: 90 });
    assert.equal(due(1, 90), 'disable');
    assert.deepEqual(disablesAt(failing), after(1));
  });

  it('never ends what is not failing', () => {
    assert.equal(dueOf({ ...unknownHealth, failuresInRow: 1, failingSince: t0 }, after(3)), undefined);
  });

  it('has the whole time anew when it is enabled again, and still recovers with its first success', () => {
    const enabled = afterEnabling({ ...failing, warnedPercent: 90 }, after(2));
    assert.equal(dueOf(enabled, after(2.4)), undefined);
    assert.deepEqual(dueOf(enabled, after(2.5)), { percent: 50 });
    assert.equal(afterSuccess(enabled, after(2.1))?.tells, 'endpoint.recovered');
  });
});
