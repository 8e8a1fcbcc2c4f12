import type { Json, JsonObject } from '../../engine/json/json.ts';

/**
 * Parses a form (`application/x-www-form-urlencoded`): repeated names become arrays, in their order.
 * @param decode answers the text of bytes; it throws for bytes that are none
 */
export function parseForm(bytes: Buffer, decode: (part: Buffer) => string): JsonObject {
  const fields = new Map<string, string[]>();
  for (const pair of bytes.toString('latin1').split('&')) {
    if (pair === '') continue;
    const end = pair.indexOf('=');
    const name = decode(unescape(end < 0 ? pair : pair.slice(0, end)));
    const value = end < 0 ? '' : decode(unescape(pair.slice(end + 1)));
    const values = fields.get(name);
    if (values) values.push(value);
    else fields.set(name, [value]);
  }
  const single = [...fields].map(([name, values]): [string, Json] => [
    name,
    values.length === 1 ? (values[0] ?? '') : values,
  ]);
  return Object.fromEntries(single);
}

/** The bytes that stand for others; what is no escape stays. Source: WHATWG URL Standard, percent-decoding. */
function unescape(text: string): Buffer {
  const bytes = text
    .replaceAll('+', ' ')
    .replaceAll(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1');
}
