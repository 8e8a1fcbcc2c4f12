import assert from 'node:assert/strict';
import { evaluateCondition } from '../../src/engine/node-types/conditions.ts';
import type { Json } from '../../src/engine/json/json.ts';

describe('a condition', () => {
  const table: [condition: Json, expected: boolean, item?: Json][] = [
    [true, true],
    ['', false],
    [0, false],
    [[], false],
    [{ $eq: [1, 1] }, true],
    [{ $eq: [{ a: [1] }, { a: [1] }] }, true],
    [{ $ne: [1, '1'] }, false],
    [{ $eq: ['5.0', 5] }, true],
    [{ $eq: ['5', '5.0'] }, false],
    [{ $eq: ['', 0] }, false],
    [{ $eq: ['0x10', 16] }, false],
    [{ $in: ['2', [1, 2]] }, true],
    [{ $nin: [2, ['1', '2']] }, false],
    [{ $contains: [[1, 2], '2'] }, true],
    [{ $in: ['a', 'a'] }, true],
    [{ $in: ['a', null] }, false],
    [{ $gte: ['500', 500] }, true],
    [{ $gt: ['b', 'a'] }, true],
    [{ $lt: [null, 1] }, false],
    [{ $in: ['a', ['a', 'b']] }, true],
    [{ $nin: ['a', ['a', 'b']] }, false],
    [{ $contains: ['abc', 'b'] }, true],
    [{ $contains: [[1, 2], 2] }, true],
    [{ $startsWith: ['abc', 'ab'] }, true],
    [{ $endsWith: ['abc', 'ab'] }, false],
    [{ $exists: [null] }, false],
    [{ $exists: ['x', true] }, true],
    [{ $exists: 0 }, true],
    [{ $notExists: null }, true],
    [{ $notContains: ['abc', 'x'] }, true],
    [{ $notIn: ['a', ['b']] }, true],
    [{ $and: [{ $eq: [1, 1] }, { $not: { $eq: [1, 2] } }] }, true],
    [{ $or: [{ $eq: [1, 2] }, false] }, false],
    [{ status: 'paid' }, true, { status: 'paid' }],
    [{ 'a.b.0': { $gte: 3, $lt: 4 } }, true, { a: { b: [3] } }],
    [{ a: { $exists: false } }, true, {}],
    [{ a: { $not: { $in: [1] } } }, true, { a: 2 }],
    [{ constructor: { $exists: true } }, false, {}],
    [{ $and: [{ a: 1 }, { b: 2 }] }, false, { a: 1 }],
  ];
  for (const [condition, expected, item] of table) {
    it(`${JSON.stringify(condition)}${item === undefined ? '' : ` of ${JSON.stringify(item)}`} is ${expected}`, () => {
      assert.equal(evaluateCondition(condition, condition, item), expected);
    });
  }

  it('fault 24: takes a list that an expression gave as the one operand of $exists', () => {
    const saved = { $exists: '{{$trigger.body.a}}' };
    assert.equal(evaluateCondition(saved, { $exists: [1, 0] }), true);
    assert.equal(evaluateCondition(saved, { $exists: [] }), true);
    assert.equal(evaluateCondition(saved, { $exists: null }), false);
  });

  it('takes no operator from a value that an expression gave', () => {
    assert.equal(evaluateCondition('{{$trigger.body}}', { $eq: [1, 2] }), true);
    assert.equal(evaluateCondition({ a: '{{$item.b}}' }, { a: { $ne: 9 } }, { a: { $ne: 9 } }), true);
    assert.equal(evaluateCondition({ a: '{{$item.b}}' }, { a: { $ne: 9 } }, { a: 1 }), false);
  });
});
