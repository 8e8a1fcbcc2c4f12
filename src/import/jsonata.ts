/** Writes pieces of JSONata. */
import type { Json } from '../engine/json/json.ts';

/** A step of a path: a name, or a place in a list. */
export type PathPart = string | number;

const plainName = /^[A-Za-z_]\w*$/;
const words = new Set(['and', 'or', 'in', 'true', 'false', 'null', 'function']);

/** Returns a name as a step of a path. */
export function nameText(name: string): string {
  return plainName.test(name) && !words.has(name) ? name : `\`${name.replaceAll('`', '')}\``;
}

/** Returns a JSON value as JSONata writes it. */
export function literal(value: Json): string {
  // A regular expression or a comment cannot come of a literal: strings are quoted.
  return JSON.stringify(value);
}

/** Puts brackets around what a step cannot follow. */
export function atom(text: string): string {
  return /^\$?[\w.$]+(\[\d+\]|\.`[^`]*`|\.[\w]+)*$/.test(text) && !/^\d/.test(text) ? text : `(${text})`;
}

/** Returns the text that reads a path below another text. */
export function below(text: string, path: readonly PathPart[]): string {
  if (path.length === 0) return text;
  const steps = path.map((part) =>
    typeof part === 'number' ? `[${part < 0 ? part : Math.trunc(part)}]` : `.${nameText(part)}`,
  );
  return atom(text) + steps.join('');
}

/** Returns a string that is one expression. */
export function template(text: string): string {
  return `{{ ${text} }}`;
}

/** Returns text that is no expression, whatever braces it holds. */
export function plainText(text: string): string {
  return text.replaceAll('{{', '\\{{');
}
