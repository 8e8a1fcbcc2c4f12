/** Conditions of IF, Filter and Switch. */
import { atom, literal, template } from '../jsonata.ts';
import { NotCarriedError } from '../report.ts';
import type { Context } from './context.ts';
import { expressionOf } from './read-expression.ts';
import { list, loose, text } from '../loose.ts';
import type { Loose } from '../loose.ts';

const is = (a: string, type: string) => `($type(${a}) = "${type}")`;
const isEmpty = (a: string) => `($not($exists(${a})) or ${a} in [null, ""] or ${a} = [] or ${a} = {})`;
const instant = (a: string) => `$toMillis($string(${a}))`;
const size = (a: string) => `($type(${a}) = "string" ? $length(${a}) : $count(${a}))`;
const contains = (a: string, b: string) =>
  `(${is(a, 'array')} ? ${b} in ${a} : $contains($string(${a}), $string(${b})))`;
const starts = (a: string, b: string) => `($substring($string(${a}), 0, $length(${b})) = ${b})`;
const ends = (a: string, b: string) => `($substring($string(${a}), -$length(${b})) = ${b})`;

/** Operations by name, of both forms that IF has had. */
const operations: Record<string, (a: string, b: string) => string> = {
  equals: (a, b) => `(${a} = ${b})`,
  notEquals: (a, b) => `(${a} != ${b})`,
  contains,
  notContains: (a, b) => `$not(${contains(a, b)})`,
  startsWith: starts,
  notStartsWith: (a, b) => `$not(${starts(a, b)})`,
  endsWith: ends,
  notEndsWith: (a, b) => `$not(${ends(a, b)})`,
  regex: (a, b) => `$contains($string(${a}), ${regexOf(b)})`,
  notRegex: (a, b) => `$not($contains($string(${a}), ${regexOf(b)}))`,
  exists: (a) => `($exists(${a}) and ${a} != null)`,
  notExists: (a) => `($not($exists(${a})) or ${a} = null)`,
  empty: isEmpty,
  notEmpty: (a) => `$not(${isEmpty(a)})`,
  gt: (a, b) => `(${a} > ${b})`,
  gte: (a, b) => `(${a} >= ${b})`,
  lt: (a, b) => `(${a} < ${b})`,
  lte: (a, b) => `(${a} <= ${b})`,
  true: (a) => `(${a} = true)`,
  false: (a) => `(${a} = false)`,
  after: (a, b) => `(${instant(a)} > ${instant(b)})`,
  afterOrEquals: (a, b) => `(${instant(a)} >= ${instant(b)})`,
  before: (a, b) => `(${instant(a)} < ${instant(b)})`,
  beforeOrEquals: (a, b) => `(${instant(a)} <= ${instant(b)})`,
  lengthEquals: (a, b) => `(${size(a)} = ${b})`,
  lengthNotEquals: (a, b) => `(${size(a)} != ${b})`,
  lengthGt: (a, b) => `(${size(a)} > ${b})`,
  lengthLt: (a, b) => `(${size(a)} < ${b})`,
  lengthGte: (a, b) => `(${size(a)} >= ${b})`,
  lengthLte: (a, b) => `(${size(a)} <= ${b})`,
};

const otherNames: Record<string, string> = {
  equal: 'equals',
  notEqual: 'notEquals',
  larger: 'gt',
  largerEqual: 'gte',
  smaller: 'lt',
  smallerEqual: 'lte',
  isEmpty: 'empty',
  isNotEmpty: 'notEmpty',
  is: 'equals',
  isNot: 'notEquals',
};

/** Returns the condition of a node. @throws NotCarriedError when a part of it has no counterpart */
export function conditionOf(parameters: Loose, context: Context): string {
  const given = loose(parameters['conditions']);
  const rules = Array.isArray(given['conditions']) ? newRules(given) : oldRules(given);
  const isAny = (given['combinator'] ??
    parameters['combineOperation'] ??
    parameters['combineConditions']) as unknown;
  const word = ['or', 'any', 'OR'].includes(String(isAny)) ? ' or ' : ' and ';
  const texts = rules.map((rule) => ruleText(rule, context));
  return template(texts.length === 0 ? 'true' : texts.join(word));
}

interface Rule {
  type: string;
  operation: string;
  left: unknown;
  right: unknown;
}

function newRules(given: Loose): Rule[] {
  return list(given['conditions']).map((one) => {
    const rule = loose(one);
    const operator = loose(rule['operator']);
    return {
      type: text(operator['type']),
      operation: text(operator['operation']) || 'equals',
      left: rule['leftValue'],
      right: rule['rightValue'],
    };
  });
}

const defaults: Record<string, string> = { number: 'smaller', dateTime: 'after' };

function oldRules(given: Loose): Rule[] {
  return Object.entries(given).flatMap(([type, rules]) =>
    list(rules).map((one) => {
      const rule = loose(one);
      const operation = text(rule['operation']) || (defaults[type] ?? 'equal');
      return { type, operation, left: rule['value1'], right: rule['value2'] };
    }),
  );
}

/** Returns one comparison. @throws NotCarriedError for an operation without a counterpart */
export function ruleText({ type, operation, left, right }: Rule, context: Context): string {
  const name = otherNames[operation] ?? operation;
  const write = Object.hasOwn(operations, name) ? operations[name] : undefined;
  if (!write) throw new NotCarriedError(`the comparison ${operation} has no counterpart`);
  const a = operandOf(left, type, context);
  return write(/^"/.test(a) ? a : atom(a), operandOf(right, type, context));
}

function operandOf(value: unknown, type: string, context: Context): string {
  if (value === undefined) return type === 'string' ? '""' : 'null';
  if (typeof value !== 'string') return literal(value as never);
  if (value.startsWith('=')) return expressionOf(value, context);
  const isNumber = type === 'number' && value.trim() !== '' && Number.isFinite(Number(value));
  const isBoolean = type === 'boolean' && /^(true|false)$/.test(value);
  return isNumber ? String(Number(value)) : isBoolean ? value : literal(value);
}

/** A pattern that stands in the workflow, with or without slashes. */
function regexOf(written: string): string {
  if (!/^".*"$/s.test(written))
    throw new NotCarriedError('a pattern that an expression makes has no counterpart');
  const source = JSON.parse(written) as string;
  const [, body = source, flags = ''] = /^\/(.*)\/([a-z]*)$/s.exec(source) ?? [];
  if (body === '') throw new NotCarriedError('an empty pattern has no counterpart');
  return `/${body.replaceAll(/(?<!\\)\//g, '\\/')}/${flags.replaceAll(/[^im]/g, '')}`;
}
