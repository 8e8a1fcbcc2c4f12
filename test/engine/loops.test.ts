import assert from 'node:assert/strict';
import { define, inShort, play } from './build.ts';

const each = (node: object = {}, body: Record<string, object> = { a: { children: ['b'] }, b: {} }) =>
  define(['each'], { each: { type: 'for-each', loopBody: Object.keys(body), ...node }, ...body });

describe('for-each', () => {
  it('keeps its window full and closes after the last iteration', () => {
    const { run } = play(each());
    assert.deepEqual(run.open('each', 3, { maxConcurrency: 2 }), [
      'schedule each[0]/a',
      'schedule each[1]/a',
    ]);
    assert.deepEqual(run.done('each[1]/a'), ['schedule each[1]/b']);
    assert.deepEqual(run.done('each[1]/b'), ['schedule each[2]/a']);
    run.done('each[0]/a');
    run.done('each[2]/a');
    assert.deepEqual(run.done('each[2]/b'), []);
    assert.deepEqual(run.done('each[0]/b'), ['close-loop each']);
    assert.deepEqual(run.done('each'), ['finish success']);
  });

  it('closes at once without items', () => {
    const { run } = play(each());
    assert.deepEqual(run.open('each', 0), ['close-loop each']);
  });

  it('ends the rest of a failed iteration and goes on within the tolerated number', () => {
    const { run } = play(each({}, { a: {}, b: {}, c: { join: 'all' } }));
    run.open('each', 2, { toleratedFailures: 1 });
    assert.deepEqual(run.fail('each[0]/b'), [
      'end each[0]/a iteration_ended',
      'end each[0]/c iteration_ended',
      'schedule each[1]/a',
      'schedule each[1]/b',
      'schedule each[1]/c',
    ]);
    for (const id of ['a', 'b', 'c']) run.done(`each[1]/${id}`);
    const close = run.all.at(-1);
    assert.deepEqual(close, {
      kind: 'close-loop',
      path: 'each',
      nodeId: 'each',
      started: 2,
      succeeded: 1,
      failedPaths: ['each[0]/b'],
    });
  });

  it('fails past the tolerated number: running iterations end and nothing new starts', () => {
    const { run } = play(each());
    run.open('each', 100, { maxConcurrency: 3, toleratedFailures: 1 });
    assert.deepEqual(run.fail('each[1]/a'), ['skip each[1]/b iteration_ended', 'schedule each[3]/a']);
    assert.deepEqual(run.fail('each[0]/a'), [
      'skip each[0]/b iteration_ended',
      'end each[2]/a iteration_ended',
      'skip each[2]/b iteration_ended',
      'end each[3]/a iteration_ended',
      'skip each[3]/b iteration_ended',
      'close-loop each loop_failed',
    ]);
    assert.deepEqual(run.fail('each'), ['finish failure']);
  });

  it('does not count a handled failure', () => {
    const { run } = play(each({}, { a: { onError: ['h'] }, h: {} }));
    run.open('each', 1);
    assert.deepEqual(run.fail('each[0]/a'), ['schedule each[0]/h']);
    assert.deepEqual(run.done('each[0]/h'), ['close-loop each']);
  });

  it('goes by its own edges when it fails', () => {
    const { run } = play(
      define(['each'], { each: { type: 'for-each', loopBody: ['a'], onError: ['h'] }, a: {}, h: {} }),
    );
    run.open('each', 1);
    run.fail('each[0]/a');
    assert.deepEqual(run.fail('each'), ['schedule h']);
  });

  it('fails before it opens without any iteration', () => {
    const { run } = play(
      define(['each'], { each: { type: 'for-each', loopBody: ['a'], onError: ['h'] }, a: {}, h: {} }),
    );
    assert.deepEqual(run.fail('each'), ['schedule h']);
    assert.equal(run.state.inFlight, 1);
  });

  it('refuses more than 10,000 items', () => {
    const { run } = play(each());
    assert.deepEqual(run.open('each', 10_001), ['close-loop each loop_limit']);
  });

  it('fails with loop_limit past 100,000 executions in one run', () => {
    const body = Object.fromEntries(
      Array.from({ length: 20 }, (_, index) => [`n${index}`, { join: 'any' as const }]),
    );
    const { run } = play(each({}, { ...body, n0: { onError: Object.keys(body).slice(1) } }));
    run.open('each', 10_000);
    let ended = 0;
    for (; run.all.at(-1)?.kind !== 'close-loop'; ended += 1) run.done(`each[${ended}]/n0`);
    assert.equal(ended, 4_999, 'the loop itself is an execution too');
    assert.equal(inShort(run.all.at(-1) as never), 'close-loop each loop_limit');
  });

  it('of 10,000 items leaves nothing behind but counts', () => {
    const { run } = play(each());
    run.goesThroughJson = false;
    const todo = run.open('each', 10_000, { maxConcurrency: 100 });
    let largest = 0;
    for (const line of todo) {
      todo.push(...run.done(line.split(' ')[1] ?? '').filter((one) => one.startsWith('schedule')));
      largest = Math.max(largest, Object.keys(run.state.scopes).length);
    }
    assert.equal(todo.length, 20_000);
    assert.equal(largest, 101);
    run.done('each');
    assert.ok(JSON.stringify(run.state).length < 1_000);
  });

  it('nests ten deep', () => {
    const ids = Array.from({ length: 10 }, (_, index) => `l${index}`);
    const loops = ids.map((id, index) => [id, { type: 'for-each', loopBody: [ids[index + 1] ?? 'leaf'] }]);
    const { run } = play(
      define(['l0'], { ...(Object.fromEntries(loops) as Record<string, object>), leaf: {} }),
    );
    let path = '';
    for (const id of ids) {
      path += id;
      run.open(path, 1);
      path += '[0]/';
    }
    assert.equal(inShort(run.all.at(-1) as never), `schedule ${path}leaf`);
    run.done(`${path}leaf`);
    for (let at = path; at !== ''; at = at.replace(/[^/]+\/$/, '')) run.done(at.replace(/\[0\]\/$/, ''));
    assert.equal(run.all.at(-1)?.kind, 'finish');
  });

  it('ends inner loops with the outer iteration that failed', () => {
    const { run } = play(
      define(['o'], {
        o: { type: 'for-each', loopBody: ['i', 'f'] },
        i: { type: 'for-each', loopBody: ['x'] },
        x: {},
        f: {},
      }),
    );
    run.open('o', 1);
    run.open('o[0]/i', 4, { maxConcurrency: 2 });
    assert.deepEqual(run.fail('o[0]/f'), [
      'end o[0]/i[0]/x iteration_ended',
      'end o[0]/i[1]/x iteration_ended',
      'end o[0]/i iteration_ended',
      'close-loop o loop_failed',
    ]);
    assert.deepEqual(Object.keys(run.state.scopes), ['']);
  });

  it('waits when all that runs inside waits', () => {
    const { run } = play(each({}, { w: { type: 'wait' } }));
    run.open('each', 2);
    assert.deepEqual(run.wait('each[0]/w'), ['run-waiting']);
    assert.deepEqual(run.done('each[0]/w'), ['run-resumed', 'schedule each[1]/w']);
  });
});

describe('repeat', () => {
  const repeat = define(['r'], { r: { type: 'repeat', loopBody: ['a'] }, a: {} });
  const condition = (holds: boolean, limitReached = false) => ({
    kind: 'loop-condition' as const,
    path: 'r',
    holds,
    limitReached,
  });
  const opened = { kind: 'loop-opened' as const, path: 'r', maxConcurrency: 1, toleratedFailures: 0 };

  it('checks its condition before each pass', () => {
    const { run } = play(repeat);
    assert.deepEqual(run.give(opened).map(inShort), ['check-loop r 0']);
    assert.deepEqual(run.give(condition(true)).map(inShort), ['schedule r[0]/a']);
    assert.deepEqual(run.done('r[0]/a'), ['check-loop r 1']);
    assert.deepEqual(run.give(condition(false)).map(inShort), ['close-loop r']);
    assert.deepEqual(run.done('r'), ['finish success']);
  });

  it('fails with loop_limit when the condition still holds at the limit', () => {
    const { run } = play(repeat);
    run.give(opened);
    assert.deepEqual(run.give(condition(true, true)).map(inShort), ['close-loop r loop_limit']);
  });

  it('fails with a failed pass', () => {
    const { run } = play(repeat);
    run.give(opened, condition(true));
    assert.deepEqual(run.fail('r[0]/a'), ['close-loop r loop_failed']);
  });

  it('ignores a condition that nobody asked for', () => {
    const { run } = play(repeat);
    run.give(opened, condition(true));
    assert.deepEqual(run.give(condition(true)), []);
  });
});

describe('a loop whose time is over', () => {
  const overdue = (path: string) => ({ kind: 'loop-overdue' as const, path });

  it('ends with all that runs inside it, loops included, and fails (fault 29)', () => {
    const { run } = play(
      define(['o'], {
        o: { type: 'for-each', loopBody: ['i', 'w'], onError: ['h'] },
        i: { type: 'for-each', loopBody: ['x'] },
        x: {},
        w: { type: 'wait' },
        h: {},
      }),
    );
    run.open('o', 5);
    run.open('o[0]/i', 4, { maxConcurrency: 2 });
    run.wait('o[0]/w');
    assert.deepEqual(run.give(overdue('o')).map(inShort), [
      'end o[0]/i[0]/x iteration_ended',
      'end o[0]/i[1]/x iteration_ended',
      'end o[0]/i iteration_ended',
      'end o[0]/w iteration_ended',
      'close-loop o timeout',
    ]);
    assert.deepEqual(run.done('o[0]/i[0]/x'), []);
    assert.deepEqual(run.fail('o'), ['schedule h']);
    assert.deepEqual(run.done('h'), ['finish success']);
  });

  it('has the answer of its condition first, and begins no pass (fault 29)', () => {
    const { run } = play(define(['r'], { r: { type: 'repeat', loopBody: ['a'] }, a: {} }));
    run.give({ kind: 'loop-opened', path: 'r', maxConcurrency: 1, toleratedFailures: 0 });
    assert.deepEqual(run.give(overdue('r')), []);
    const holds = { kind: 'loop-condition' as const, path: 'r', holds: true, limitReached: false };
    assert.deepEqual(run.give(holds).map(inShort), ['close-loop r timeout']);
    assert.deepEqual(run.fail('r'), ['finish failure']);
  });

  it('keeps what it came to when that is being recorded, or before it has opened (fault 29)', () => {
    const { run } = play(each());
    assert.deepEqual(run.give(overdue('each')), []);
    run.open('each', 0);
    assert.deepEqual(run.give(overdue('each')), []);
    assert.deepEqual(run.done('each'), ['finish success']);
    assert.deepEqual(run.give(overdue('each')), []);
  });
});
