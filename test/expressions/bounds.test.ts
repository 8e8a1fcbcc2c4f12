import assert from 'node:assert/strict';
import { Worker } from 'node:worker_threads';
import type { Json } from '../../src/engine/json/json.ts';
import { createEvaluator } from '../../src/expressions/evaluate/evaluator.ts';
import type { Bindings, Evaluator } from '../../src/expressions/evaluate/evaluator.ts';
import { ExpressionError } from '../../src/expressions/evaluate/expression-error.ts';
import { parseTemplate } from '../../src/expressions/parse/template.ts';

const now = new Date('2026-01-01T00:00:00Z');
const long = 'a'.repeat(5_000);
const bindings: Bindings = {
  trigger: { body: { long, rows: Array.from({ length: 100_001 }, (_, f) => ({ f })) } },
  secrets: { token: 'do-not-show' },
};

/** What each attack runs into. */
const attacks: Record<string, string> = {
  'endless tail recursion': '($f := function($n){ $f($n + 1) }; $f(1))',
  'deep recursion': '($f := function($n){ 1 + $f($n + 1) }; $f(1))',
  'a huge range': '[1..1e7]',
  'a range over the bound': '$count([1..100001])',
  'a sequence over the bound': '$trigger.body.rows.f',
  'an exponential $map':
    '($x := [1..1000]; $map($x, function($a){ $map($x, function($b){ $map($x, function($c){ $c }) }) }))',
  'a giant $pad': '$pad("x", 1000000000)',
  'a doubling text': '($d := function($t, $n){ $n = 0 ? $t : $d($t & $t, $n - 1) }; $d("aaaaaaaa", 40))',
  'a doubling array': '($d := function($t, $n){ $n = 0 ? $t : $d([$t, $t], $n - 1) }; $d([1], 40))',
  'a doubling $append': '($d := function($t, $n){ $n = 0 ? $t : $d($append($t, $t), $n - 1) }; $d([1], 40))',
  'a shared structure that would unfold':
    '($d := function($t, $n){ $n = 0 ? $t : $d({"a": $t, "b": $t}, $n - 1) }; $d(1, 60))',
  'a native function that takes long': '$count($distinct([1..100000]))',
  'a result over 1 MiB': '$pad("x", 1048576)',
  'a result over 1 MiB of wide characters': '$pad("x", 400000, "€")',
  'a $replace that multiplies': '$replace($pad("", 100000, "a"), /./, $pad("", 100000, "b"))',
};

describe('an expression over its bounds', () => {
  let evaluator: Evaluator;
  before(() => {
    evaluator = createEvaluator({ threads: 2 });
  });
  after(() => evaluator.close());

  it('so does a search: a huge pattern in a huge text', async () => {
    const search = { text: 'a'.repeat(5_000_000), pattern: '([ab][ac])?'.repeat(100), global: true };
    await rejectsWith(evaluator.match(search), 'expression_limit');
    assert.deepEqual(await evaluator.match({ text: 'x1y2', pattern: '[0-9]', global: true }), ['1', '2']);
  });

  for (const [name, attack] of Object.entries(attacks)) {
    it(`fails alone with expression_limit: ${name}`, async () => {
      const other = evaluator.resolve('{{ $sum([1, 2]) }}', {}, { now });
      await rejectsWith(evaluator.evaluate(attack, bindings, { now }), 'expression_limit');
      assert.equal(await other, 3);
      assert.equal(await evaluator.resolve('{{ 1 + 1 }}', {}, { now }), 2);
    });
  }

  it('does not keep others waiting when every thread is attacked', async () => {
    const attack = '$count($distinct([1..100000]))';
    const attacked = Array.from({ length: 6 }, () => evaluator.evaluate(attack, bindings, { now }));
    const honest = Array.from({ length: 6 }, (_, index) => evaluator.evaluate(`${index} + 1`, {}, { now }));
    await Promise.all(attacked.map((one) => rejectsWith(one, 'expression_limit')));
    assert.deepEqual(await Promise.all(honest), [1, 2, 3, 4, 5, 6]);
  });

  it('names the string of the payload that failed, not its neighbours', async () => {
    const payload: Json = { a: '{{ 1 + 1 }}', b: ['{{ 2 + 2 }}', '{{ [1..1e7] }}'], c: '{{ 3 + 3 }}' };
    await assert.rejects(evaluator.resolve(payload, bindings, { now }), {
      name: 'ExpressionError',
      type: 'expression_limit',
      pointer: '/b/1',
      expression: '[1..1e7]',
    });
  });

  it('names the string of the payload whose thread was killed', async () => {
    const payload: Json = { a: '{{ 1 + 1 }}', b: '{{ $count($distinct([1..100000])) }}', c: '{{ 3 + 3 }}' };
    await assert.rejects(evaluator.resolve(payload, bindings, { now }), {
      type: 'expression_limit',
      pointer: '/b',
    });
  });

  it('counts no time that it waited for a thread', async () => {
    const slow = '$count($map([1..4000], function($v){ $v * 2 }))';
    const many = Array.from({ length: 40 }, () => evaluator.evaluate(slow, {}, { now }));
    assert.deepEqual(new Set(await Promise.all(many)), new Set([4_000]));
  });

  it('counts no time that a busy machine took from it', async () => {
    const busy = Array.from({ length: 12 }, () => new Worker('for (;;);', { eval: true }));
    try {
      const slow = '$count($map([1..4000], function($v){ $v * 2 }))';
      for (let round = 0; round < 4; round += 1)
        assert.equal(await evaluator.evaluate(slow, {}, { now }), 4_000);
    } finally {
      await Promise.all(busy.map((worker) => worker.terminate()));
    }
  });

  it('matches regular expressions in linear time', async () => {
    const source = '$match($trigger.body.long & "!", /(a+)+$/)';
    assert.equal(await evaluator.evaluate(source, bindings, { now }), null);
    const count = '$count($match($trigger.body.long, /(x+x+)+y|a/))';
    assert.equal(await evaluator.evaluate(count, bindings, { now }), 5_000);
  });

  it('shows no value of a secret in the message of an error', async () => {
    await assert.rejects(evaluator.evaluate('$number($secrets.token)', bindings, { now }), (error) => {
      assert.ok(error instanceof ExpressionError);
      assert.ok(!error.message.includes('do-not-show'), error.message);
      return true;
    });
  });

  it('is one too many when the values of its payload pass 10 MiB together', async () => {
    const big = 'x'.repeat(6 * 1024 * 1024);
    const stored: Bindings = { trigger: { body: { big } } };
    const one = '{{$trigger.body.big}}';
    const resolve = (payload: Json) => evaluator.resolve(payload, stored, { now });
    assert.deepEqual(await resolve({ one }), { one: big });
    for (const payload of [{ one, two: one }, `${one} ${one}`, one.repeat(10_000), Array(10_000).fill(one)])
      await rejectsWith(resolve(payload as Json), 'payload_too_large');
  });

  it('is refused when it is nested or repeated so that reading it would take long', () => {
    const texts = [
      `${'('.repeat(6_000)}1${')'.repeat(6_000)}`,
      `${'('.repeat(40)}1${' ?? 1)'.repeat(40)}`,
      `${'('.repeat(40)}1${' ?: 1)'.repeat(40)}`,
      `1${' + 1'.repeat(10_000)}`,
    ];
    for (const text of texts) assert.equal(parseTemplate(`{{ ${text} }}`).problems.length, 1);
  });
});

async function rejectsWith(promise: Promise<unknown>, type: string): Promise<void> {
  await assert.rejects(promise, (error) => error instanceof ExpressionError && error.type === type);
}
