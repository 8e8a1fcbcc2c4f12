/** Evaluates one rewritten expression with JSONata, inside a thread. */
import jsonata from 'jsonata';
import { LRUCache } from 'lru-cache';
import { bindIndexSteps, nodesInConstructors, treeOf } from '../parse/ast.ts';
import type { ExpressionErrorType } from './expression-error.ts';
import { addedFunctions } from './functions.ts';
import { expressionLimits } from './limits.ts';
import { LinearRegex } from './linear-regex.ts';
import { LimitError, NotJsonError } from './measure-result.ts';
import { ofAuthor, sentenceOf } from '../parse/failure-message.ts';
import type { JsonataError } from '../parse/failure-message.ts';
import { elementAt } from '../parse/plain-path.ts';
import { atName, firstName } from '../parse/rewrite.ts';
import type { TimeBound } from '../threads/thread-time.ts';

/** What a thread gives to its expressions. */
export interface Surroundings {
  nowMs: number;
  resumeUrls: Record<string, string>;
  time: TimeBound;
}

interface Focus {
  environment: { lookup(name: string): { implementation(...given: unknown[]): unknown } };
}

const compiled = new LRUCache<string, { expression: jsonata.Expression; around: { now: Surroundings } }>({
  max: 500,
});

/** Returns the value; `undefined` when it is missing. @throws what JSONata throws; LimitError */
export async function runJsonata(
  text: string,
  values: Record<string, unknown>,
  surroundings: Surroundings,
): Promise<unknown> {
  const { expression, around } = compile(text, surroundings);
  around.now = surroundings;
  return (await expression.evaluate(values['nodes'] ?? {}, values)) as unknown;
}

function compile(text: string, surroundings: Surroundings): NonNullable<ReturnType<typeof compiled.get>> {
  const known = compiled.get(text);
  if (known) return known;
  const around = { now: surroundings };
  const bounds = {
    RegexEngine: LinearRegex as unknown as RegExpConstructor,
    /** JSONata reads it at every step, and asks its own clock first: what the thread has not worked is added. */
    get timeout() {
      return around.now.time.isPassed() ? expressionLimits.timeMs : Number.POSITIVE_INFINITY;
    },
    stack: expressionLimits.depth,
    sequence: expressionLimits.sequence,
  };
  const expression = jsonata(text, bounds);
  const tree = treeOf(expression);
  bindIndexSteps(tree);
  // JSONata evaluates the entries of a constructor side by side and counts all of them as depth.
  bounds.stack += nodesInConstructors(tree);
  const made = { expression, around };
  addFunctions(expression, made.around);
  compiled.set(text, made);
  return made;
}

/** Bound last, these stand before JSONata's own. */
function addFunctions(expression: jsonata.Expression, around: { now: Surroundings }): void {
  expression.assign('eval', undefined);
  expression.assign(atName, elementAt);
  expression.assign(firstName, firstValue);
  expression.registerFunction('millis', () => around.now.nowMs, '<:n>');
  expression.registerFunction(
    'now',
    callOriginal('fromMillis', () => around.now.nowMs),
    '<s?s?:s>',
  );
  expression.registerFunction('resumeUrl', (id: string) => around.now.resumeUrls[id], '<s:s>');
  expression.registerFunction('base64encode', exactBase64, '<s-:s>');
  expression.registerFunction('pad', boundedPad, '<s-ns?:s>');
  expression.registerFunction('append', boundedAppend, '<xx:a>');
  expression.registerFunction('error', (message?: string) => raise('D3137', message), '<s?:x>');
  expression.registerFunction(
    'assert',
    (condition: boolean, message?: string) => (condition ? undefined : raise('D3141', message)),
    '<bs?:x>',
  );
  for (const [name, { call, signature }] of Object.entries(addedFunctions))
    expression.registerFunction(name, call as () => unknown, signature);
}

type Native = (this: jsonata.Focus, ...given: unknown[]) => unknown;

/** Calls one of JSONata's own functions with one argument put in front. */
function callOriginal(name: string, first: () => unknown): Native {
  return function (...given) {
    const focus = this as unknown as Focus;
    return focus.environment.lookup(name).implementation.call(this, first(), ...given);
  };
}

/** The author's own error, as JSONata throws it. Its `message` JSONata takes for a template: `value` stays as it is. */
function raise(code: keyof typeof ofAuthor, message?: string): never {
  throw Object.assign(new Error(), { code, value: message || ofAuthor[code] });
}

/** JSONata's own functions, by which the bounded ones work. */
const plain = {
  pad: jsonata('$pad($text, $width)'),
  padWith: jsonata('$pad($text, $width, $char)'),
  append: jsonata('$append($left, $right)'),
};

/** JSONata takes each character for a byte, and would spoil those that are none. */
function exactBase64(text?: string): string | undefined {
  if (text === undefined) return undefined;
  if (/[^\0-\xff]/u.test(text)) throw new NotJsonError('$base64encode: expected characters up to U+00FF');
  return Buffer.from(text, 'latin1').toString('base64');
}

async function boundedPad(text?: string, width?: number, char?: string): Promise<unknown> {
  if (Math.abs(width ?? 0) > expressionLimits.resultBytes) throw new LimitError('$pad makes too long a text');
  const used = char === undefined ? plain.pad : plain.padWith;
  return (await used.evaluate(null, { text, width, char })) as unknown;
}

async function boundedAppend(left: unknown, right: unknown): Promise<unknown> {
  if (sizeOf(left) + sizeOf(right) > expressionLimits.sequence)
    throw new LimitError(`$append makes more than ${expressionLimits.sequence} items`);
  return (await plain.append.evaluate(null, { left, right })) as unknown;
}

function sizeOf(value: unknown): number {
  return Array.isArray(value) ? value.length : 1;
}

/** `a || b`: each alternative is a function without parameters, in a tail call still in JSONata's own form. */
async function firstValue(...alternatives: { apply(self: null, given: []): unknown }[]): Promise<unknown> {
  let last: unknown;
  for (const alternative of alternatives) {
    last = await alternative.apply(null, []);
    if (last !== undefined && last !== null) return last;
  }
  return last;
}

/** JSONata's codes for depth, time and size. Source: jsonata 2.2, `errorCodes`. */
const limitCodes = new Set(['D1011', 'D1012', 'D2014', 'D2015']);

/** Returns what went wrong, without values when the expression reads secrets. */
export function failureOf(
  error: unknown,
  secret: boolean,
): { type: ExpressionErrorType; message: string; position?: number } {
  if (error instanceof LimitError) return { type: 'expression_limit', message: error.message };
  if (error instanceof NotJsonError) return { type: 'expression_error', message: error.message };
  if (error instanceof RangeError)
    return { type: 'expression_limit', message: 'the expression needs too much memory' };
  const thrown = error as JsonataError;
  const { code = '', position } = thrown;
  return {
    type: limitCodes.has(code) ? 'expression_limit' : 'expression_error',
    message: [...sentenceOf(thrown, secret)].slice(0, 300).join(''),
    ...(typeof position === 'number' ? { position } : {}),
  };
}
