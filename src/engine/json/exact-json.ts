/** JSON whose numbers keep all their digits. */
import type { Json } from './json.ts';

/** What can be a number that a double does not hold: sixteen digits or more, or an exponent. */
const suspicious = /\d[\d.]{15}|\d[eE]/;
const number = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/**
 * Parses JSON as `JSON.parse` does, but for numbers that a double cannot give back digit by digit: they are kept as their
 * text, so that an id such as 7615917337495251231 stays what it is.
 * @throws SyntaxError as `JSON.parse`
 */
export function parseExactJson(text: string): Json {
  const value = JSON.parse(text) as Json;
  return suspicious.test(text) ? (JSON.parse(withQuotedNumbers(text)) as Json) : value;
}

/** Puts quotes around the numbers of a valid JSON text that a double cannot hold. */
function withQuotedNumbers(text: string): string {
  const parts: string[] = [];
  let copied = 0;
  for (let at = 0; at < text.length;) {
    const char = text[at] ?? '';
    if (char === '"') at = endOfString(text, at);
    else if (char !== '-' && (char < '0' || char > '9')) at += 1;
    else {
      number.lastIndex = at;
      const [found = char] = number.exec(text) ?? [];
      if (!isExact(found)) {
        parts.push(text.slice(copied, at), '"', found, '"');
        copied = at + found.length;
      }
      at += found.length;
    }
  }
  return parts.join('') + text.slice(copied);
}

/** Where the string that begins at a place is over. */
function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text[at - 1 - slashes] === '\\') slashes += 1;
    if (slashes % 2 === 0) return at + 1;
  }
  return text.length;
}

/** Whether a double gives a number of JSON back digit by digit, however it is written. */
export function isExact(text: string): boolean {
  if (text.length < 16 && !/[eE]/.test(text)) return true;
  const value = Number(text);
  return Number.isFinite(value) && sameDecimal(text, String(value));
}

function sameDecimal(one: string, other: string): boolean {
  const [a, b] = [decimalOf(one), decimalOf(other)];
  return a.digits === b.digits && a.exponent === b.exponent && a.isNegative === b.isNegative;
}

/** A number as its digits without zeros around them, and where the point stands: `0.digits` times ten to the exponent. */
export function decimalOf(text: string): { digits: string; exponent: number; isNegative: boolean } {
  const [, sign = '', whole = '', fraction = '', power = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  const all = (whole + fraction).replace(/^0+/, '');
  const leading = (whole + fraction).length - all.length;
  const digits = all.replace(/0+$/, '');
  if (digits === '') return { digits, exponent: 0, isNegative: false };
  return { digits, exponent: whole.length - leading + Number(power), isNegative: sign === '-' };
}
