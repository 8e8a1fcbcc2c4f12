/** What is said of an expression that cannot be read or evaluated, by JSONata's code. Source: jsonata 2.2, `errorCodes`. */

/** What JSONata throws: a plain object. */
export interface JsonataError {
  code?: string;
  message?: string;
  token?: unknown;
  value?: unknown;
  value2?: unknown;
  index?: unknown;
  type?: unknown;
  /** Characters up to the end of the token. */
  position?: unknown;
}

/** `{token}` and the like stand for members of the error. Those in `{value}` came of data. */
const sentences: Record<string, string> = {
  S0101: 'a string does not end with its quote',
  S0102: 'the number {token} is too large',
  S0103: 'a string holds the unknown escape \\{token}',
  S0104: 'expected four hexadecimal digits after \\u in a string',
  S0105: 'a quoted name does not end with its backquote',
  S0106: 'a comment does not end',
  S0201: '{token} cannot stand here',
  S0202: 'expected {value}, came {token}',
  S0203: 'expected {value} before the end of the expression',
  S0204: 'the operator {token} is unknown',
  S0205: '{token} cannot stand here',
  S0206: '{token} cannot stand here',
  S0207: 'the expression ends too early',
  S0208: 'expected variable names, with $, as the parameters of a function; came {value}',
  S0209: 'a filter cannot follow a grouping',
  S0210: 'a step has two groupings; expected one at most',
  S0211: '{token} needs a value before it',
  S0212: 'expected a variable name, with $, before :=',
  S0213: 'the literal {value} cannot be a step of a path',
  S0214: 'expected a variable name, with $, after {token}',
  S0215: 'the name of a context must stand before the filters of its step',
  S0216: 'the name of a context must stand before the order of its step',
  S0217: 'there is no parent that % could mean here',
  S0301: 'a regular expression is empty',
  S0302: 'a regular expression does not end with /',
  T0410: 'argument {index} of ${token} is of another type than the function takes',
  T0411: 'the context is of another type than argument {index} of ${token}',
  T0412: 'argument {index} of ${token} must be an array of {type}',
  D1001: 'the number {value} is too large for JSON',
  D1002: 'only a number can be negated; came {value}',
  T1003: 'the name of a member must be a text; came {value}',
  D1004: 'a regular expression must not match an empty text here',
  T1005: 'what is called is no function; did you mean ${token}?',
  T1006: 'what is called is no function',
  T1007: 'what is called is no function; did you mean ${token}?',
  T1008: 'what is called is no function',
  D1009: 'two names of an object come to the same: {value}',
  T1010: 'the matcher that ${token} was given gives no match object',
  D1011: 'the expression is nested deeper than it may be: does a function call itself without end?',
  D1012: 'the expression took too long',
  D1013: 'names that begin with _jsonata_ are reserved',
  T2001: 'the left side of {token} must be a number',
  T2002: 'the right side of {token} must be a number',
  T2003: 'the left side of .. must be a whole number',
  T2004: 'the right side of .. must be a whole number',
  T2006: 'the right side of ~> must be a function',
  T2007: 'values of different types cannot be ordered: {value} and {value2}',
  T2008: 'only numbers or texts can be ordered',
  T2009: 'values of different types cannot be compared by {token}: {value} and {value2}',
  T2010: 'only numbers or texts can be compared by {token}',
  T2011: 'a transformation must be given an object to put in; came {value}',
  T2012: 'a transformation must be given names to take out; came {value}',
  D2014: 'a range has more items than a sequence may have',
  D2015: 'a sequence has more items than it may have',
  D3001: 'a number that is not finite has no text',
  D3010: 'the second argument of $replace must not be empty',
  D3011: 'the fourth argument of $replace must be a number of at least 0',
  D3012: 'what $replace puts in must be a text',
  D3020: 'the third argument of $split must be a number of at least 0',
  D3030: 'this is no number: {value}',
  D3040: 'the third argument of $match must be a number of at least 0',
  D3050: 'the second argument of $reduce must be a function of at least two parameters',
  D3060: 'a negative number has no square root: {value}',
  D3061: 'the power is no number that JSON can hold',
  D3070: 'without a second argument $sort orders texts or numbers, of one type throughout',
  D3100: 'the base of $formatBase must be from 2 to 36; came {value}',
  D3110: 'expected a time in ISO 8601; came {value}',
  D3138: 'expected exactly one match of $single; came several',
  D3139: 'expected exactly one match of $single; came none',
  D3140: 'the text cannot be encoded or decoded as part of an address',
};

/** Codes whose `value` is the author's own message, with the one that stands where there is none. */
export const ofAuthor = { D3137: '$error() was called', D3141: 'an $assert does not hold' };

/**
 * Returns a sentence for an error of JSONata.
 * @param secret the expression reads secrets: nothing that came of data is shown
 */
export function sentenceOf(error: JsonataError, secret = false): string {
  const { code = '', value } = error;
  if (Object.hasOwn(ofAuthor, code)) return secret ? 'the expression fails by its own $error' : String(value);
  const sentence = Object.hasOwn(sentences, code) ? sentences[code] : undefined;
  if (sentence === undefined) return pictured(code);
  return sentence.replaceAll(/\$?\{(\w+)\}/g, (place, name: keyof JsonataError) => {
    const dollar = place.startsWith('$') ? '$' : '';
    return dollar + shown(error[name], secret && name.startsWith('value'));
  });
}

/** The codes from D3080 to D3136 are about the pictures of `$formatNumber` and the like. */
function pictured(code: string): string {
  return /^D3(?:0[89]|1[023])\d$/.test(code)
    ? `a picture of a number or a time cannot be used (${code})`
    : `the expression cannot be evaluated${code === '' ? '' : ` (${code})`}`;
}

function shown(value: unknown, secret: boolean): string {
  if (typeof value === 'string' && /^[\w$ .:()[\]{},;=<>!?*/+&|^~@#%-]{1,40}$/.test(value) && !secret)
    return value;
  if (typeof value === 'number' && !secret) return String(value);
  if (secret) return 'a value that is not shown';
  return (JSON.stringify(value) ?? 'nothing').slice(0, 60);
}
