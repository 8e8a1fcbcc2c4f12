import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createRedactor } from '../../src/activities/redactor.ts';

const secret = 'p@ss/w+rd "ü"';

describe('a redactor', () => {
  const { text, json } = createRedactor([secret, 'other-secret', 'abc']);

  it('finds a secret however it is written', () => {
    const forms = [
      secret,
      JSON.stringify(secret),
      encodeURIComponent(secret),
      encodeURIComponent(secret).toLowerCase(),
      encodeURI(secret),
      new URLSearchParams({ a: secret }).toString(),
      Buffer.from(secret).toString('base64'),
      Buffer.from(secret).toString('base64url'),
      'p@ss/w+rd &quot;ü&quot;',
    ];
    for (const form of forms) assert.match(text(`<${form}>`), /^<.*\[redacted\].*>$/, form);
    for (const form of forms) assert.ok(!text(form).includes(form), form);
  });

  it('finds it inside any base64 text, wherever it stands in it', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.string(),
        fc.constantFrom('base64', 'base64url'),
        (before, after, encoding) => {
          const coded = Buffer.from(`${before}${secret}${after}`).toString(encoding as BufferEncoding);
          assert.equal(text(`Basic ${coded}`).replace('[redacted]', ''), 'Basic ');
        },
      ),
    );
  });

  it('looks into names, lists and numbers, and leaves the rest as it is', () => {
    const numeric = createRedactor(['1234567']);
    assert.deepEqual(numeric.json({ a: [12345678, 123], '1234567': null }), {
      a: ['[redacted]', 123],
      '[redacted]': null,
    });
    const other = { a: 'abc', b: [1, null, true] };
    assert.equal(json(other), other);
  });

  it('leaves alone what holds no secret', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('x', '=', '/', '"', ' ') }), (any) => text(any) === any),
    );
  });

  it('takes long texts in linear time', () => {
    const long = 'QUJD'.repeat(1_000_000);
    assert.equal(text(long).length, long.length);
  });
});
