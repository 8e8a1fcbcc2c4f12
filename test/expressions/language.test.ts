import assert from 'node:assert/strict';
import jsonata from 'jsonata';
import type { Json } from '../../src/engine/json/json.ts';
import { createEvaluator } from '../../src/expressions/evaluate/evaluator.ts';
import type { Evaluator } from '../../src/expressions/evaluate/evaluator.ts';
import { ExpressionError } from '../../src/expressions/evaluate/expression-error.ts';

const body = {
  shop: 'Nord',
  'odd key': { 'a.b': 1 },
  nothing: null,
  empty: [],
  orders: [
    {
      id: 'o1',
      total: 31.5,
      paid: true,
      lines: [
        { sku: 'pen', qty: 3, price: 2.5, tags: ['blue', 'thin'] },
        { sku: 'ink', qty: 1, price: 24, tags: 'blue' },
      ],
    },
    { id: 'o2', total: 8, paid: false, lines: { sku: 'cap', qty: 2, price: 4 } },
    { id: 'o3', total: 0, paid: true, lines: [] },
  ],
  stock: [
    { sku: 'pen', left: 10 },
    { sku: 'cap', left: 0 },
  ],
};

/** Expressions by the part of the language that they are about, as JSONata's own suite divides it. */
const parts: Record<string, string[]> = {
  'paths, arrays and flattening': [
    'orders.lines.sku',
    'orders.lines[0].sku',
    '(orders.lines)[0].sku',
    'orders[-1].id',
    'orders[[0..1]].id',
    'orders[[0, 2]].id',
    'orders.id[]',
    'orders[id="o2"].lines.sku[]',
    'orders.[id, total]',
    '`odd key`.`a.b`',
    'orders.lines.tags',
    'missing.path.here',
    'nothing',
    'nothing.deeper',
    'orders.missing[0]',
    '[1, [2, [3]]][1][1]',
    'empty[0]',
  ],
  'predicates, wildcards, descendants and parents': [
    'orders[paid and total > 10].id',
    'orders[lines[0].qty > 2].id',
    'orders.lines[qty * price > 7].sku',
    'orders.*[0]',
    '**.price',
    '**.sku[0]',
    'orders.lines.%.id',
    'orders.lines.{"sku": sku, "order": %.id}',
    'orders.lines[%.paid].sku',
  ],
  'sorting, grouping and joins': [
    'orders^(total).id',
    'orders^(>total, <id).id',
    'orders.lines^(sku).sku',
    'orders{id: total}',
    'orders.lines{sku: $sum(qty)}',
    'orders.{id: $count(lines)}',
    'orders#$i.{"n": $i, "id": id}',
    'orders@$o.stock@$s[$o.lines.sku[0] = $s.sku].{"id": $o.id, "left": $s.left}',
  ],
  'operators and literals': [
    '1 + 2 * 3 - 4 / 5 % 3',
    '-orders[0].total',
    '"a" & 1 & true & null & [1]',
    '1 = "1"',
    '[1, 2] = [1, 2]',
    '{"a": 1} = {"a": 1}',
    '"b" > "a"',
    '2 in [1, 2]',
    '"x" in "xy"',
    '[1..3]',
    '[3..1]',
    'true and false or true',
    'shop = "Nord" ? "yes" : "no"',
    'missing ?: "other"',
    'missing ?? "other"',
    'nothing ?? "other"',
    '/* why */ 1',
    '"\\u00e9\\n\\"" & \'x\'',
    '1e3 + 0.1',
    '{"a": [1, {"b": 2}], "c": {}}',
  ],
  'variables, functions and blocks': [
    '($x := 2; $y := 3; $x * $y)',
    '($f := function($a, $b) { $a * $b }; $f(2, 3))',
    '(λ($a) { $a + 1 })(2)',
    '($add := function($a) { function($b) { $a + $b } }; $add(1)(2))',
    '($third := $substring(?, 0, 3); $third("abcdef"))',
    '($twice := $uppercase ~> $length; "abc" ~> $twice)',
    'orders.total ~> $sum()',
    '($sum := function($n, $acc) { $n = 0 ? $acc : $sum($n - 1, $acc + $n) }; $sum(100, 0))',
    '(function($n)<n:n> { $n * 2 })(4)',
    '$map([1..3], function($v, $i) { $v * $i })',
    '$filter(orders, function($o) { $o.paid }).id',
    '$reduce([1..5], function($a, $b) { $a * $b })',
    '$single(stock, function($s) { $s.left = 0 }).sku',
    '$sift({"a": 1, "b": 2}, function($v) { $v > 1 })',
    '$each({"a": 1}, function($v, $k) { $k & $v })',
    '$zip([1, 2], ["a", "b"])',
    '$match("ab12", /[a-z](\\d)/).groups',
    '"a-b-c" ~> $replace(/-/, "+", 1)',
    '"John Smith" ~> /j.*h/i ? "yes" : "no"',
    '$ ~> |orders|{"total": total + 1}, "lines"| ~> $lookup("orders")',
  ],
  'what fails': [
    '1 + "a"',
    '"a" - 1',
    '$sum("a")',
    '$missing(1)',
    '[1..[2]]',
    '$number("x")',
    '1 < "a"',
    '$single(orders, function($o) { $o.paid })',
    '$error("on purpose")',
    '$assert(false, "no")',
  ],
};

/** Reads the body as the only input, as an expression on its own would. */
const inBody = (text: string): string => `$trigger.body.(${text})`;

describe('the language of expressions', () => {
  let evaluator: Evaluator;
  before(() => (evaluator = createEvaluator({ threads: 1 })));
  after(() => evaluator.close());

  for (const [part, texts] of Object.entries(parts))
    describe(part, () => {
      for (const text of texts)
        it(`is JSONata's: ${text}`, async () => {
          const reference = jsonata(inBody(text)).evaluate({}, { trigger: { body } });
          const expected = await (reference as Promise<unknown>).then(
            (value) => ({ value: (value === undefined ? null : plain(value)) as Json }),
            () => ({ fails: true }),
          );
          const bindings = { trigger: { body } } as never;
          const came = await evaluator.evaluate(inBody(text), bindings, { now: new Date() }).then(
            (value) => ({ value }),
            (error: unknown) => {
              assert.ok(error instanceof ExpressionError, String(error));
              return { fails: true };
            },
          );
          assert.deepEqual(came, expected);
          assert.equal('fails' in came, part === 'what fails', JSON.stringify(came));
        });
    });
});

/** JSONata marks its sequences by members of their own. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
