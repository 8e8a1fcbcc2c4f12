/** Finds the expressions of a string: `{{ … }}`, where `\{{` stands for the two braces themselves. */
import { readToken, TokenError } from './tokenize.ts';
import type { Token } from './tokenize.ts';

/** A piece of a string. */
export type Part = { text: string } | { expression: string };

/** A string, cut. `problem` says what is wrong with the first expression that does not end; its parts are those before. */
export interface SplitText {
  parts: Part[];
  problem?: string;
}

const closing: Record<string, string> = { '(': ')', '[': ']', '{': '}' };

/** Cuts a string at its expressions. Braces inside strings, names and brackets of an expression do not end it. */
export function splitText(text: string): SplitText {
  const parts: Part[] = [];
  let literal = '';
  let at = 0;
  for (;;) {
    const open = text.indexOf('{{', at);
    if (open < 0) return { parts: withLiteral(parts, literal + text.slice(at)) };
    if (text[open - 1] === '\\') {
      literal += `${text.slice(at, open - 1)}{{`;
      at = open + 2;
      continue;
    }
    withLiteral(parts, literal + text.slice(at, open));
    literal = '';
    const found = endOfExpression(text, open + 2);
    if (typeof found === 'string') return { parts, problem: found };
    parts.push({ expression: text.slice(open + 2, found.end).trim() });
    at = found.end + 2;
  }
}

/** Whether a string has anything to resolve, an escape included. */
export function isTemplateText(text: string): boolean {
  return text.includes('{{');
}

function withLiteral(parts: Part[], text: string): Part[] {
  if (text !== '') parts.push({ text });
  return parts;
}

/** Returns where the closing braces stand, or what is wrong. */
function endOfExpression(text: string, from: number): { end: number } | string {
  const open: string[] = [];
  let before: Token | undefined;
  try {
    for (let at = from; ;) {
      const token = readToken(text, at, before);
      if (token.kind === 'end') return 'expected }} at the end of the expression';
      if (isEnd(text, token, open)) return { end: token.start };
      const wrong = token.kind === 'operator' ? matchBracket(open, token.text) : undefined;
      if (wrong) return wrong;
      before = token;
      at = token.end;
    }
  } catch (error) {
    if (error instanceof TokenError) return error.message;
    throw error;
  }
}

function isEnd(text: string, token: Token, open: readonly string[]): boolean {
  return open.length === 0 && token.kind === 'operator' && text.startsWith('}}', token.start);
}

/** Keeps the stack of open brackets; answers what is wrong when a bracket closes another or none. */
export function matchBracket(open: string[], char: string): string | undefined {
  const expected = closing[char];
  if (expected) open.push(expected);
  else if (char === ')' || char === ']' || char === '}') {
    const last = open.pop();
    if (last !== char) return `${char} closes nothing${last ? `, expected ${last}` : ''}`;
  }
  return undefined;
}
