import assert from 'node:assert/strict';
import { createClock } from '../../src/clock.ts';

describe('the clock that follows the database', () => {
  let steady = 0;
  let own = 0;
  const at = (ms: number) => new Date(ms);
  const clock = () =>
    createClock(
      () => steady,
      () => own,
    );
  beforeEach(() => {
    steady = 1_000;
    own = 50;
  });

  it('goes by its own machine until it has heard something', () => {
    assert.equal(clock().now(), 50);
  });

  it('goes evenly by what it heard, whatever its own machine says', () => {
    const followed = clock();
    followed.note(at(1_000_000));
    steady += 250;
    own = 9e12;
    assert.equal(followed.now(), 1_000_250);
  });

  it('is not thrown back by what comes late', () => {
    const followed = clock();
    followed.note(at(1_000_000));
    steady += 10_000;
    followed.note(at(1_007_000));
    assert.equal(followed.now(), 1_010_000);
  });

  it('follows a jump forward at once, and one back within a minute', () => {
    const followed = clock();
    followed.note(at(1_000_000));
    followed.note(at(2_000_000));
    assert.equal(followed.now(), 2_000_000);
    for (let heard = 0; heard < 6; heard += 1) followed.note(at(1_500_000));
    assert.equal(followed.now(), 1_500_000);
  });
});
