import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createEvaluator } from '../../src/expressions/evaluate/evaluator.ts';
import { sentenceOf } from '../../src/expressions/parse/failure-message.ts';

/** The library's codes and words, as they stand in its source. */
function ofLibrary(): [code: string, message: string][] {
  const source = readFileSync(createRequire(import.meta.url).resolve('jsonata'), 'utf8');
  return [...source.matchAll(/"([SDT]\d{4})": "([^"]+)"/g)].map(([, code = '', message = '']) => [
    code,
    message,
  ]);
}

describe('the sentence of a failed expression', () => {
  const details = { token: 'sum', value: 'x', value2: 'y', index: 1, type: 'number', position: 3 };

  it("fault 46: is never the library's own, for any of its codes", () => {
    const codes = ofLibrary();
    assert.ok(codes.length > 80);
    for (const [code, message] of codes) {
      const sentence = sentenceOf({ code, message, ...details });
      if (code === 'D3137' || code === 'D3141') continue;
      assert.notEqual(sentence, message);
      assert.doesNotMatch(sentence, /\{\w+\}|JSONata|undefined/, code);
    }
  });

  it("gives the author's own message of $error, and no value where secrets are read", () => {
    assert.equal(sentenceOf({ code: 'D3137', message: 'not mine', value: 'mine' }), 'mine');
    for (const [code, message] of ofLibrary())
      assert.doesNotMatch(
        sentenceOf(
          { code, message: `${message} s3cret`, ...details, value: 's3cret', value2: 's3cret' },
          true,
        ),
        /s3cret/,
        code,
      );
  });

  it('says what $error and $assert were given as it is, also what looks like a template', async () => {
    const evaluator = createEvaluator({ threads: 1 });
    try {
      const messageOf = (text: string) =>
        evaluator
          .evaluate(text, { trigger: { body: '{{a}} {{{message}}}' } } as never, { now: new Date() })
          .then(
            () => undefined,
            ({ message }: Error) => message,
          );
      assert.match((await messageOf('$error($trigger.body)')) ?? '', /\{\{a\}\} \{\{\{message\}\}\}/);
      assert.match((await messageOf('$assert(false, $trigger.body)')) ?? '', /\{\{a\}\} \{\{\{message\}\}\}/);
      assert.match((await messageOf('$assert(false)')) ?? '', /assert/);
      assert.equal(await messageOf('$assert(true, $trigger.body)'), undefined);
    } finally {
      await evaluator.close();
    }
  });
});
