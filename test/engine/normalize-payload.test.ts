import assert from 'node:assert/strict';
import { checkDefinition } from '../../src/engine/definition/validate-definition.ts';
import { findProblems } from '../../src/expressions/parse/find-problems.ts';
import type { Json } from '../../src/engine/json/json.ts';
import { define } from './build.ts';

/** The payload of the one node, and what is wrong with it. */
function check(type: string, payload: Record<string, Json>) {
  const { definition, problems } = checkDefinition(define(['a'], { a: { type, payload } }));
  return { payload: definition?.nodes['a']?.payload, problems: problems.map(({ pointer }) => pointer) };
}

const conditionOf = (condition: Json) => check('if', { condition });

describe('a condition in the form of B3OS', () => {
  const table: [given: Json, saved: Json][] = [
    [{ '{{x.result}}': { $gte: 500 } }, { $gte: ['{{x.result}}', 500] }],
    [{ '{{x.result}}': 'paid' }, { $eq: ['{{x.result}}', 'paid'] }],
    [{ '{{x.result}}': { a: 1 } }, { $eq: ['{{x.result}}', { a: 1 }] }],
    [
      { '{{x.result}}': { $gte: 1, $lt: 9 } },
      { $and: [{ $gte: ['{{x.result}}', 1] }, { $lt: ['{{x.result}}', 9] }] },
    ],
    [
      { $and: [{ '{{x.result}}': { $exists: false } }, { $or: [{ '{{x.result}}': { $in: ['a'] } }] }] },
      { $and: [{ $exists: ['{{x.result}}', false] }, { $or: [{ $in: ['{{x.result}}', ['a']] }] }] },
    ],
    [{ '{{x.result}}': { $not: { $gt: 1 } } }, { $not: { $gt: ['{{x.result}}', 1] } }],
    [
      { '{{x.result}}': { $or: [{ $lt: 1 }, { $gt: 5 }] } },
      { $or: [{ $lt: ['{{x.result}}', 1] }, { $gt: ['{{x.result}}', 5] }] },
    ],
    [
      { '{{x.result}}': 1, $not: { '{{y.result}}': 2 } },
      { $and: [{ $eq: ['{{x.result}}', 1] }, { $not: { $eq: ['{{y.result}}', 2] } }] },
    ],
    [{ $eq: ['{{x}}', { '{{y}}': { $gt: 1 } }] }, { $eq: ['{{x}}', { '{{y}}': { $gt: 1 } }] }],
  ];
  for (const [given, saved] of table) {
    it(`fault 23: ${JSON.stringify(given)} is saved as ${JSON.stringify(saved)}`, () => {
      assert.deepEqual(conditionOf(given), { payload: { condition: saved }, problems: [] });
      assert.deepEqual(conditionOf(saved), { payload: { condition: saved }, problems: [] });
    });
  }

  it('fault 23: is normalised in every field that is a condition', () => {
    const given = { '{{x.result}}': { $gte: 5 } };
    const saved = { $gte: ['{{x.result}}', 5] };
    assert.deepEqual(check('switch', { cases: [{ name: 'a', condition: given }] }).payload, {
      cases: [{ name: 'a', condition: saved }],
    });
    assert.deepEqual(check('filter', { array: [], condition: { ...given, qty: 1 } }).payload, {
      array: [],
      filter: { $and: [saved, { qty: 1 }] },
    });
    const { definition } = checkDefinition(
      define(['r'], { r: { type: 'repeat', payload: { while: given }, loopBody: ['b'] }, b: {} }),
    );
    assert.deepEqual(definition?.nodes['r']?.payload, { while: saved });
  });

  const refused: [given: Json, pointer: string][] = [
    [{ amount: { $gte: 5 } }, '/amount'],
    [{ amount: 5 }, '/amount'],
    [{ $or: [true, 'yes'] }, '/$or/1'],
    [{ $gte: 5 }, '/$gte'],
    [{ $gte: ['{{x.result}}'] }, '/$gte'],
    [{ '{{x.result}}': { $more: 5 } }, '/{{x.result}}'],
    [{ '{{x.result}}': { $gte: 5 }, '{{y.result}}': { $more: 5 } }, '/{{y.result}}'],
    [{ $not: { total: 1 } }, '/$not/total'],
    ['yes', ''],
    [{}, ''],
  ];
  for (const [given, pointer] of refused) {
    it(`fault 23: ${JSON.stringify(given)} is refused where it stands`, () => {
      assert.deepEqual(conditionOf(given).problems, [`/nodes/a/payload/condition${pointer}`]);
    });
  }

  it('fault 23: references in it are checked, with the pointers of what was given', () => {
    const condition = { $or: [true, { '{{gone.result}}': { $gte: '{{none.result}}' }, '{{ 1 + }}': 2 }] };
    const { problems } = findProblems(define(['a'], { a: { type: 'if', payload: { condition } } }), {});
    const at = '/nodes/a/payload/condition/$or/1';
    assert.deepEqual(
      problems.map(({ code, pointer }) => [code, pointer]).sort(),
      [
        ['expression_syntax', `${at}/{{ 1 + }}`],
        ['reference_unknown', `${at}/{{gone.result}}/$gte`],
        ['reference_unknown', `${at}/{{gone.result}}`],
      ].sort(),
    );
  });

  it('names fields of the item in filter alone, as operators or a value', () => {
    const filterOf = (filter: Json) => check('filter', { array: [], filter }).problems;
    assert.deepEqual(filterOf({ price: { $lt: 6 }, 'a.b': 'x', tags: { $not: { $contains: 1 } } }), []);
    assert.deepEqual(filterOf({ price: { $more: 6 } }), ['/nodes/a/payload/filter/price/$more']);
    assert.deepEqual(filterOf({ price: { $lt: 6, unit: 'kg' } }), ['/nodes/a/payload/filter/price']);
  });
});

describe('other names of fields', () => {
  const table: [type: string, given: Record<string, Json>, saved: Record<string, Json>][] = [
    ['filter', { array: [], condition: true }, { array: [], filter: true }],
    ['pluck', { array: [], fields: 'a' }, { array: [], field: 'a' }],
    ['regex', { input: 'a', pattern: 'a' }, { text: 'a', pattern: 'a' }],
    ['delay', { duration: 5 }, { delayMs: 5 }],
  ];
  for (const [type, given, saved] of table) {
    it(`fault 30: ${Object.keys(given).join(', ')} of ${type} mean ${Object.keys(saved).join(', ')}`, () => {
      assert.deepEqual(check(type, given), { payload: saved, problems: [] });
      assert.deepEqual(check(type, { ...saved, ...given }).problems.length, 1);
    });
  }
});
