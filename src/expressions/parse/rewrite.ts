/** Turns an expression into plain JSONata: `||`, numeric path parts and node ids with hyphens. */
import { matchBracket } from './split-text.ts';
import { isOperand, readToken, TokenError, words } from './tokenize.ts';
import type { Token } from './tokenize.ts';

/** Names made here begin with this character; an expression that holds it is refused, so that none can be forged. */
const mark = '\u0001';
/** The function that `a || b` becomes: the first of its results that is neither null nor missing. */
export const firstName = `${mark}first`;
/** The function that `.0` becomes in a thread. */
export const atName = `${mark}at`;

/** Returns the index that a step's name stands for; `undefined` for a user's own name. */
export function indexOfName(name: string): number | undefined {
  return name.startsWith(mark) ? Number(name.slice(1)) : undefined;
}

/** Operators that end what `||` takes together, beside brackets. `:=` binds less tightly than `||`. */
const separators = new Set([',', ';', ':', '..', ':=', '|']);
const referenceParts = new Set(['result', 'error', 'status']);

/** Returns the JSONata text of an expression. @throws TokenError when tokens or brackets do not end */
export function rewrite(source: string): string {
  if (source.includes(mark)) throw new TokenError('a control character stands in the expression');
  const tokens = readTokens(source);
  const texts = tokens.map(({ text }) => text);
  quoteIds(source, tokens, texts);
  tokens.forEach((token, index) => {
    if (token.kind === 'number' && tokens[index - 1]?.text === '.') texts[index] = `\`${mark}${token.text}\``;
  });
  const pieces = tokens.map((token, index) => ({ token, text: (texts[index] ?? '') + gap(tokens, index) }));
  return joinAlternatives({ pieces, at: 0 });
}

function readTokens(source: string): Token[] {
  const tokens: Token[] = [];
  const open: string[] = [];
  for (let at = 0; ;) {
    const token = readToken(source, at, tokens.at(-1));
    if (token.kind === 'end') break;
    const wrong = token.kind === 'operator' ? matchBracket(open, token.text) : undefined;
    if (wrong) throw new TokenError(wrong);
    tokens.push(token);
    at = token.end;
  }
  if (open.length > 0) throw new TokenError(`expected ${open.at(-1)} before the end of the expression`);
  return tokens;
}

/** Tokens that did not touch stay apart. */
function gap(tokens: readonly Token[], index: number): string {
  const next = tokens[index + 1];
  return next && next.start > (tokens[index]?.end ?? 0) ? ' ' : '';
}

/** Quotes `a-b` where it can only be an id or a name: after `$nodes.`, `$for.` and `$secrets.`, and in `a-b.result`. */
function quoteIds(source: string, tokens: readonly Token[], texts: string[]): void {
  for (let first = 0; first < tokens.length; first += 1) {
    const last = endOfId(source, tokens, first);
    if (last <= first || !isIdPlace(tokens, first, last)) continue;
    texts[first] = `\`${source.slice(tokens[first]?.start, tokens[last]?.end)}\``;
    texts.fill('', first + 1, last + 1);
    first = last;
  }
}

const idWithHyphens = /[A-Za-z]\w*(?:-+\w+)+/y;

/** The last token of names and numbers that hyphens join without a space; -1 when there is none. */
function endOfId(source: string, tokens: readonly Token[], first: number): number {
  const token = tokens[first];
  if (!token || !isName(token, tokens[first - 1])) return -1;
  idWithHyphens.lastIndex = token.start;
  if (!idWithHyphens.test(source)) return -1;
  const end = idWithHyphens.lastIndex;
  return tokens.findIndex((one, index) => index > first && one.end === end);
}

function isName(token: Token, before: Token | undefined): boolean {
  return token.kind === 'name' || (words.has(token.text) && !isOperand(before));
}

const rootsOfIds = new Set(['$nodes', '$for', '$secrets']);

function isIdPlace(tokens: readonly Token[], first: number, last: number): boolean {
  const root = tokens[first - 2]?.text;
  if (tokens[first - 1]?.text === '.') return root !== undefined && rootsOfIds.has(root);
  return tokens[last + 1]?.text === '.' && referenceParts.has(tokens[last + 2]?.text ?? '');
}

interface Piece {
  token: Token;
  text: string;
}

interface Cursor {
  pieces: readonly Piece[];
  at: number;
}

const openers: Record<string, string> = { '(': ')', '[': ']', '{': '}', '?': ':' };
/** What ends a conditional that has no `:`. */
const enders = new Set([')', ']', '}', ',', ';']);

/**
 * Returns the text up to `close`, which is left to the caller. Alternatives become functions without parameters, so that
 * only those needed are evaluated. A `:` that closes no `?` separates a key from its value.
 */
function joinAlternatives(cursor: Cursor, close?: string): string {
  let done = '';
  let alternatives = [''];
  const append = (text: string): void => void alternatives.push((alternatives.pop() ?? '') + text);
  for (let piece = cursor.pieces[cursor.at]; piece; piece = cursor.pieces[cursor.at]) {
    const operator = piece.token.kind === 'operator' ? piece.token.text : '';
    if (ends(operator, close)) break;
    cursor.at += 1;
    if (operator === '||') alternatives.push('');
    else if (Object.hasOwn(openers, operator)) append(piece.text + readGroup(cursor, openers[operator]));
    else if (separators.has(operator)) {
      done += asOne(alternatives) + piece.text;
      alternatives = [''];
    } else append(piece.text);
  }
  return done + asOne(alternatives);
}

function ends(operator: string, close: string | undefined): boolean {
  return operator !== '' && (operator === close || (close === ':' && enders.has(operator)));
}

function readGroup(cursor: Cursor, close: string | undefined): string {
  const inner = joinAlternatives(cursor, close);
  const end = cursor.pieces[cursor.at];
  if (!end || end.token.text !== close) return inner;
  cursor.at += 1;
  return inner + end.text;
}

function asOne(alternatives: readonly string[]): string {
  if (alternatives.length === 1) return alternatives[0] ?? '';
  if (alternatives.some((one) => one.trim() === '')) throw new TokenError('|| needs a value on both sides');
  return `$${firstName}(${alternatives.map((one) => `function(){${one}}`).join(',')})`;
}
