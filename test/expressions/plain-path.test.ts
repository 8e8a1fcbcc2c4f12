import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Json } from '../../src/engine/json/json.ts';
import { createEvaluator } from '../../src/expressions/evaluate/evaluator.ts';
import type { Evaluator } from '../../src/expressions/evaluate/evaluator.ts';
import { parseExpression } from '../../src/expressions/parse/parse-expression.ts';
import { evaluatePlan, needsThread } from '../../src/expressions/parse/plain-path.ts';

const names = ['a', 'b', 'c', 'length', 'constructor', '__proto__', 'toString'];

/** Built from text, so that any name is an own property. */
const document = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom('null', 'true', 'false', '0', '1.5', '""', '"x"', '[]', '{}'),
    fc.array(tie('value'), { maxLength: 3 }).map((items) => `[${items.join(',')}]`),
    fc
      .array(fc.tuple(fc.constantFrom(...names, '0', '1'), tie('value')), { maxLength: 4 })
      .map((pairs) => `{${pairs.map(([name, value]) => `"${name}":${value}`).join(',')}}`),
  ),
})).value;
const step = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...names).map((name) => `.${name}`) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 2 }).map((index) => `.${index}`) },
  { weight: 1, arbitrary: fc.integer({ min: -2, max: 2 }).map((index) => `[${index}]`) },
);
const path = fc
  .tuple(
    fc.constantFrom('$trigger', '$item', '$nodes.n.result', 'n.result'),
    fc.array(step, { maxLength: 4 }),
  )
  .map(([root, steps]) => root + steps.join(''));
const literal = fc.constantFrom('1', '-2', '"s"', 'null', 'true');
const expression = fc
  .array(fc.oneof({ weight: 4, arbitrary: path }, { weight: 1, arbitrary: literal }), {
    minLength: 1,
    maxLength: 3,
  })
  .map((alternatives) => alternatives.join(' || '));

describe('a plain path', () => {
  let evaluator: Evaluator;
  before(() => {
    evaluator = createEvaluator({ threads: 1 });
  });
  after(() => evaluator.close());

  it('gives the very value that JSONata gives', async () => {
    let evaluatedHere = 0;
    const property = fc.asyncProperty(expression, document, document, async (source, first, second) => {
      const { plan } = parseExpression(source);
      assert.ok(plan, `${source} is plain`);
      const [trigger, item] = [JSON.parse(first) as Json, JSON.parse(second) as Json];
      const here = evaluatePlan(plan, { trigger, item, nodes: { n: { result: item } } });
      if (here === needsThread) return;
      evaluatedHere += 1;
      // In brackets, it is left to a thread.
      assert.equal(parseExpression(`(${source})`).plan, undefined);
      const bindings = { trigger, item, nodes: { n: { result: item } } };
      const there = await evaluator.evaluate(`[(${source})][]`, bindings, { now: new Date() });
      const wrapped = await evaluator.evaluate(`{"v": (${source})}`, bindings, { now: new Date() });
      assert.deepEqual(wrapped, here === undefined ? {} : { v: here });
      assert.equal((there as Json[]).length === 0, here === undefined || isEmptyArray(here));
    });
    await fc.assert(property, { numRuns: 1_500 });
    assert.ok(evaluatedHere > 500);
  });

  it('leaves a name that meets an array to JSONata', () => {
    const { plan } = parseExpression('$trigger.rows.f');
    assert.ok(plan);
    assert.equal(evaluatePlan(plan, { trigger: { rows: [{ f: 1 }] } }), needsThread);
  });

  it('gives a stored value of any size', async () => {
    const large = 'x'.repeat(3_000_000);
    const bindings = { trigger: { body: large } };
    assert.equal(await evaluator.resolve('{{ $trigger.body }}', bindings, { now: new Date() }), large);
  });
});

function isEmptyArray(value: Json): boolean {
  return Array.isArray(value) && value.length === 0;
}
