import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Json } from '../../src/engine/json/json.ts';
import {
  parseWellFormed,
  wellFormed,
  wellFormedJson,
  wellFormedText,
} from '../../src/engine/json/well-formed.ts';

/** Texts of any code units: pairs, halves of pairs, escapes that only look like halves. */
const unit = fc.oneof(
  fc.constantFrom('\ud800', '\udc00', '\udfff', '\ud83d\ude00', '\\', '\\ud800', '"', '\u0000', '\ufffd'),
  fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
);
const text = fc.array(unit, { maxLength: 8 }).map((units) => units.join(''));
const anyJson = fc.letrec((tie) => ({
  json: fc.oneof(
    { maxDepth: 3 },
    text,
    fc.constantFrom(null, true, 0, -0.5),
    fc.array(tie('json'), { maxLength: 3 }),
    fc.dictionary(text, tie('json'), { maxKeys: 3, noNullPrototype: true }),
  ),
})).json as fc.Arbitrary<Json>;

const isUnicode = (value: string) => Buffer.from(value).toString() === value;

describe('text that is no Unicode', () => {
  it('fault 1: is replaced in texts and names alike, and nothing else changes', () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        const made = wellFormed(value);
        assert.ok(isUnicode(unescaped(JSON.stringify(made))));
        // What UTF-8 makes of each text is what stands there.
        if (isUnicode(unescaped(JSON.stringify(value)))) assert.deepEqual(made, value);
        assert.equal(wellFormedJson(value), JSON.stringify(made));
        assert.deepEqual(parseWellFormed(JSON.stringify(value)), made);
        assert.deepEqual(wellFormed(made), made);
      }),
    );
  });

  it('fault 1: becomes what an encoder of UTF-8 makes of it', () => {
    fc.assert(
      fc.property(text, (value) => assert.equal(wellFormedText(value), Buffer.from(value).toString())),
    );
    fc.assert(fc.property(text, (value) => assert.equal(wellFormed(value), wellFormedText(value))));
  });

  it('fault 1: names that become one are one', () => {
    assert.deepEqual(wellFormed({ '\ud800': 1, '\ud801': 2, a: '\\ud800' }), { '\ufffd': 2, a: '\\ud800' });
  });
});

/** The text of JSON with its escapes of surrogates undone. */
function unescaped(json: string): string {
  return json.replaceAll(/\\(?:u(d[89a-f][0-9a-f]{2})|.)/g, (whole, code?: string) =>
    code === undefined ? whole : String.fromCharCode(parseInt(code, 16)),
  );
}
