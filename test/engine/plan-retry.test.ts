import assert from 'node:assert/strict';
import { planRetry } from '../../src/engine/scheduler/plan-retry.ts';
import type { EndedExecution } from '../../src/engine/scheduler/plan-retry.ts';
import { compile, define } from './build.ts';

type Known = Omit<EndedExecution, 'path' | 'nodeType'> & { nodeType?: string };

/** `path part` for each step of the plan. Executions are `log` nodes unless they say otherwise. */
function plan(
  graph: ReturnType<typeof define>,
  known: Record<string, Known>,
  from: readonly string[] = [],
): string[] {
  const executions = Object.entries(known).map(
    ([path, one]) => [path, { path, nodeType: 'log', ...one }] as const,
  );
  return planRetry(compile(graph), new Map(executions), from).map(({ path, part }) => `${path} ${part}`);
}

const success = { status: 'success' } as const;
const failure = { status: 'failure' } as const;
const notTaken = { status: 'skipped', reason: 'not_taken' } as const;
const runEnded = { status: 'skipped', reason: 'run_ended' } as const;

describe('the plan of a retry', () => {
  const chain = define(['a', 'x'], { a: { children: ['b'] }, b: { children: ['c'] }, c: {}, x: {} });

  it('keeps what succeeded and repeats what failed', () => {
    const known = { a: success, b: failure, c: runEnded, x: success };
    assert.deepEqual(plan(chain, known), ['a outcome', 'b identity', 'x outcome']);
  });

  it('runs a named node again, with all that followed from it', () => {
    const known = { a: success, b: success, c: success, x: success };
    assert.deepEqual(plan(chain, known, ['b']), ['a outcome', 'x outcome']);
    assert.deepEqual(plan(chain, known, ['a']), ['x outcome']);
    assert.deepEqual(plan(chain, known, ['c', 'x']), ['a outcome', 'b outcome']);
  });

  it('runs again what an error edge led to, whose failure may be none the next time', () => {
    const graph = define(['a'], { a: { onError: ['late'], children: ['b'] }, late: {}, b: {} });
    assert.deepEqual(plan(graph, { a: failure, late: success, b: notTaken }), ['a identity']);
  });

  it('follows only the branch that was taken', () => {
    const graph = define(['q'], {
      q: { type: 'if', branches: { then: ['t'], else: ['e'] } },
      t: { children: ['end'] },
      e: { children: ['end'] },
      end: {},
    });
    const q = { ...success, nodeType: 'if', branch: 'then' };
    const known = { q, t: failure, e: notTaken, end: notTaken };
    assert.deepEqual(plan(graph, known), ['q outcome', 't identity']);
    assert.deepEqual(plan(graph, { q, t: success, e: notTaken, end: success }, ['t']), ['q outcome']);
  });

  it('takes no result of another type of node, nor one of a node that is no more', () => {
    const known = { a: { ...success, nodeType: 'set' }, b: success, gone: success, x: success };
    assert.deepEqual(plan(chain, known), ['x outcome']);
  });

  it('leaves a race decided, unless it is run again', () => {
    const graph = define(['a', 'b'], {
      a: { children: ['won'] },
      b: { children: ['won'] },
      won: { join: 'first', children: ['last'] },
      last: {},
    });
    const lost = { status: 'cancelled', reason: 'lost_race' } as const;
    const known = { a: lost, b: success, won: success, last: failure };
    assert.deepEqual(plan(graph, known), ['a outcome', 'b outcome', 'won outcome', 'last identity']);
    assert.deepEqual(plan(graph, known, ['b']), []);
  });

  describe('of loops', () => {
    const graph = define(['outer'], {
      outer: { type: 'for-each', loopBody: ['inner'], children: ['after'] },
      inner: { type: 'for-each', loopBody: ['a', 'b'] },
      a: { children: ['b'] },
      b: {},
      after: {},
    });
    const loop = (status: EndedExecution['status']) => ({
      status,
      nodeType: 'for-each',
      openedAt: '2026-01-01T00:00:00.000Z',
    });
    const known = {
      outer: loop('failure'),
      after: runEnded,
      'outer[0]/inner': loop('success'),
      'outer[0]/inner[0]/a': success,
      'outer[0]/inner[0]/b': success,
      'outer[10]/inner': loop('failure'),
      'outer[10]/inner[1]/a': success,
      'outer[10]/inner[1]/b': failure,
      'outer[10]/inner[0]/a': { status: 'cancelled', reason: 'iteration_ended' },
      'outer[2]/inner': loop('success'),
    } as const;
    const kept = [
      'outer opening',
      'outer[0]/inner outcome',
      'outer[2]/inner outcome',
      'outer[10]/inner opening',
      'outer[10]/inner[0]/a identity',
      'outer[10]/inner[1]/a outcome',
      'outer[10]/inner[1]/b identity',
    ];

    it('opens those again whose items failed, each before its iterations', () => {
      assert.deepEqual(plan(graph, known), kept);
    });

    it('runs a named iteration again and what followed from the loop', () => {
      const all = { ...known, outer: loop('success'), after: success };
      assert.deepEqual(plan(graph, all, ['outer[0]/inner[0]/b']), [
        'outer opening',
        'outer[0]/inner opening',
        'outer[0]/inner[0]/a outcome',
        ...kept.slice(2),
      ]);
    });

    it('begins a named loop anew', () => {
      assert.deepEqual(plan(graph, known, ['outer']), []);
      assert.deepEqual(plan(graph, known, ['outer[10]/inner']), kept.slice(0, 3));
    });

    it('runs tolerated failures again, but not when something else is named', () => {
      const partial = { ...known, outer: loop('partial'), after: success };
      assert.deepEqual(plan(graph, partial), kept);
      assert.deepEqual(plan(graph, partial, ['after']), ['outer outcome']);
    });

    it('keeps the outcome of a loop whose iterations are those of an earlier run', () => {
      const outer = { status: 'partial', nodeType: 'for-each' } as const;
      assert.deepEqual(plan(graph, { outer, after: failure }), ['outer outcome', 'after identity']);
    });
  });
});
