import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { problemCodes } from '../../src/engine/definition/definition-problems.ts';
import { checkDefinition } from '../../src/engine/definition/validate-definition.ts';
import { define } from './build.ts';
import { faultyInputs } from './definition-cases.ts';

const codesOf = (input: unknown) => checkDefinition(input).problems.map((one) => one.code);

/** Found by `src/expressions`, which knows what expressions name and patterns can do. */
const foundElsewhere = Object.keys(problemCodes).filter((code) =>
  /^(expression|pattern|reference|secret)_/.test(code),
);

describe('the problems of a definition', () => {
  it('are all provoked by a case of this test', () => {
    assert.deepEqual(
      [...Object.keys(faultyInputs), ...foundElsewhere].sort(),
      Object.keys(problemCodes).sort(),
    );
  });

  for (const [code, { input, pointer }] of Object.entries(faultyInputs)) {
    it(`include ${code} at ${pointer || 'the root'}`, () => {
      const { problems } = checkDefinition(JSON.parse(JSON.stringify(input)));
      const found = problems.find((one) => one.code === code && one.pointer === pointer);
      assert.ok(found, JSON.stringify(problems));
      assert.equal(found.severity, problemCodes[found.code].severity);
      assert.match(found.message, /expected|cannot|only|no field|already|holds|needs/);
    });
  }

  it('have one section each in the docs, and the docs have no other', async () => {
    const text = await readFile('docs/definition-problems.md', 'utf8');
    const sections = [...text.matchAll(/^## (\w+)$/gm)].map((match) => match[1]);
    assert.deepEqual(sections.sort(), Object.keys(problemCodes).sort());
  });

  it('come all at once', () => {
    const input = define(['a', 'gone'], {
      a: { type: 'teleport' },
      b: { retry: { maxAttempts: 0 } },
      c: { payload: {} },
    });
    const expected = [
      'invalid_value',
      'missing_field',
      'unknown_node',
      'unknown_node_type',
      'unreachable_node',
      'unreachable_node',
    ];
    assert.deepEqual(codesOf(input).sort(), expected);
  });

  it('never show the text of a payload, which may hold a secret', () => {
    const input = define(['a'], {
      a: { type: 'http-request', payload: { url: 'hunter2', headers: 'hunter2' } },
    });
    const { problems } = checkDefinition(input);
    assert.equal(problems.length, 2);
    assert.ok(!JSON.stringify(problems).includes('hunter2'));
  });

  it('are one for a delay or a wait of more than 366 days, at its field, and none for one that lasts as long as it likes', () => {
    const longest = 366 * 24 * 60 * 60 * 1000;
    const pointersOf = (node: object, settings = {}) =>
      checkDefinition({ ...define(['a'], { a: node }), settings }).problems.map(({ pointer }) => pointer);
    for (const [type, field] of [
      ['delay', 'delayMs'],
      ['wait', 'timeoutMs'],
      ['wait', 'remindAfterMs'],
    ] as const) {
      assert.deepEqual(pointersOf({ type, payload: { [field]: longest } }), []);
      for (const more of [longest + 1, 1e300])
        assert.deepEqual(pointersOf({ type, payload: { [field]: more } }), [`/nodes/a/payload/${field}`]);
    }
    assert.deepEqual(pointersOf({ type: 'delay', payload: { delayMs: '366d' } }), []);
    for (const duration of ['367d', '8785h'])
      assert.deepEqual(pointersOf({ type: 'delay', payload: { duration } }), ['/nodes/a/payload/duration']);
    assert.deepEqual(pointersOf({ type: 'wait', payload: {} }), []);
    for (const field of ['timeoutMs', 'deadlineMs']) {
      assert.deepEqual(pointersOf({ type: 'wait', payload: {}, [field]: longest }), []);
      assert.deepEqual(pointersOf({ type: 'wait', payload: {}, [field]: longest + 1 }), [
        `/nodes/a/${field}`,
      ]);
    }
    const log = { type: 'log', payload: { message: 'x' } };
    assert.deepEqual(pointersOf(log, { timeoutMs: longest }), []);
    assert.deepEqual(pointersOf(log, { timeoutMs: longest + 1 }), ['/settings/timeoutMs']);
  });

  it('name a branch called __proto__ instead of losing it', () => {
    const input = JSON.parse(
      '{"nodes":{"root":{"type":"manual","children":["a"]},"a":{"type":"if","payload":{"condition":true},"branches":{"__proto__":["a"]}}}}',
    ) as unknown;
    assert.deepEqual(codesOf(input), ['unknown_branch']);
  });

  it('name a node called __proto__, constructor or prototype', () => {
    for (const id of ['__proto__', 'constructor', 'prototype']) {
      const input = JSON.parse(
        `{"nodes":{"root":{"type":"manual"},"${id}":{"type":"log","payload":{"message":1}}}}`,
      ) as unknown;
      assert.deepEqual(codesOf(input), ['invalid_id']);
    }
  });

  it('are none for inputs that are no definition but one problem each', () => {
    for (const input of [null, 1, 'x', [], undefined, true])
      assert.deepEqual(codesOf(input), ['invalid_json_value']);
    assert.deepEqual(codesOf({}), ['missing_field']);
  });
});

describe('a join that can never be satisfied', () => {
  const unsatisfiable = (nodes: Record<string, object>, roots = ['a']) =>
    checkDefinition(define(roots, nodes))
      .problems.filter((one) => one.code === 'unsatisfiable_join')
      .map((one) => one.pointer);

  it('is found through nodes in between', () => {
    const nodes = {
      a: { type: 'if', branches: { then: ['x'], else: ['y'] } },
      x: { children: ['x2'] },
      x2: { children: ['z'] },
      y: { children: ['z'] },
      z: { join: 'all' },
    };
    assert.deepEqual(unsatisfiable(nodes), ['/nodes/z/join']);
  });

  it('counts the loop as what leads to where its body begins', () => {
    const loop = (count: number) => ({
      a: { type: 'for-each', payload: { array: [1] }, loopBody: ['b'] },
      b: { join: { count } },
    });
    assert.deepEqual(unsatisfiable(loop(1)), []);
    assert.deepEqual(unsatisfiable(loop(2)), ['/nodes/b/join']);
  });

  it('is found between success and failure of one node', () => {
    assert.deepEqual(unsatisfiable({ a: { children: ['x'], onError: ['x'] }, x: { join: { count: 2 } } }), [
      '/nodes/x/join',
    ]);
  });

  it('is found when a count is larger than the number of edges', () => {
    assert.deepEqual(unsatisfiable({ a: { children: ['x'] }, x: { join: { count: 2 } } }), ['/nodes/x/join']);
  });

  it('is blamed once, not again on what comes after', () => {
    const nodes = {
      a: { type: 'if', branches: { then: ['x'], else: ['x'] } },
      x: { join: 'all', children: ['y'] },
      y: { join: 'all' },
    };
    assert.deepEqual(unsatisfiable(nodes), ['/nodes/x/join']);
  });

  it('is not seen where outcomes go together', () => {
    const nodes = {
      a: { type: 'if', branches: { then: ['x'] }, children: ['x', 'y'], onError: ['h'] },
      x: { join: 'all' },
      y: { children: ['z'] },
      h: { children: ['z'] },
      z: { join: { count: 1 } },
    };
    assert.deepEqual(unsatisfiable(nodes), []);
  });
});
