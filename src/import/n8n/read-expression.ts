/** Reads n8n's texts: those that begin with `=` hold JavaScript between `{{` and `}}`. */
import { parseExpressionAt } from 'acorn';
import type { Expression } from 'acorn';
import type { Json, JsonObject } from '../../engine/json/json.ts';
import { plainText, template } from '../jsonata.ts';
import { NotCarriedError } from '../report.ts';
import type { Context } from './context.ts';
import { translate } from './translate.ts';

/** Returns the expression that gives what a text of n8n gives. @throws NotCarriedError */
export function expressionOf(text: string, context: Context, isCondition = false): string {
  const parts = partsOf(text.slice(1));
  const [only] = parts;
  if (parts.length === 1 && only?.code !== undefined) return jsonataOf(only.code, context, isCondition);
  const texts = parts.map(({ code, plain }) =>
    code === undefined ? JSON.stringify(plain ?? '') : `$string(${jsonataOf(code, context)})`,
  );
  return texts.length === 0 ? '""' : texts.join(' & ');
}

/** Returns a parameter as a payload holds it; what cannot be translated is reported and `null`. */
export function valueOf(given: unknown, context: Context, field: string): Json {
  if (typeof given === 'string') return textOf(given, context, field);
  if (Array.isArray(given)) return given.map((one) => valueOf(one, context, field));
  if (typeof given !== 'object' || given === null) return given as Json;
  const entries = Object.entries(given).map(([key, one]) => [key, valueOf(one, context, `${field}.${key}`)]);
  return Object.fromEntries(entries) as JsonObject;
}

/** Returns a text as a payload holds it. */
export function textOf(given: string, context: Context, field: string): Json {
  if (!given.startsWith('=')) return plainText(given);
  try {
    const parts = partsOf(given.slice(1)).map(({ code, plain }) =>
      code === undefined ? plainText(plain ?? '') : template(jsonataOf(code, context)),
    );
    return parts.join('');
  } catch (error) {
    if (!(error instanceof NotCarriedError)) throw error;
    const message = `${field} does not carry over: ${error.message} (${short(given)})`;
    context.draft.tell('lost', context.place, message);
    return null;
  }
}

/** Returns text short enough for a message. */
export function short(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > 80 ? `${line.slice(0, 80)}…` : line;
}

/** Returns the text of a parameter that is an expression as a whole, whatever stands around it. */
function partsOf(text: string): { code?: string; plain?: string }[] {
  const parts: { code?: string; plain?: string }[] = [];
  let from = 0;
  for (const match of text.matchAll(/\{\{([\s\S]*?)\}\}(?!\})/g)) {
    if (match.index > from) parts.push({ plain: text.slice(from, match.index) });
    parts.push({ code: match[1] ?? '' });
    from = match.index + match[0].length;
  }
  if (from < text.length) parts.push({ plain: text.slice(from) });
  const isOne = parts.filter(({ code }) => code !== undefined).length === 1;
  const rest = parts.filter(({ plain }) => plain !== undefined && plain.trim() !== '');
  // n8n takes no notice of spaces around the only expression.
  return isOne && rest.length === 0 ? parts.filter(({ code }) => code !== undefined) : parts;
}

function jsonataOf(code: string, context: Context, isCondition = false): string {
  const text = code
    .trim()
    .replace(/;$/, '')
    .replace(/^\/\*[\s\S]*?\*\//, '');
  let tree: Expression;
  try {
    tree = parseExpressionAt(text, 0, { ecmaVersion: 'latest' });
  } catch {
    throw new NotCarriedError('it is no single expression of JavaScript');
  }
  if (text.slice(tree.end).trim() !== '') throw new NotCarriedError('it is more than one expression');
  return translate(tree, { context, names: new Map(), isCondition, translate }).text;
}
