/** Expressions of the JSONata mode: the language is ours, the names of what they read are not. */
import { atom } from '../jsonata.ts';
import type { PathPart } from '../jsonata.ts';
import { NotCarriedError } from '../report.ts';
import { child, constant, listOf, lost, objectOf, read, textValue } from '../value.ts';
import type { Value } from '../value.ts';
import { carried, contextValue } from './json-path.ts';
import type { AslContext } from './state.ts';

/** Whether a text is an expression. */
export function isExpression(value: unknown): value is string {
  return typeof value === 'string' && /^\{%[\s\S]*%\}$/.test(value.trim());
}

/** Returns a field of the JSONata mode, expressions anywhere in it. */
export function valueOfField(field: unknown, context: AslContext): Value {
  if (isExpression(field)) return carried(() => valueOfExpression(field, context));
  if (Array.isArray(field)) return carried(() => listOf(field.map((one) => valueOfField(one, context))));
  if (typeof field !== 'object' || field === null) return constant((field ?? null) as never);
  const fields = Object.entries(field).map(([name, value]) => [name, valueOfField(value, context)] as const);
  return objectOf(Object.fromEntries(fields));
}

/** Functions that Step Functions adds and this language has under another name or not at all. */
const renamed: Record<string, string> = { parse: 'parseJson' };
const absent = new Set(['partition', 'range', 'hash', 'uuid', 'random']);

/** Strings, names in backticks, comments and patterns stay as they are. */
const tokens =
  /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\/\*[\s\S]*?\*\/|`[^`]*`|\$([A-Za-z_]\w*)((?:\s*\.\s*(?:[A-Za-z_]\w*|`[^`]*`))*)(\s*\(|\s*:=)?/g;

function valueOfExpression(field: string, context: AslContext): Value {
  const source = field.trim().slice(2, -2).trim();
  const bound = new Set([...source.matchAll(/\$([A-Za-z_]\w*)\s*:=/g)].map(([, name]) => name ?? ''));
  for (const [, parameters = ''] of source.matchAll(/(?:function|λ)\s*\(([^)]*)\)/g))
    for (const name of parameters.split(',')) bound.add(name.trim().replace('$', ''));
  const only = /^\$([A-Za-z_]\w*)((?:\.[A-Za-z_]\w*)*)$/.exec(source);
  if (only && !bound.has(only[1] ?? '')) {
    const place = placeOf(only[1] ?? '', stepsOf(only[2] ?? ''), context);
    if (place) return place;
  }
  const text = source.replaceAll(tokens, (whole: string, name?: string, path = '', after = '') => {
    if (name === undefined || bound.has(name)) return whole;
    if (after.trim() === '(' && path === '') return functionText(name, after);
    const steps = stepsOf(path);
    const called = after.trim() === '(' ? steps.pop() : undefined;
    const place = placeOf(name, steps, context);
    if (!place) return whole;
    return `${atom(read(place))}${called === undefined ? '' : `.${called}`}${after}`;
  });
  return textValue(text);
}

function functionText(name: string, after: string): string {
  if (absent.has(name)) throw new NotCarriedError(`$${name}() of Step Functions has no counterpart`);
  return `$${renamed[name] ?? name}${after}`;
}

function stepsOf(path: string): PathPart[] {
  return path
    .split('.')
    .map((part) => part.trim().replaceAll('`', ''))
    .filter((part) => part !== '');
}

/** The place that `$states…` or a variable reads; `undefined` for other names. */
function placeOf(name: string, path: PathPart[], context: AslContext): Value | undefined {
  if (name !== 'states') {
    const variable = context.state.variables[name];
    return variable && Object.hasOwn(context.state.variables, name) ? child(variable, path) : undefined;
  }
  const [part, ...rest] = path;
  if (part === 'input') return child(context.state.input, rest);
  if (part === 'result') return child(context.result ?? lost('there is no result yet'), rest);
  if (part === 'errorOutput') return child(context.error ?? lost('there is no error here'), rest);
  if (part === 'context') return contextValue(`.${rest.join('.')}`, context);
  throw new NotCarriedError(`$states.${String(part)} has no counterpart`);
}
