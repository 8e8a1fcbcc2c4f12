/** Tables of expressions with what each comes to, all read with the bindings of `cases.json`. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Json } from '../../src/engine/json/json.ts';
import { createEvaluator } from '../../src/expressions/evaluate/evaluator.ts';
import type { Bindings, Evaluator } from '../../src/expressions/evaluate/evaluator.ts';
import { ExpressionError } from '../../src/expressions/evaluate/expression-error.ts';

/** One expression: it gives `value`, or fails with the error type `error`. */
export interface Case {
  text: string;
  strict?: boolean;
  value?: Json;
  error?: string;
}

interface Surroundings {
  bindings: Bindings;
  now: string;
}

/** Reads the cases of a file beside this one. */
export function readCases(file: string): Case[] {
  return (read(file) as { cases: Case[] }).cases;
}

function read(file: string): unknown {
  return JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8'));
}

/** Makes one test of each case. */
export function testCases(cases: readonly Case[]): void {
  const { bindings, now } = read('./cases.json') as Surroundings;
  let evaluator: Evaluator;
  before(() => {
    evaluator = createEvaluator({ threads: 1 });
  });
  after(() => evaluator.close());

  for (const { text, strict = false, value, error } of cases) {
    const outcome = error ?? JSON.stringify(value);
    it(`resolves ${text}${strict ? ' strictly' : ''} to ${outcome}`, async () => {
      const resolving = evaluator.resolve({ a: [text] }, bindings, { strict, now: new Date(now) });
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
}
