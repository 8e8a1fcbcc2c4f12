import assert from 'node:assert/strict';
import type { Json } from '../../src/engine/json/json.ts';
import { createEvaluator } from '../../src/expressions/evaluate/evaluator.ts';
import type { Evaluator } from '../../src/expressions/evaluate/evaluator.ts';
import { parseTemplate } from '../../src/expressions/parse/template.ts';

const now = new Date('2026-01-01T00:00:00Z');

function namesIn(payload: Json): string[] {
  const { template } = parseTemplate(payload);
  return template.references.map((reference) =>
    reference.kind === 'node'
      ? [reference.nodeId, reference.part, ...(reference.path ?? [])].join('.')
      : [`$${reference.kind}`, ...(reference.name === undefined ? [] : [reference.name])].join('.'),
  );
}

describe('a template', () => {
  it('names what its expressions read, with the place of each', () => {
    const { template } = parseTemplate({ a: [{ 'b/c': '{{ $nodes.x.result.y }} {{ $secrets.t }}' }] });
    assert.deepEqual(template.references, [
      { kind: 'node', nodeId: 'x', part: 'result', path: ['y'], pointer: '/a/0/b~1c' },
      { kind: 'secrets', name: 't', pointer: '/a/0/b~1c' },
    ]);
  });

  it('reads every spelling of a reference', () => {
    assert.deepEqual(namesIn('{{ my-node.result.a }}'), ['my-node.result.a']);
    assert.deepEqual(namesIn('{{ $nodes.my-node.error.type }}'), ['my-node.error.type']);
    assert.deepEqual(namesIn('{{ $$.x.status }}'), ['x.status']);
    assert.deepEqual(namesIn('{{ root.result.body.a }}'), ['$trigger.body']);
    assert.deepEqual(namesIn('{{ $workflowId & $for.l-1.item & $run.id }}'), [
      '$workflow',
      '$for.l-1',
      '$run.id',
    ]);
    assert.deepEqual(namesIn("{{ $resumeUrl('ask') }}"), ['$resumeUrl.ask']);
    assert.deepEqual(namesIn('{{ $nodes.x.result || y.result }}'), ['x.result', 'y.result']);
    assert.deepEqual(namesIn('{{ $map($trigger.rows, function($v){ $v + x.result }) }}'), [
      '$trigger.rows',
      'x.result',
    ]);
  });

  it('takes no name inside a filter, a step or a function for a node', () => {
    assert.deepEqual(namesIn('{{ $trigger.rows[order.status = "paid"].item.result }}'), ['$trigger.rows']);
    assert.deepEqual(namesIn('{{ $trigger.rows.(order.status) }}'), ['$trigger.rows']);
    assert.deepEqual(namesIn('{{ function($item){ $item.x }(1) }}'), []);
    assert.deepEqual(namesIn('{{ ($item := 1; $item) }}'), []);
    assert.deepEqual(namesIn('{{ $trigger.rows^(order.error) }}'), ['$trigger.rows']);
  });

  it('is constant without expressions and escapes', () => {
    assert.equal(parseTemplate({ a: ['x', 1, null, 'a { b } c }}'] }).template.constant, true);
    assert.equal(parseTemplate({ a: '\\{{ x }}' }).template.constant, false);
    assert.equal(parseTemplate({ a: '{{ 1 }}' }).template.constant, false);
  });

  it('tells everything that is wrong at once', () => {
    const { problems } = parseTemplate({ a: '{{ 1 + }}', b: 'x', c: ['{{ "open }}'], d: '{{ $nodes }}' });
    assert.deepEqual(
      problems.map(({ pointer, code }) => [pointer, code]),
      [
        ['/a', 'expression_syntax'],
        ['/c/0', 'expression_syntax'],
        ['/d', 'expression_syntax'],
      ],
    );
  });
});

describe('the evaluator', () => {
  let evaluator: Evaluator;
  before(() => {
    evaluator = createEvaluator({ threads: 1 });
  });
  after(() => evaluator.close());

  it('leaves what is skipped as it is, and the payload unchanged', async () => {
    const payload: Json = { a: '{{ 1 + 1 }}', b: { c: '{{ 2 }}' }, d: ['{{ 3 }}'] };
    const copy = structuredClone(payload);
    const skip = (pointer: string): boolean => pointer === '/b' || pointer === '/d/0';
    const resolved = await evaluator.resolve(payload, {}, { now, skip });
    assert.deepEqual(resolved, { a: 2, b: { c: '{{ 2 }}' }, d: ['{{ 3 }}'] });
    assert.deepEqual(payload, copy);
  });

  it('keeps own properties of any name', async () => {
    const payload = JSON.parse('{"__proto__": "{{ 1 }}", "constructor": "{{ $trigger }}"}') as Json;
    const trigger = JSON.parse('{"__proto__": {"a": 1}}') as Json;
    const resolved = await evaluator.resolve(payload, { trigger }, { now });
    assert.equal(JSON.stringify(resolved), '{"__proto__":1,"constructor":{"__proto__":{"a":1}}}');
    assert.equal(await evaluator.evaluate('$trigger.__proto__.a + 1', { trigger }, { now }), 2);
  });

  it('gives the links of waits by their ids', async () => {
    const bindings = { resumeUrl: (id: string) => `https://x.example/${id}` };
    const text = "Answer: {{ $resumeUrl('ask') }}";
    assert.equal(await evaluator.resolve(text, bindings, { now }), 'Answer: https://x.example/ask');
  });

  it('lets no expression change what another one reads', async () => {
    const trigger = { rows: [{ a: [1] }] };
    const payload = [
      '{{ $trigger.rows[0].a[] }}',
      '{{ $trigger.rows.a }}',
      '{{ $trigger.rows ~> |$|{"a": 2}| }}',
    ];
    const first = await evaluator.resolve([...payload, ...payload], { trigger }, { now });
    assert.deepEqual((first as Json[]).slice(0, 3), (first as Json[]).slice(3));
    assert.deepEqual(trigger, { rows: [{ a: [1] }] });
  });

  it('resolves many expressions of one payload', async () => {
    const payload = Array.from({ length: 300 }, (_, index) => `{{ $trigger.n + ${index} }}`);
    const resolved = await evaluator.resolve(payload, { trigger: { n: 1 } }, { now });
    assert.deepEqual(
      resolved,
      payload.map((_, index) => index + 1),
    );
  });

  it('builds an object of many fields', async () => {
    const fields = Array.from({ length: 600 }, (_, index) => `"k${index}": $trigger.n`).join(', ');
    const resolved = await evaluator.evaluate(`{${fields}}`, { trigger: { n: 1 } }, { now });
    assert.equal(Object.keys(resolved as object).length, 600);
  });

  it('rejects what is asked of it after it was closed', async () => {
    const closed = createEvaluator({ threads: 1 });
    await closed.close();
    await assert.rejects(closed.evaluate('1 + 1', {}, { now }), /closed/);
  });
});
