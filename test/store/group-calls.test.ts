import assert from 'node:assert/strict';
import { setImmediate as endOfTurn, setTimeout as delay } from 'node:timers/promises';
import { isOutage } from '../../src/store/mongo/database.ts';
import { groupCalls } from '../../src/store/mongo/group-calls.ts';

describe('grouped calls', () => {
  it('makes one call of those that come while another is under way, and answers each its own', async () => {
    const calls: number[][] = [];
    const work = async (items: readonly number[]) => {
      calls.push([...items]);
      await delay(5);
      return items.map((item) => item * 2);
    };
    const double = groupCalls(work, { most: 3 });
    assert.deepEqual(await Promise.all([1, 2, 3, 4, 5].map(double)), [2, 4, 6, 8, 10]);
    assert.deepEqual(calls, [
      [1, 2, 3],
      [4, 5],
    ]);
    assert.equal(await double(6), 12);
  });

  it('fails those of one call only', async () => {
    const call = groupCalls(async (items: readonly string[]) => {
      await delay(1);
      if (items.includes('bad')) throw new Error('refused');
      return items;
    });
    const first = call('good');
    await endOfTurn();
    const results = Promise.allSettled(['bad', 'neighbour'].map(call));
    assert.equal(await first, 'good');
    assert.deepEqual(
      (await results).map(({ status }) => status),
      ['rejected', 'rejected'],
    );
    assert.equal(await call('later'), 'later');
  });

  it('gives a call up that hangs, and goes on with those behind it', async () => {
    let calls = 0;
    const work = (items: readonly string[]) => {
      calls += 1;
      return calls === 1 ? new Promise<string[]>(() => {}) : Promise.resolve([...items]);
    };
    const call = groupCalls(work, { callMs: 30 });
    const hanging = assert.rejects(call('first'), isOutage);
    await endOfTurn();
    assert.equal(await call('second'), 'second');
    await hanging;
  });
});
