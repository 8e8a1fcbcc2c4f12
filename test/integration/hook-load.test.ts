import assert from 'node:assert/strict';
import { loadHooks } from '../support/hook-load.ts';

describe('hooks under load', function () {
  this.timeout(480_000);

  it('reach every living endpoint and exhaust the dead one, with workers killed in mid-attempt', async () => {
    const plan = { deliveries: 1_000, kills: 2, seed: 7, deadlineMs: 360_000 };
    const report = await loadHooks(plan);
    assert.ok(report.deliveries >= plan.deliveries, JSON.stringify(report));
    assert.ok(report.lostAttempts > 0, `no kill has met an attempt: ${JSON.stringify(report)}`);
  });
});
