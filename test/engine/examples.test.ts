import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { findProblems } from '../../src/expressions/parse/find-problems.ts';

describe('the examples', () => {
  for (const file of readdirSync('examples')) {
    it(`${file} is valid, without a warning`, () => {
      const { name, description, definition } = JSON.parse(readFileSync(`examples/${file}`, 'utf8'));
      assert.ok(name && description);
      assert.deepEqual(findProblems(definition, { secrets: new Set() } as never).problems, []);
    });
  }
});
