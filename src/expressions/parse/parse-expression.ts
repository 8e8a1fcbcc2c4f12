/** Reads one expression: its JSONata text, what it reads, and how to evaluate it here if that is possible. */
import jsonata from 'jsonata';
import { LRUCache } from 'lru-cache';
import { nodesInside, treeOf } from './ast.ts';
import type { Ast } from './ast.ts';
import { sentenceOf } from './failure-message.ts';
import type { JsonataError } from './failure-message.ts';
import { findUses } from './find-uses.ts';
import type { Use } from './find-uses.ts';
import { expressionLimits } from '../evaluate/limits.ts';
import { LinearRegex } from '../evaluate/linear-regex.ts';
import { planOf } from './plain-path.ts';
import type { Plan } from './plain-path.ts';
import { rewrite } from './rewrite.ts';
import { TokenError } from './tokenize.ts';

/** An expression that was read. With a `problem` it cannot be evaluated. */
export interface ParsedExpression {
  source: string;
  /** Plain JSONata. */
  text: string;
  uses: Use[];
  resumeIds: string[];
  /** Variables and functions that do not exist, as sentences. */
  unknown: string[];
  plan?: Plan;
  problem?: string;
}

const cache = new LRUCache<string, ParsedExpression>({ max: 2_000 });
/** Longer expressions are read each time. */
const cachedLength = 1_024;

/** Reads an expression. Never throws: what is wrong is the `problem` of the answer. */
export function parseExpression(source: string): ParsedExpression {
  const known = cache.get(source);
  if (known) return known;
  const parsed = parse(source);
  if (source.length <= cachedLength) cache.set(source, parsed);
  return parsed;
}

function parse(source: string): ParsedExpression {
  const nothing = { source, text: '', uses: [], resumeIds: [], unknown: [] };
  if (source === '') return { ...nothing, problem: 'the expression is empty' };
  if (source.length > expressionLimits.sourceLength)
    return {
      ...nothing,
      problem: `the expression is longer than ${expressionLimits.sourceLength} characters`,
    };
  try {
    const text = rewrite(source);
    const tree = treeOf(jsonata(withBoundedDefaults(text)));
    checkRegexes(tree);
    const { uses, resumeIds, unknown, problems } = findUses(tree);
    const plan = planOf(tree);
    const [problem] = problems;
    return {
      source,
      text,
      uses,
      resumeIds,
      unknown,
      ...(plan ? { plan } : {}),
      ...(problem ? { problem } : {}),
    };
  } catch (error) {
    return { ...nothing, problem: reasonOf(error) };
  }
}

/** Counts in the text, strings included: a guard for the parser, not a rule of the language. */
function withBoundedDefaults(text: string): string {
  const count = text.match(/\?[?:]/g)?.length ?? 0;
  if (count <= expressionLimits.defaultOperators) return text;
  throw new TokenError(`more than ${expressionLimits.defaultOperators} times ?? or ?:, use || instead`);
}

function checkRegexes(tree: Ast): void {
  if (tree.type === 'regex' && tree.value instanceof RegExp) new LinearRegex(tree.value);
  for (const inner of nodesInside(tree)) checkRegexes(inner);
}

/** JSONata throws plain objects with a code; the stack of a deeply nested text can end anywhere. */
function reasonOf(error: unknown): string {
  if (error instanceof RangeError) return 'the expression is nested too deeply';
  const { code, message } = error as JsonataError;
  if (typeof code === 'string') return sentenceOf(error as JsonataError);
  return typeof message === 'string' ? message.slice(0, 200) : 'the expression cannot be read';
}
