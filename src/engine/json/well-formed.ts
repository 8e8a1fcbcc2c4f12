/**
 * Text that is Unicode. A lone surrogate has no form in UTF-8: protobuf refuses it and BSON writes another character, so
 * each is replaced by U+FFFD where text comes in or is made, and what is recorded, sent and compared is the same text.
 */
import type { Json } from './json.ts';

const replacement = '\uFFFD';

/** Returns the text with U+FFFD for each lone surrogate. */
export function wellFormedText(text: string): string {
  return text.replaceAll(/\p{Surrogate}/gu, replacement);
}

/** Returns the value with U+FFFD for each lone surrogate of its texts and names; the value itself when it has none. */
export function wellFormed<Value extends Json>(value: Value): Value {
  const json = JSON.stringify(value);
  return hasLone(json) ? (parseWellFormed(json) as Value) : value;
}

/** Parses JSON text that `JSON.stringify` wrote, with U+FFFD for each lone surrogate. */
export function parseWellFormed(json: string): Json {
  return JSON.parse(hasLone(json) ? replaceLone(json) : json) as Json;
}

/** Returns the compact JSON text of a value, with U+FFFD for each lone surrogate. */
export function wellFormedJson(value: Json): string {
  const json = JSON.stringify(value);
  // Two names may have become one: only one of them stays, as for whoever reads the text.
  return hasLone(json) ? JSON.stringify(parseWellFormed(json)) : json;
}

/** `JSON.stringify` writes lone surrogates, and only these, as escapes. Source: ECMA-262, QuoteJSONString. */
function hasLone(json: string): boolean {
  return json.includes('\\ud');
}

function replaceLone(json: string): string {
  return json.replaceAll(/\\(?:(ud[89a-f][0-9a-f]{2})|.)/g, (escape, lone?: string) =>
    lone === undefined ? escape : replacement,
  );
}
