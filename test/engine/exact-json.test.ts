import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isExact, parseExactJson } from '../../src/engine/json/exact-json.ts';

describe('JSON with exact numbers', () => {
  const cases: [text: string, value: unknown][] = [
    ['7615917337495251231', '7615917337495251231'],
    ['-7615917337495251232', '-7615917337495251232'],
    ['9007199254740993', '9007199254740993'],
    ['9007199254740992', 9007199254740992],
    ['1e400', '1e400'],
    ['1E-400', '1E-400'],
    ['0.1', 0.1],
    ['1.10', 1.1],
    ['100000000000000000000', 1e20],
    ['1e21', 1e21],
    ['1000000000000000000000', 1e21],
    ['0.10000000000000000001', '0.10000000000000000001'],
    ['123456789012345.67', 123456789012345.67],
    ['12345678901234567.89', '12345678901234567.89'],
    ['0e999', 0],
    ['-0.0', -0],
    ['"1e400"', '1e400'],
    ['{"a\\"1e400":[1e400,"\\\\",1e400]}', { 'a"1e400': ['1e400', '\\', '1e400'] }],
    ['{"__proto__":7615917337495251231}', JSON.parse('{"__proto__":"7615917337495251231"}')],
  ];
  for (const [text, value] of cases) {
    it(`reads ${text} (fault 8)`, () => assert.deepEqual(parseExactJson(text), value));
  }

  it('reads everything else as JSON.parse does', () => {
    fc.assert(fc.property(fc.json(), (text) => assert.deepEqual(parseExactJson(text), JSON.parse(text))));
  });

  it('keeps the digits of every number, in any place and between any texts', () => {
    const digits = fc.stringMatching(/^-?[1-9]\d{0,40}(\.\d{1,30}[1-9])?([eE][+-]?\d{1,4})?$/);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string(), digits), { minLength: 1 }), (pairs) => {
        const text = `[${pairs.map(([name, number]) => `{${JSON.stringify(name)}:${number}}`).join(' , ')}]`;
        const read = parseExactJson(text) as Record<string, string | number>[];
        pairs.forEach(([name, number], index) => {
          const value = Object.entries(read[index] ?? {})[0];
          assert.deepEqual(value, [name, isExact(number) ? Number(number) : number]);
        });
      }),
    );
  });

  it('fails where JSON.parse fails', () => {
    for (const text of ['', '{', '01', '[1e400', '1e', '{"a":1e400,}', '"\\x"'])
      assert.throws(() => parseExactJson(text), SyntaxError);
  });
});
