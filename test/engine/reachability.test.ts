import assert from 'node:assert/strict';
import { reachability } from '../../src/engine/definition/reachability.ts';
import { checkDefinition } from '../../src/engine/definition/validate-definition.ts';
import { define } from './build.ts';

describe('whether a node has run before another', () => {
  const input = (settings: object = {}) =>
    define(
      ['q', 'p1', 'p2'],
      {
        q: { type: 'if', branches: { then: ['t1', 't2'], else: ['e'] } },
        t1: { children: ['tj'] },
        t2: { children: ['tj'] },
        tj: { children: ['end'] },
        e: { children: ['end'], onError: ['h'] },
        h: {},
        end: { children: ['each'] },
        p1: { children: ['pj', 'pa'] },
        p2: { children: ['pj', 'pa'] },
        pj: {},
        pa: { join: 'any' },
        each: { type: 'for-each', loopBody: ['x', 'y', 'ex', 'inner'] },
        x: { children: ['y'], onError: ['ex'] },
        y: {},
        ex: {},
        inner: { type: 'for-each', loopBody: ['z'] },
        z: {},
      },
      settings,
    );
  const table: [from: string, to: string, expected: string][] = [
    ['t1', 'q', 'always'],
    ['t1', 'root', 'always'],
    ['t1', 't1', 'never'],
    ['q', 't1', 'never'],
    ['t1', 't2', 'maybe'],
    ['t1', 'e', 'never'],
    ['tj', 't1', 'always'],
    ['end', 'tj', 'maybe'],
    ['end', 'q', 'always'],
    ['h', 'e', 'always'],
    ['pj', 'p1', 'always'],
    ['pa', 'p1', 'maybe'],
    ['p1', 'p2', 'maybe'],
    ['y', 'x', 'always'],
    ['y', 'end', 'always'],
    ['z', 'q', 'always'],
    ['z', 'x', 'maybe'],
    ['y', 'z', 'never'],
    ['y', 'each', 'never'],
    ['end', 'x', 'never'],
    ['each', 'y', 'maybe'],
    ['each', 'x', 'always'],
    ['inner', 'z', 'always'],
    ['each', 'z', 'never'],
    ['end', 'nowhere', 'never'],
  ];
  for (const [from, to, expected] of table) {
    it(`${to} before ${from}: ${expected}`, () => {
      for (const onNodeFailure of ['cancel', 'drain']) {
        const { definition, problems } = checkDefinition(input({ onNodeFailure }));
        assert.deepEqual(problems, []);
        assert.equal(reachability(definition as never)(from, to), expected);
      }
    });
  }

  it('is analysed for 1,000 nodes in one go', () => {
    const ids = Array.from({ length: 1_000 }, (_, index) => `n${index}`);
    const nodes = ids.map((id, index) => [id, { children: ids.slice(index + 1, index + 30) }]);
    const { definition, problems } = checkDefinition(
      define(['n0'], Object.fromEntries(nodes) as Record<string, object>),
    );
    assert.deepEqual(problems, []);
    assert.equal(reachability(definition as never)('n999', 'n0'), 'always');
  });
});

describe('a reference across branches', () => {
  const input = define(['q'], {
    q: {
      type: 'if',
      payload: { condition: true },
      branches: { then: ['a', 'each'], else: ['b'] },
      onError: ['h'],
    },
    a: { children: ['end'], onError: ['late'] },
    each: { type: 'for-each', payload: { array: [] }, loopBody: ['inner'] },
    inner: {},
    b: { children: ['end'] },
    h: {},
    late: {},
    end: {},
  });
  const table: [from: string, to: string, expected: string][] = [
    ['b', 'a', 'never'],
    ['inner', 'b', 'never'],
    ['b', 'each', 'never'],
    ['h', 'a', 'never'],
    ['late', 'b', 'never'],
    ['late', 'each', 'maybe'],
    ['end', 'a', 'maybe'],
    ['end', 'b', 'maybe'],
  ];
  for (const [from, to, expected] of table)
    it(`${to} before ${from}: ${expected}`, () => {
      const { definition, problems } = checkDefinition(input);
      assert.deepEqual(problems, []);
      assert.equal(reachability(definition as never)(from, to), expected);
    });
});
