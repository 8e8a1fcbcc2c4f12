import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import jsonata from 'jsonata';
import { addedFunctions } from '../../src/expressions/evaluate/functions.ts';
import { functionNames } from '../../src/expressions/parse/known-names.ts';
import { readCases, testCases } from './run-cases.ts';
import type { Case } from './run-cases.ts';

const cases = readCases('./cases.json');
const ofFunctions = readCases('./functions.json');

/** `$eval` is refused on purpose; `$error` does nothing but fail. */
const neverGiveAValue = ['error', 'eval'];

describe("cases of JSONata's functions", () => {
  testCases(ofFunctions);
});

describe("every one of JSONata's functions", () => {
  it('has a case of its value, or of its error when it never gives one', async () => {
    const all = await builtIns();
    const withValue = calledIn([...cases, ...ofFunctions].filter(({ error }) => error === undefined));
    const withError = calledIn([...cases, ...ofFunctions].filter(({ error }) => error !== undefined));
    const missing = all.filter((name) => !(neverGiveAValue.includes(name) ? withError : withValue).has(name));
    assert.deepEqual(missing, []);
  });

  it('fault 26: is known by name when an expression is saved, and so are ours and no other', async () => {
    const ours = ['resumeUrl', ...Object.keys(addedFunctions)];
    const known = [...(await builtIns()).filter((name) => name !== 'eval'), ...ours];
    assert.deepEqual([...functionNames].sort(), known.sort());
  });

  it('is found by its name, those that JSONata binds per expression too', async () => {
    const all = await builtIns();
    for (const name of [...neverGiveAValue, 'sum', 'clone', 'now', 'millis']) assert.ok(all.includes(name));
    assert.ok(!all.includes('staticFrame'));
  });
});

function calledIn(some: readonly Case[]): Set<string> {
  return new Set(some.flatMap(({ text }) => [...text.matchAll(/\$(\w+)\(/g)].map(([, name = '']) => name)));
}

/**
 * JSONata lists its functions nowhere. A function's name stands in its source, whatever the form: each word there is
 * looked up as an expression would.
 */
async function builtIns(): Promise<string[]> {
  const source = readFileSync(createRequire(import.meta.url).resolve('jsonata'), 'utf8');
  const words = [...new Set(source.match(/[A-Za-z]\w*/g))];
  const expression = jsonata('$known()');
  expression.registerFunction('known', function (this: jsonata.Focus) {
    return words.filter((word) => word !== 'known' && this.environment.lookup(word) !== undefined);
  });
  return (await expression.evaluate(null)) as string[];
}
