/** Tokens of JSONata 2, cut exactly as JSONata's own scanner cuts them, and of `||`. */

/** One token with its place: `start` inclusive, `end` exclusive. */
export interface Token {
  kind: 'operator' | 'name' | 'quoted-name' | 'variable' | 'number' | 'string' | 'regex' | 'end';
  text: string;
  start: number;
  end: number;
}

/** A text that cannot be cut into tokens. */
export class TokenError extends Error {}

const wide = ['||', '..', ':=', '!=', '>=', '<=', '**', '~>', '?:', '??'];
const narrow = new Set('.[]{}(),@#;:?+-*/%|=<>^&!~');
const space = new Set(' \t\n\r\v');
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[Ee][-+]?\d+)?/y;
/** Operators that look like names, and are names behind a dot. */
export const words: ReadonlySet<string> = new Set(['and', 'or', 'in']);

/**
 * Reads the token at or after `from`.
 * @param after the token before it, which decides whether `/` divides or begins a regular expression
 * @throws TokenError when a string, name, comment or regular expression does not end
 */
export function readToken(text: string, from: number, after?: Token): Token {
  const start = skipSpace(text, from);
  const char = text[start];
  if (char === undefined) return { kind: 'end', text: '', start, end: start };
  if (char === '/' && !isOperand(after)) return token('regex', text, start, endOfRegex(text, start));
  if (isStep(after) && /\d/.test(char)) return token('number', text, start, endOf(text, start, /\d+/y));
  const operator = wide.find((one) => text.startsWith(one, start)) ?? (narrow.has(char) ? char : undefined);
  if (operator) return token('operator', text, start, start + operator.length);
  return readValue(text, start);
}

function readValue(text: string, start: number): Token {
  const char = text[start];
  if (char === '"' || char === "'") return token('string', text, start, endOfString(text, start));
  if (char === '`') return token('quoted-name', text, start, endOfName(text, start));
  const end = endOf(text, start, number);
  return end > start ? token('number', text, start, end) : readWord(text, start);
}

/** Whether a value has just ended, so that an operator may follow. */
export function isOperand(before: Token | undefined): boolean {
  if (!before) return false;
  return before.kind === 'operator' ? [')', ']', '}'].includes(before.text) : true;
}

function isStep(before: Token | undefined): boolean {
  return before?.kind === 'operator' && before.text === '.';
}

function token(kind: Token['kind'], text: string, start: number, end: number): Token {
  return { kind, text: text.slice(start, end), start, end };
}

function endOf(text: string, start: number, pattern: RegExp): number {
  pattern.lastIndex = start;
  return pattern.test(text) ? pattern.lastIndex : start;
}

function readWord(text: string, start: number): Token {
  let end = start;
  while (end < text.length && !space.has(text[end] ?? '') && !narrow.has(text[end] ?? '')) end += 1;
  const word = text.slice(start, end);
  if (word.startsWith('$')) return token('variable', text, start, end);
  return token(words.has(word) ? 'operator' : 'name', text, start, end);
}

function skipSpace(text: string, from: number): number {
  let at = from;
  for (;;) {
    while (space.has(text[at] ?? '')) at += 1;
    if (!text.startsWith('/*', at)) return at;
    const end = text.indexOf('*/', at + 2);
    if (end < 0) throw new TokenError('a comment does not end');
    at = end + 2;
  }
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === text[start]) return at + 1;
  }
  throw new TokenError(`the string that begins with ${text.slice(start, start + 12)} does not end`);
}

function endOfName(text: string, start: number): number {
  const end = text.indexOf('`', start + 1);
  if (end < 0)
    throw new TokenError(`the name that begins with ${text.slice(start, start + 12)} does not end`);
  return end + 1;
}

/** Brackets protect a slash; a backslash protects both. */
function endOfRegex(text: string, start: number): number {
  let depth = 0;
  for (let at = start + 1; at < text.length; at += 1) {
    const char = text[at] ?? '';
    if (char === '\\') at += 1;
    else if (char === '/' && depth === 0) return endOf(text, at + 1, /[im]*/y);
    else if ('([{'.includes(char)) depth += 1;
    else if (')]}'.includes(char)) depth -= 1;
  }
  throw new TokenError('a regular expression does not end');
}
