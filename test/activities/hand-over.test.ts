import assert from 'node:assert/strict';
import type { Context } from '@temporalio/activity';
import { HandOver, maxHandedOver } from '../../src/activities/recorder/hand-over.ts';
import type { WorkSignals } from '../../src/activities/recorder/hand-over.ts';
import { eventually } from '../support/eventually.ts';

const place = (name: string) => ({
  key: name,
  runId: 'run_1',
  path: name,
  cancelled: new AbortController().signal,
});
const nothing = () => Promise.resolve();

/** Work that ends when it is told to, or no longer needed. */
function createWork() {
  let finish: (answer: unknown) => void = () => {};
  const finished = new Promise<unknown>((resolve) => (finish = resolve));
  let begun = 0;
  const run = ({ ended }: WorkSignals) => {
    begun += 1;
    const aborted = new Promise<never>((_, reject) => {
      if (ended.aborted) reject(ended.reason as Error);
      ended.addEventListener('abort', () => reject(ended.reason as Error));
    });
    return Promise.race([finished, aborted]);
  };
  return { run, finish, begun: () => begun };
}

describe('work that a Local Activity hands over', () => {
  it('is answered itself when it is soon done', async () => {
    const handOver = new HandOver('runs');
    assert.equal(await handOver.within(place('a'), () => Promise.resolve('done'), nothing), 'done');
    assert.equal(handOver.isFull, false);
  });

  it('is not begun again while it is under way', async () => {
    const handOver = new HandOver('runs');
    const work = createWork();
    const first = handOver.within(place('a'), work.run, nothing);
    const second = handOver.within(place('a'), work.run, nothing);
    work.finish('done');
    assert.deepEqual(await Promise.all([first, second]), ['done', 'done']);
    assert.equal(work.begun(), 1);
  });

  it('goes on under the Task Queue of its process, and counts until it is done', async () => {
    const handOver = new HandOver('runs');
    const works = Array.from({ length: maxHandedOver }, createWork);
    const answers = await Promise.all(
      works.map(({ run }, index) => handOver.within(place(`n${index}`), run, nothing)),
    );
    assert.deepEqual(answers[0], { status: 'slow', taskQueue: handOver.taskQueue });
    assert.match(handOver.taskQueue, /^runs-/);
    assert.equal(handOver.isFull, true);
    works[0]?.finish('done');
    await eventually(() => assert.equal(handOver.isFull, false));
    handOver.end('run_1');
  });

  it('is ended with its execution, or with its run', async () => {
    const handOver = new HandOver('runs');
    const ends = ['a', 'b'].map((name) =>
      handOver.within(place(name), createWork().run, nothing).catch((error: Error) => error.message),
    );
    handOver.end('run_2');
    handOver.end('run_1', 'a');
    assert.equal(await ends[0], 'CANCELLED');
    handOver.end('run_1');
    assert.equal(await ends[1], 'CANCELLED');
  });

  it('tells the next attempt whether it had begun, and of its outcome nothing', async () => {
    const handOver = new HandOver('runs');
    let fail: (error: Error) => void = () => {};
    const failed = new Promise<never>((_, reject) => (fail = reject));
    const outcome = { status: 'success', result: { json: '"a value"' } } as const;
    const node = { path: 'a', nodeId: 'a', nodeType: 'log' };
    const run = ({ note }: WorkSignals) => {
      note({ unbegun: 'k', outcome: { kind: 'outcome', key: 'k', at: '', node, outcome } });
      return failed;
    };
    await handOver.within(place('a'), run, nothing);
    const context = { cancellationSignal: new AbortController().signal, heartbeat: () => {} };
    const adopted = handOver.adopt('a', context as unknown as Context);
    fail(new Error('MongoDB is away'));
    await assert.rejects(adopted ?? assert.fail('nothing is under way'), {
      message: 'MongoDB is away',
      details: [{ unbegun: 'k' }],
    });
  });
});
