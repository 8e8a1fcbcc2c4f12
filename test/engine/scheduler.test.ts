import assert from 'node:assert/strict';
import { judgeJoin } from '../../src/engine/scheduler/decide-edges.ts';
import type { Join } from '../../src/engine/definition/graph.ts';
import { openPaths } from '../../src/engine/scheduler/open-paths.ts';
import { maxInFlight, maxStartsPerAdvance } from '../../src/engine/scheduler/scheduler.ts';
import { define, inShort, play } from './build.ts';

describe('joins', () => {
  const table: [Join, incoming: number, decided: number, taken: number, verdict: string][] = [
    ['settled', 2, 1, 1, 'undecided'],
    ['settled', 2, 2, 1, 'start'],
    ['settled', 2, 2, 0, 'skip'],
    ['all', 2, 1, 1, 'undecided'],
    ['all', 2, 2, 2, 'start'],
    ['all', 2, 1, 0, 'skip'],
    ['any', 3, 1, 1, 'start'],
    ['any', 3, 2, 0, 'undecided'],
    ['any', 3, 3, 0, 'skip'],
    ['first', 3, 1, 1, 'start'],
    ['first', 3, 3, 0, 'skip'],
    [{ count: 2 }, 3, 2, 1, 'undecided'],
    [{ count: 2 }, 3, 2, 2, 'start'],
    [{ count: 2 }, 3, 2, 0, 'skip'],
  ];
  for (const [join, incoming, decided, taken, verdict] of table) {
    it(`${JSON.stringify(join)} with ${decided} of ${incoming} decided and ${taken} taken: ${verdict}`, () => {
      assert.equal(judgeJoin(join, { incoming, decided, taken }), verdict);
    });
  }
});

describe('a run', () => {
  it('that has no nodes ends at once', () => {
    assert.deepEqual(play(define([], {})).first, ['finish success']);
  });

  it('starts parallel branches together and never holds back one for another', () => {
    const { run, first } = play(define(['a', 'b'], { a: { children: ['c'] }, b: {}, c: {} }));
    assert.deepEqual(first, ['schedule a', 'schedule b']);
    assert.deepEqual(run.done('a'), ['schedule c']);
    assert.deepEqual(run.done('c'), []);
    assert.deepEqual(run.done('b'), ['finish success']);
  });

  it('takes the selected branch and the children, and skips what only the other branch leads to', () => {
    const { run } = play(
      define(['q'], {
        q: { type: 'if', branches: { then: ['t'], else: ['e'] }, children: ['c'] },
        t: {},
        e: { children: ['f'] },
        f: {},
        c: {},
      }),
    );
    assert.deepEqual(run.done('q', 'then'), [
      'skip e not_taken',
      'skip f not_taken',
      'schedule c',
      'schedule t',
    ]);
  });

  it('takes only onError after a failure, and stays a success', () => {
    const { run } = play(define(['a'], { a: { children: ['b'], onError: ['h'] }, b: {}, h: {} }));
    assert.deepEqual(run.fail('a'), ['skip b not_taken', 'schedule h']);
    assert.deepEqual(run.done('h'), ['finish success']);
  });

  it('goes on as after success with continueOnError', () => {
    const { run } = play(define(['a'], { a: { children: ['b'], continueOnError: true }, b: {} }));
    assert.deepEqual(run.fail('a'), ['schedule b']);
    assert.deepEqual(run.done('b'), ['finish success']);
  });

  it('ends at an unhandled failure with everything that is open', () => {
    const { run } = play(define(['a', 'b'], { a: { children: ['c'] }, b: {}, c: {} }));
    assert.deepEqual(run.fail('a'), ['finish failure b c']);
    assert.deepEqual(run.done('b'), [], 'nothing comes after the end');
    const last = run.all.at(-1);
    assert.equal(last?.kind === 'finish' && last.failedPath, 'a');
  });

  it('drains after an unhandled failure when told so, and ends as a failure', () => {
    const { run } = play(
      define(
        ['a', 'b'],
        { a: { children: ['c'] }, b: { children: ['d'] }, c: {}, d: {} },
        { onNodeFailure: 'drain' },
      ),
    );
    assert.deepEqual(run.fail('a'), ['skip c not_taken']);
    assert.deepEqual(run.done('b'), ['schedule d']);
    assert.deepEqual(run.done('d'), ['finish failure']);
  });

  it('says that it waits when only waits are left, and that it goes on', () => {
    const { run } = play(
      define(['w', 'v', 'a'], { w: { type: 'wait', children: ['b'] }, v: { type: 'delay' }, a: {}, b: {} }),
    );
    assert.deepEqual(run.wait('w'), []);
    assert.deepEqual(run.wait('v'), []);
    assert.deepEqual(run.done('a'), ['run-waiting']);
    assert.deepEqual(run.done('v'), [], 'another wait is still open');
    assert.deepEqual(run.done('w'), ['run-resumed', 'schedule b']);
    assert.deepEqual(run.done('b'), ['finish success']);
  });

  it('is partial when a loop was', () => {
    const { run } = play(define(['each'], { each: { type: 'for-each', loopBody: ['a'] }, a: {} }));
    run.open('each', 0);
    const end = run.give({ kind: 'finished', path: 'each', status: 'partial' }).map(inShort);
    assert.deepEqual(end, ['finish partial']);
  });

  it('ignores outcomes that come late, twice or about nothing', () => {
    const { run } = play(define(['a'], { a: { children: ['b'] }, b: {} }));
    run.done('a');
    for (const path of ['a', 'zz', 'a[0]/b', 'toString', '__proto__']) assert.deepEqual(run.done(path), []);
  });

  it('survives node ids that every object has as properties', () => {
    const ids = ['toString', 'valueOf', 'hasOwnProperty'];
    const { run, first } = play(
      define(ids.slice(0, 1), {
        toString: { children: ['valueOf'] },
        valueOf: { type: 'for-each', loopBody: ['hasOwnProperty'] },
        hasOwnProperty: {},
      }),
    );
    assert.deepEqual(first, ['schedule toString']);
    assert.deepEqual(run.done('toString'), ['schedule valueOf']);
    assert.deepEqual(run.open('valueOf', 1), ['schedule valueOf[0]/hasOwnProperty']);
  });
});

describe('a first join', () => {
  const race = define(['a', 'b'], {
    a: { children: ['win'] },
    b: { children: ['b2', 'side'] },
    b2: { children: ['b3'] },
    b3: { children: ['win'] },
    side: {},
    win: { join: 'first', children: ['after'] },
    after: {},
  });

  it('ends what can lead only into it and leaves alone what leads elsewhere too', () => {
    const { run } = play(race);
    assert.deepEqual(run.done('b'), ['schedule b2', 'schedule side']);
    assert.deepEqual(run.done('a'), ['end b2 lost_race', 'skip b3 lost_race', 'schedule win']);
    assert.deepEqual(run.done('b2'), [], 'a loser that answers late changes nothing');
    assert.deepEqual(run.done('win'), ['schedule after']);
    assert.deepEqual(run.done('after'), []);
    assert.deepEqual(run.done('side'), ['finish success']);
  });

  it('does not end a node that also leads elsewhere', () => {
    const { run } = play(race);
    assert.deepEqual(run.done('a'), ['skip b2 lost_race', 'skip b3 lost_race', 'schedule win']);
    assert.deepEqual(run.done('b'), ['schedule side']);
  });

  it('ends a losing loop with its iterations', () => {
    const { run } = play(
      define(['a', 'each'], {
        a: { children: ['win'] },
        each: { type: 'for-each', loopBody: ['x'], children: ['win'] },
        x: {},
        win: { join: 'first' },
      }),
    );
    run.open('each', 5, { maxConcurrency: 2 });
    assert.deepEqual(run.done('a'), [
      'end each[0]/x lost_race',
      'end each[1]/x lost_race',
      'end each lost_race',
      'schedule win',
    ]);
    assert.deepEqual(run.done('win'), ['finish success']);
    assert.equal(run.state.inFlight + run.state.waiting + run.state.queued + run.state.busyLoops, 0);
  });
});

describe('bounds of a run', () => {
  const wide = (count: number) => {
    const ids = Array.from({ length: count }, (_, index) => `n${index}`);
    return define(ids, Object.fromEntries(ids.map((id) => [id, {}])));
  };

  it('starts at most 50 nodes at a time, first in first out', () => {
    const { run, first } = play(wide(120));
    assert.equal(first.length, maxStartsPerAdvance);
    assert.equal(first[0], 'schedule n0');
    assert.deepEqual(run.done('n0')[0], 'schedule n50');
  });

  it('keeps at most 500 nodes in flight, and starts more as they end', () => {
    const { run } = play(wide(700));
    while (run.give({ kind: 'release' }).length > 0);
    assert.equal(run.state.inFlight, maxInFlight);
    assert.deepEqual(run.done('n3'), ['schedule n500']);
  });

  it('lets waits go on without counting them as in flight', () => {
    const ids = Array.from({ length: 600 }, (_, index) => `w${index}`);
    const { run, first } = play(define(ids, Object.fromEntries(ids.map((id) => [id, { type: 'wait' }]))));
    const waiting = [...first];
    for (const line of waiting)
      waiting.push(...run.wait(line.split(' ')[1] ?? '').filter((one) => one.startsWith('schedule')));
    assert.equal(waiting.length, 600);
    assert.equal(run.state.waiting, 600);
    assert.equal(run.all.at(-1)?.kind, 'run-waiting');
  });

  it('starts nothing while it is held', () => {
    const { run } = play(define(['a'], { a: { children: ['b'] }, b: {} }));
    run.give({ kind: 'hold' });
    assert.deepEqual(run.done('a'), []);
    assert.deepEqual(run.give({ kind: 'release' }).map(inShort), ['schedule b']);
  });

  it('decides a graph of 1,000 nodes with every possible edge list full', () => {
    const ids = Array.from({ length: 1_000 }, (_, index) => `n${index}`);
    const nodes = ids.map((id, index) => [
      id,
      { children: ids.slice(index + 1, index + 150), join: index % 2 ? 'any' : 'settled' },
    ]);
    const { run, first } = play(define(['n0'], Object.fromEntries(nodes) as Record<string, object>));
    const todo = first.filter((line) => line.startsWith('schedule'));
    for (const line of todo)
      todo.push(...run.done(line.split(' ')[1] ?? '').filter((one) => one.startsWith('schedule')));
    assert.equal(todo.length, 1_000);
    assert.deepEqual(run.all.at(-1), { kind: 'finish', status: 'success', openPaths: [] });
  });
});

describe('open paths', () => {
  it('are all nodes before the run has begun, and none after it has ended', () => {
    const { run } = play(define(['a'], { a: { children: ['b'] }, b: {} }));
    assert.deepEqual(openPaths(run.graph, run.state), ['a', 'b']);
    run.done('a');
    assert.deepEqual(openPaths(run.graph, run.state), ['b']);
    run.done('b');
    assert.deepEqual(openPaths(run.graph, run.state), []);
  });

  it('hold open iterations before their loop', () => {
    const { run } = play(
      define(['each', 'z'], {
        each: { type: 'for-each', loopBody: ['a', 'b'] },
        a: { children: ['b'] },
        b: {},
        z: {},
      }),
    );
    run.open('each', 9, { maxConcurrency: 2 });
    run.done('each[0]/a');
    assert.deepEqual(openPaths(run.graph, run.state), ['each[0]/b', 'each[1]/a', 'each[1]/b', 'each', 'z']);
    assert.deepEqual(run.fail('z'), ['finish failure each[0]/b each[1]/a each[1]/b each']);
  });
});
