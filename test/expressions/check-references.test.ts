import assert from 'node:assert/strict';
import { reachability } from '../../src/engine/definition/reachability.ts';
import { checkDefinition } from '../../src/engine/definition/validate-definition.ts';
import { checkReferences } from '../../src/expressions/parse/check-references.ts';
import { parseTemplate } from '../../src/expressions/parse/template.ts';

/** Checks a definition and answers `code pointer` of each problem. */
function check(nodes: Record<string, unknown>): string[] {
  const { definition, problems } = checkDefinition({ nodes });
  assert.ok(definition, JSON.stringify(problems));
  assert.deepEqual(problems, []);
  return checkReferences(definition, reachability(definition)).map(
    ({ code, pointer }) => `${code} ${pointer}`,
  );
}

const trigger = (...children: string[]): object => ({ type: 'webhook', payload: {}, children });
const log = (message: string, ...children: string[]): object => ({
  type: 'log',
  payload: { message },
  children,
});

describe('the check of references', () => {
  it('finds nothing wrong with references to what has run', () => {
    const found = check({
      root: trigger('a'),
      a: log('{{ $trigger.body }} {{ root.result.body.x }} {{ $nodes.root.result }}', 'b'),
      b: log('{{ a.result.message }} {{ $nodes.a.status }}'),
    });
    assert.deepEqual(found, []);
  });

  it('fault 26: refuses variables and functions that do not exist, and names the nearest', () => {
    const messageOf = (expression: string) =>
      parseTemplate(`{{ ${expression} }}`).problems.map(({ code, message }) => `${code}: ${message}`);
    const unknown = (text: string) => [`reference_unknown: ${text}`];
    assert.deepEqual(
      messageOf('$tirgger.body.a'),
      unknown('$tirgger is no variable and no function; did you mean $trigger?'),
    );
    assert.deepEqual(
      messageOf('$uppercas("x")'),
      unknown('$uppercas is no variable and no function; did you mean $uppercase?'),
    );
    assert.deepEqual(messageOf('$sha256("d")'), unknown('$sha256 is no variable and no function'));
    assert.deepEqual(messageOf('$eval("1")'), unknown('$eval is no variable and no function'));
    assert.deepEqual(messageOf('$map([1], $doubel)'), unknown('$doubel is no variable and no function'));
  });

  it('fault 26: knows what an expression binds itself, wherever that is', () => {
    for (const expression of [
      '($f := function($n) { $n > 0 ? $f($n - 1) : $x }; $x := 1; $f(3))',
      '$trigger.body.items@$i#$at.{ "i": $i, "at": $at }',
      '$reduce([1, 2], function($sum, $one) { $sum + $one })',
      '$map($trigger.body.a, $uppercase) ~> $join(",")',
      '$trigger.body.($.a & $$.b)',
      '$trigger.body.a || $trigger.body.0.b',
    ])
      assert.deepEqual(parseTemplate(`{{ ${expression} }}`).problems, [], expression);
  });

  it('fault 25: reads no expression in the code of a code-transform', () => {
    const code = 'function transform(i) { return "Hello {{name}} {{" + i }';
    const found = check({
      root: trigger('a'),
      a: { type: 'code-transform', payload: { code, input: '{{ $trigger.body }}' } },
    });
    assert.deepEqual(found, []);
  });

  it('refuses unknown nodes, later nodes and the node itself', () => {
    const found = check({
      root: trigger('a'),
      a: log('{{ $nodes.nobody.result }}', 'b'),
      b: log('{{ b.result }}', 'c'),
      c: log('x {{ $sum([d.result]) }}', 'd'),
      d: log('end'),
    });
    assert.deepEqual(found, [
      'reference_unknown /nodes/a/payload/message',
      'reference_never_runs /nodes/b/payload/message',
      'reference_never_runs /nodes/c/payload/message',
    ]);
  });

  it('warns of a node on another branch', () => {
    const found = check({
      root: trigger('big'),
      big: {
        type: 'if',
        payload: { condition: '{{ $trigger.body.x }}' },
        branches: { then: ['a'], else: ['b'] },
      },
      a: log('a', 'end'),
      b: log('b', 'end'),
      end: log('{{ a.result || b.result }}'),
    });
    assert.deepEqual(found, [
      'reference_may_not_run /nodes/end/payload/message',
      'reference_may_not_run /nodes/end/payload/message',
    ]);
  });

  it('allows secrets and resume links only where nothing is recorded', () => {
    const found = check({
      root: trigger('ask', 'call', 'note'),
      ask: { type: 'wait', payload: { timeoutMs: 1000 } },
      call: {
        type: 'http-request',
        payload: {
          method: '{{ $secrets.m }}',
          url: 'https://x.example/{{ $secrets.a }}',
          headers: { authorization: 'Bearer {{ $secrets.t }}' },
          body: { link: "{{ $resumeUrl('ask') }}", other: "{{ $resumeUrl('call') }}" },
        },
      },
      note: log("{{ $secrets.t }} {{ $resumeUrl('ask') }}"),
    });
    assert.deepEqual(found, [
      'secret_recorded /nodes/call/payload/method',
      'reference_unknown /nodes/call/payload/body/other',
      'secret_recorded /nodes/note/payload/message',
      'secret_recorded /nodes/note/payload/message',
    ]);
  });

  it('knows where items of loops have a value', () => {
    const found = check({
      root: trigger('outer'),
      outer: {
        type: 'for-each',
        payload: { array: '{{ $item.rows }}', itemKey: '{{ $item.id }}', collect: '{{ in-a.result }}' },
        loopBody: ['in-a', 'inner'],
        children: ['after'],
      },
      'in-a': log('{{ $item }} {{ $index }} {{ $for.outer.item }} {{ $parent_item }}', 'inner'),
      inner: { type: 'for-each', payload: { array: '{{ $item.list }}' }, loopBody: ['deep'] },
      deep: log(
        '{{ $item }} {{ $parent_item }} {{ $for.outer.index }} {{ $for.inner.item }} {{ in-a.result }}',
      ),
      after: log('{{ $for.outer.item }} {{ $for.none.item }} {{ $item }}'),
    });
    assert.deepEqual(found, [
      'reference_outside_loop /nodes/outer/payload/array',
      'reference_outside_loop /nodes/in-a/payload/message',
      'reference_outside_loop /nodes/after/payload/message',
      'reference_unknown /nodes/after/payload/message',
      'reference_outside_loop /nodes/after/payload/message',
    ]);
  });

  it('refuses the body of a loop in the array it loops over', () => {
    const found = check({
      root: trigger('loop'),
      loop: { type: 'for-each', payload: { array: '{{ a.result }}' }, loopBody: ['a'] },
      a: log('x'),
    });
    assert.deepEqual(found, ['reference_never_runs /nodes/loop/payload/array']);
  });

  it('tells what cannot be read, with its place', () => {
    const found = check({ root: trigger('a'), a: log('{{ 1 + }}') });
    assert.deepEqual(found, ['expression_syntax /nodes/a/payload/message']);
  });

  it('reads the pattern of a regex node, unless an expression makes it', () => {
    const patterns = ['^a+(b|c)$', '(?=a)b', '(a)\\1', '[', "{{ '(?=a)b' }}"];
    const nodes = patterns.map((pattern, index) => [
      `n${index}`,
      { type: 'regex', payload: { text: 'x', pattern } },
    ]);
    const found = check({ root: trigger(...nodes.map(([id]) => String(id))), ...Object.fromEntries(nodes) });
    assert.deepEqual(
      found,
      [1, 2, 3].map((index) => `pattern_syntax /nodes/n${index}/payload/pattern`),
    );
  });
});
