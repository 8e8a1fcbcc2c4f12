/** The functions that expressions have beside JSONata's own. A missing value gives a missing value. */
import { createHash, createHmac } from 'node:crypto';
import { parseExactJson } from '../../engine/json/exact-json.ts';
import type { Json } from '../../engine/json/json.ts';
import { NotJsonError } from './measure-result.ts';

/** A function with its JSONata signature. */
export interface AddedFunction {
  signature: string;
  call: (...given: never[]) => Json | undefined;
}

const algorithms = ['md5', 'sha1', 'sha256', 'sha384', 'sha512'];
const encodings = ['hex', 'base64', 'base64url'] as const;
const words: Record<string, boolean> = {
  true: true,
  on: true,
  yes: true,
  y: true,
  '1': true,
  false: false,
  off: false,
  no: false,
  n: false,
  '0': false,
  '': false,
};

/** By name. */
export const addedFunctions: Record<string, AddedFunction> = {
  parseJson: { signature: '<s-:x>', call: parseJson },
  hash: {
    signature: '<s-s-s?:s>',
    call: (algorithm?: string, text?: string, encoding?: string) =>
      algorithm === undefined || text === undefined
        ? undefined
        : createHash(algorithmOf('$hash', algorithm)).update(text).digest(encodingOf('$hash', encoding)),
  },
  hmac: {
    signature: '<s-s-s-s?:s>',
    call: (algorithm?: string, key?: string, text?: string, encoding?: string) =>
      algorithm === undefined || key === undefined || text === undefined
        ? undefined
        : createHmac(algorithmOf('$hmac', algorithm), key).update(text).digest(encodingOf('$hmac', encoding)),
  },
  base64urlencode: {
    signature: '<s-:s>',
    call: (text?: string) => (text === undefined ? undefined : Buffer.from(text).toString('base64url')),
  },
  base64urldecode: {
    signature: '<s-:s>',
    call: (text?: string) =>
      text === undefined ? undefined : Buffer.from(text, 'base64url').toString('utf8'),
  },
  toBoolean: { signature: '<x-:b>', call: toBoolean },
  urlEncodeForm: { signature: '<o-:s>', call: urlEncodeForm },
};

function algorithmOf(name: string, given: string): string {
  const plain = given.toLowerCase().replace('-', '');
  if (algorithms.includes(plain)) return plain;
  throw new NotJsonError(`${name}: expected an algorithm of ${algorithms.join(', ')}; came another text`);
}

function encodingOf(name: string, given = 'hex'): (typeof encodings)[number] {
  const found = encodings.find((one) => one === given);
  if (found) return found;
  throw new NotJsonError(`${name}: expected an encoding of ${encodings.join(', ')}; came another text`);
}

function parseJson(text?: string): Json | undefined {
  if (text === undefined) return undefined;
  try {
    return parseExactJson(text);
  } catch {
    throw new NotJsonError('$parseJson: expected a text that is JSON; came another one');
  }
}

/** Reads what forms send: the words of a check box, numbers, and booleans themselves. */
function toBoolean(value?: Json): boolean | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'boolean') return value;
  const word =
    typeof value === 'string' || typeof value === 'number' ? String(value).trim().toLowerCase() : '?';
  const known = value === null ? false : Object.hasOwn(words, word) ? words[word] : undefined;
  if (known !== undefined) return known;
  throw new NotJsonError(
    `$toBoolean: expected one of ${Object.keys(words).filter(Boolean).join(', ')}; came another value`,
  );
}

/** Lists repeat their name; null is left out; objects are written as JSON. */
function urlEncodeForm(fields?: Record<string, Json>): string | undefined {
  if (fields === undefined) return undefined;
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(fields))
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== null) form.append(name, typeof one === 'string' ? one : JSON.stringify(one));
  return form.toString();
}
