import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Json } from '../../src/engine/json.ts';
import { createEvaluator } from '../../src/expressions/evaluator.ts';
import type { Bindings, Evaluator } from '../../src/expressions/evaluator.ts';
import { ExpressionError } from '../../src/expressions/expression-error.ts';

interface Case {
  text: string;
  strict?: boolean;
  value?: Json;
  error?: string;
}

const table = JSON.parse(readFileSync(new URL('./cases.json', import.meta.url), 'utf8')) as {
  bindings: Bindings;
  now: string;
  cases: Case[];
};

describe('expression cases', () => {
  let evaluator: Evaluator;
  before(() => {
    evaluator = createEvaluator({ threads: 1 });
  });
  after(() => evaluator.close());

  for (const { text, strict = false, value, error } of table.cases) {
    const outcome = error ?? JSON.stringify(value);
    it(`resolves ${text}${strict ? ' strictly' : ''} to ${outcome}`, async () => {
      const resolving = evaluator.resolve({ a: [text] }, table.bindings, {
        strict,
        now: new Date(table.now),
      });
      if (error === undefined) {
        assert.deepEqual(await resolving, { a: [value] });
        return;
      }
      await assert.rejects(resolving, (thrown) => {
        assert.ok(thrown instanceof ExpressionError);
        assert.equal(thrown.type, error);
        assert.equal(thrown.pointer, '/a/0');
        return true;
      });
    });
  }
});
