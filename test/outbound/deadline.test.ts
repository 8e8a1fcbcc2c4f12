import assert from 'node:assert/strict';
import { once } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { startDeadline, unlessLate } from '../../src/deadline.ts';
import { eventually } from '../support/eventually.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

describe('a deadline', () => {
  it('passes although nobody but its listener knows it and garbage is collected', async () => {
    let isOver = false;
    const begin = () =>
      startDeadline(200, [new AbortController().signal]).signal.addEventListener('abort', () => {
        isOver = true;
      });
    begin();
    await eventually(() => {
      collectGarbage();
      assert.ok(isOver);
    });
  });

  it('ends with another signal, also with one that has ended before, and takes over its reason', async () => {
    const other = new AbortController();
    const deadline = startDeadline(60_000, [other.signal]);
    const { signal } = deadline;
    const aborted = once(signal, 'abort');
    other.abort(new Error('gone'));
    await aborted;
    assert.equal((signal.reason as Error).message, 'gone');
    assert.ok(!deadline.hasPassed());
    const late = startDeadline(60_000, [other.signal]);
    assert.ok(late.signal.aborted);
    late.clear();
  });

  it('does not pass once it is cleared', async () => {
    const cleared = startDeadline(1);
    cleared.clear();
    const { signal } = startDeadline(50);
    await once(signal, 'abort');
    assert.equal((signal.reason as Error).name, 'TimeoutError');
    assert.ok(!cleared.signal.aborted);
  });
});

describe('work that may be late', () => {
  const never = new Promise<never>(() => undefined);

  it('is answered by its result or its error when it ends in time', async () => {
    assert.equal(await unlessLate(60_000, Promise.resolve('done'), () => 'late'), 'done');
    await assert.rejects(
      unlessLate(60_000, Promise.reject(new Error('broken')), () => 'late'),
      /broken/,
    );
  });

  it('is answered by what is returned or thrown in its place when it does not', async () => {
    assert.equal(await unlessLate(1, never, () => 'late'), 'late');
    const late = () => {
      throw new Error('too late');
    };
    await assert.rejects(unlessLate(1, never, late), /too late/);
  });
});
