import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { checkDefinition } from '../../src/engine/definition/validate-definition.ts';
import { define } from './build.ts';
import { fitsForm, formOf } from '../../src/engine/definition/form.schema.ts';
import { createValidator } from '../../src/engine/json-schema/validator.schema.ts';
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

/** Cases of the official suite, MIT: https://github.com/json-schema-org/JSON-Schema-Test-Suite */
interface Group {
  description: string;
  schema: Json;
  tests: { description: string; data: Json; valid: boolean }[];
}

function readable(schema: Json) {
  try {
    return createValidator(schema);
  } catch {
    return undefined;
  }
}

describe('the form of a wait', function () {
  this.timeout(30_000);
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
      assert.deepEqual(form?.problemsOf('abbc'), []);
      assert.equal(form?.problemsOf('ac').length, 1);
    }
    assert.equal(fitsForm(text('^\\d{4}-\\d{2}$'), '2026-11'), true);
    assert.equal(fitsForm(text('^\\d{4}-\\d{2}$'), '2026-11-25'), false);
  });

  it('names the pattern that data does not match', () => {
    const form = formOf({ type: 'object', properties: { a: text('^x$') } });
    assert.deepEqual(form?.problemsOf({ a: 'y' }), [{ pointer: '/a', expected: 'a text that matches ^x$' }]);
  });

  it('refuses what cannot run in linear time, and what it does not know', () => {
    for (const schema of [
      text('(?=a)b'),
      text('(a)\\1'),
      text('('),
      { type: 'object', patternProperties: { '(a)\\1': { type: 'string' } } },
      { type: 'object', properties: { a: { $dynamicRef: '#a' } } },
      { anyOf: [{ items: { minLength: '3' } }] },
      { $ref: '#/$defs/nowhere' },
      { $ref: '#/default', default: { teleport: 1 } },
      { surely: true },
      { $ref: 'https://example.com/schema.json' },
      { type: 'teleport' },
    ] as Json[]) {
      assert.throws(() => formOf(schema), Error, JSON.stringify(schema));
      assert.equal(fitsForm(schema, 'x'), false);
    }
  });

  it('takes properties of any name, and values that look like keywords', () => {
    const names = { contains: text('a'), propertyNames: { type: 'string', enum: ['x'], default: 'x' } };
    const schema: Json = { type: 'object', properties: names, $defs: { $dynamicRef: { const: {} } } };
    assert.equal(fitsForm(schema, { contains: 'a', propertyNames: 'x' }), true);
    assert.equal(fitsForm(schema, { contains: 'b' }), false);
  });

  it('is refused when it is saved, with the reason', () => {
    const faults: [formSchema: Json, reason: RegExp][] = [
      [text('(a)\\1'), /linear time.*invalid escape sequence/],
      [{ type: 'object', properties: { a: { $dynamicRef: '#x' } } }, /\$dynamicRef is not supported/],
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

  it('refuses data without what is required (fault 16)', () => {
    assert.equal(fitsForm({ type: 'object', required: ['a'] }, {}), false);
    assert.equal(fitsForm({ required: ['toString', '__proto__', 'constructor'] }, {}), false);
  });

  it('judges as the official suite of JSON Schema 2020-12 says, or says at save that it does not (fault 16)', async () => {
    const groups = JSON.parse(await readFile('test/engine/json-schema-suite.json', 'utf8')) as Group[];
    const counts = { right: 0, refused: 0 };
    for (const { description, schema, tests } of groups) {
      const form = readable(schema);
      for (const { data, valid, description: about } of tests) {
        if (form) assert.equal(form.problemsOf(data).length === 0, valid, `${description}: ${about}`);
        counts[form ? 'right' : 'refused'] += 1;
      }
    }
    assert.deepEqual(counts, { right: 1_156, refused: 125 });
  });

  it('is judged within a bound of steps, whatever refers to what', () => {
    const endless: Json = { $ref: '#' };
    assert.equal(fitsForm(endless, 1), false);
    const both = (name: string) => ({ anyOf: [{ $ref: `#/$defs/${name}` }, { $ref: `#/$defs/${name}` }] });
    const names = Array.from({ length: 40 }, (_, index) => `d${index}`);
    const $defs = Object.fromEntries(names.map((name, index) => [name, both(names[index + 1] ?? 'end')]));
    const doubling: Json = { $ref: '#/$defs/d0', $defs: { ...$defs, end: { type: 'string' } } };
    const from = performance.now();
    assert.equal(fitsForm(doubling, 1), false);
    assert.ok(performance.now() - from < 5_000);
  });

  it('is none without a schema', () => {
    for (const schema of [undefined, null, 'x', 1, []] as Json[]) assert.equal(formOf(schema), undefined);
    assert.equal(fitsForm(undefined, { any: 'thing' }), true);
  });
});
