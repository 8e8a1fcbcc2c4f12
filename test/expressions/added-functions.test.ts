import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { createEvaluator } from '../../src/expressions/evaluate/evaluator.ts';
import type { Evaluator } from '../../src/expressions/evaluate/evaluator.ts';

describe('the functions beside those of JSONata', function () {
  this.timeout(60_000);
  let evaluator: Evaluator;
  before(() => (evaluator = createEvaluator({ threads: 1 })));
  after(() => evaluator.close());

  const hmac = () => createHmac('sha256', 'k').update('ü');
  const table: [expression: string, value: unknown][] = [
    [`$parseJson('{"a":[1,"x"],"n":7615917337495251231}')`, { a: [1, 'x'], n: '7615917337495251231' }],
    ['$parseJson($trigger.none)', null],
    ['$hash("sha256", "ü")', createHash('sha256').update('ü').digest('hex')],
    ['$hash("SHA-512", "a", "base64")', createHash('sha512').update('a').digest('base64')],
    ['$hmac("sha256", $secrets.key, "ü")', hmac().digest('hex')],
    ['$hmac("sha256", "k", "ü", "base64url")', hmac().digest('base64url')],
    ['$base64urlencode("ü?>")', Buffer.from('ü?>').toString('base64url')],
    ['$base64urldecode($base64urlencode("ü😀"))', 'ü😀'],
    [
      '["on", "YES", "1", 1, true, "off", "", "no", 0, false].$toBoolean($)',
      [true, true, true, true, true, false, false, false, false, false],
    ],
    ['$toBoolean(null)', false],
    [
      '$urlEncodeForm({"a": "x y", "b": [1, "ü"], "c": null, "d": {"e": 1}})',
      'a=x+y&b=1&b=%C3%BC&d=%7B%22e%22%3A1%7D',
    ],
  ];
  const bindings = { trigger: { body: 1 }, secrets: { key: 'k' } };
  for (const [expression, value] of table)
    it(`${expression} gives its value`, async () =>
      assert.deepEqual(await evaluator.evaluate(expression, bindings, { now: new Date(0) }), value));

  for (const [expression, message] of [
    ['$parseJson("{")', /\$parseJson: expected a text that is JSON/],
    ['$hash("md9", "x")', /\$hash: expected an algorithm of md5/],
    ['$hash("md5", "x", "utf8")', /\$hash: expected an encoding of hex/],
    ['$toBoolean("perhaps")', /\$toBoolean: expected one of 0, 1, true/],
    ['$toBoolean([1])', /\$toBoolean: expected one of 0, 1, true/],
  ] as const)
    it(`${expression} fails and says what it expects`, () =>
      assert.rejects(evaluator.evaluate(expression, bindings, { now: new Date(0) }), message));
});
