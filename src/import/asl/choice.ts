/** The rules of Choice states. */
import { literal } from '../jsonata.ts';
import { isObject, list, text } from '../loose.ts';
import type { Loose } from '../loose.ts';
import { NotCarriedError } from '../report.ts';
import { read } from '../value.ts';
import { valueOfPath } from './json-path.ts';
import { valueOfField } from './jsonata-mode.ts';
import type { AslContext } from './state.ts';

/** Returns the condition of one choice. @throws NotCarriedError */
export function conditionOf(rule: Loose, context: AslContext): string {
  if (rule['Condition'] !== undefined) return read(valueOfField(rule['Condition'], context));
  if (isObject(rule['Not'])) return `$not(${conditionOf(rule['Not'], context)})`;
  for (const [name, word] of [
    ['And', ' and '],
    ['Or', ' or '],
  ] as const)
    if (Array.isArray(rule[name])) {
      const parts = list(rule[name]).flatMap((one) => (isObject(one) ? [conditionOf(one, context)] : []));
      return `(${parts.join(word) || 'true'})`;
    }
  return comparison(rule, context);
}

const signs: Record<string, string> = {
  Equals: '=',
  LessThan: '<',
  GreaterThan: '>',
  LessThanEquals: '<=',
  GreaterThanEquals: '>=',
};

const types: Record<string, (a: string) => string> = {
  IsNull: (a) => `(${a} = null)`,
  IsPresent: (a) => `$exists(${a})`,
  IsNumeric: (a) => `($type(${a}) = "number")`,
  IsString: (a) => `($type(${a}) = "string")`,
  IsBoolean: (a) => `($type(${a}) = "boolean")`,
  IsTimestamp: (a) =>
    `($type(${a}) = "string" and $contains(${a}, /^\\d{4}-\\d{2}-\\d{2}T[\\d:.]+(Z|[+-]\\d{2}:\\d{2})$/))`,
};

function comparison(rule: Loose, context: AslContext): string {
  const a = read(valueOfPath(text(rule['Variable']), context));
  const name = Object.keys(rule).find(
    (key) => !['Variable', 'Next', 'Comment', 'Assign', 'Output'].includes(key),
  );
  if (name === undefined) throw new NotCarriedError('a choice has no comparison');
  const write = Object.hasOwn(types, name) ? types[name] : undefined;
  if (write) return rule[name] === false ? `$not(${write(a)})` : write(a);
  return name === 'StringMatches' ? matches(a, text(rule[name])) : compared(a, { name, rule }, context);
}

function compared(a: string, { name, rule }: { name: string; rule: Loose }, context: AslContext): string {
  const [, type = '', kind = '', isPath] =
    /^(String|Numeric|Boolean|Timestamp)(.+?)(Path)?$/.exec(name) ?? [];
  const sign = signs[kind];
  if (!sign) throw new NotCarriedError(`the comparison ${name} has no counterpart`);
  const b = isPath ? read(valueOfPath(text(rule[name]), context)) : literal((rule[name] ?? null) as never);
  if (type === 'Timestamp') return `($toMillis(${a}) ${sign} $toMillis(${b}))`;
  return `(${a} ${sign} ${b})`;
}

/** `*` stands for any text, `\*` for itself. */
function matches(a: string, pattern: string): string {
  const parts = pattern.split(/(\\\*|\\\\|\*)/).map((part) => {
    if (part === '*') return '.*';
    const plain = part === '\\*' ? '*' : part === '\\\\' ? '\\' : part;
    return plain.replaceAll(/[$()*+.?[\\\]^{|}/]/g, '\\$&');
  });
  return `($type(${a}) = "string" and $contains(${a}, /^${parts.join('')}$/))`;
}
