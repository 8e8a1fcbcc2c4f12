import assert from 'node:assert/strict';
import { checkDefinition } from '../../src/engine/definition/validate-definition.ts';
import { define } from './build.ts';
import { fitsForm, formOf } from '../../src/engine/definition/form.schema.ts';
import type { Json } from '../../src/engine/json/json.ts';

const text = (pattern: string): Json => ({ type: 'string', pattern });
const attack = '(a+)+$';
const long = `${'a'.repeat(50_000)}!`;

/** Places where a pattern can stand, with data that reaches it. */
const places: Record<string, [schema: Json, data: Json]> = {
  'at the top': [text(attack), long],
  'in a property': [{ type: 'object', properties: { a: text(attack) }, required: ['a'] }, { a: long }],
  'in an item': [{ type: 'array', items: text(attack) }, [long]],
  'in a tuple': [{ type: 'array', prefixItems: [text(attack)] }, [long]],
  'in further properties': [{ type: 'object', additionalProperties: text(attack) }, { a: long }],
  'in a choice': [{ anyOf: [text(attack), { type: 'number' }] }, long],
  'in one of': [{ oneOf: [text(attack), { type: 'number' }] }, long],
  'in all of': [{ allOf: [text(attack), { type: 'string' }] }, long],
  'behind a reference': [{ $ref: '#/$defs/a', $defs: { a: text(attack) } }, long],
  'in a structure that holds itself': [
    {
      $ref: '#/$defs/tree',
      $defs: {
        tree: {
          type: 'object',
          properties: { name: text(attack), inner: { $ref: '#/$defs/tree' } },
        },
      },
    },
    { inner: { inner: { name: long } } },
  ],
};

describe('the form of a wait', () => {
  for (const [place, [schema, data]] of Object.entries(places)) {
    it(`runs a pattern ${place} in linear time`, () => {
      const from = performance.now();
      assert.equal(fitsForm(schema, data), false);
      assert.ok(performance.now() - from < 5_000);
    });
  }

  it('matches as JSON Schema says: anywhere in the text, as often as it is asked', () => {
    const form = formOf(text('b+'));
    for (let round = 0; round < 3; round += 1) {
      assert.equal(form?.safeParse('abbc').success, true);
      assert.equal(form?.safeParse('ac').success, false);
    }
    assert.equal(fitsForm(text('^\\d{4}-\\d{2}$'), '2026-11'), true);
    assert.equal(fitsForm(text('^\\d{4}-\\d{2}$'), '2026-11-25'), false);
  });

  it('names the pattern that data does not match', () => {
    const issues = formOf({ type: 'object', properties: { a: text('^x$') } })?.safeParse({ a: 'y' }).error
      ?.issues;
    assert.equal(issues?.length, 1);
    assert.match(issues[0]?.message ?? '', /\^x\$/);
  });

  it('refuses what cannot run in linear time, and what it does not know', () => {
    for (const schema of [
      text('(?=a)b'),
      text('(a)\\1'),
      text('('),
      { type: 'object', patternProperties: { '^a': { type: 'string' } } },
      { type: 'object', properties: { a: { type: 'object', patternProperties: {} } } },
      { type: 'object', propertyNames: text('a') },
      { type: 'array', contains: text('a') },
      { anyOf: [{ type: 'array', items: { type: 'array', contains: {} } }] },
      { $ref: 'https://example.com/schema.json' },
      { type: 'teleport' },
    ] as Json[]) {
      assert.throws(() => formOf(schema), Error, JSON.stringify(schema));
      assert.equal(fitsForm(schema, 'x'), false);
    }
  });

  it('takes properties of any name, and values that look like keywords', () => {
    const names = { contains: text('a'), propertyNames: { type: 'string', enum: ['x'], default: 'x' } };
    const schema: Json = { type: 'object', properties: names, $defs: { patternProperties: { const: {} } } };
    assert.equal(fitsForm(schema, { contains: 'a', propertyNames: 'x' }), true);
    assert.equal(fitsForm(schema, { contains: 'b' }), false);
  });

  it('is refused when it is saved, with the reason', () => {
    const faults: [formSchema: Json, reason: RegExp][] = [
      [text('(a)\\1'), /linear time.*invalid escape sequence/],
      [{ type: 'object', properties: { a: { type: 'array', contains: {} } } }, /contains is not supported/],
      ['text', /not an object/],
    ];
    for (const [formSchema, reason] of faults) {
      const { problems } = checkDefinition(define(['a'], { a: { type: 'wait', payload: { formSchema } } }));
      assert.deepEqual(
        problems.map(({ code, pointer }) => `${code} ${pointer}`),
        ['invalid_value /nodes/a/payload/formSchema'],
      );
      assert.match(problems[0]?.message ?? '', reason);
    }
    for (const formSchema of ['{{$nodes.form.result}}', text('{{$vars.pattern}}'), text('^a+$')]) {
      const { problems } = checkDefinition(define(['a'], { a: { type: 'wait', payload: { formSchema } } }));
      assert.deepEqual(problems, []);
    }
  });

  it('is none without a schema', () => {
    for (const schema of [undefined, null, 'x', 1, []] as Json[]) assert.equal(formOf(schema), undefined);
    assert.equal(fitsForm(undefined, { any: 'thing' }), true);
  });
});
