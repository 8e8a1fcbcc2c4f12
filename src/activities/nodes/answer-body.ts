/** The value that the body of an answer becomes. */
import { definitionLimits } from '../../engine/definition/definition.ts';
import { charsetOf, markedCharset, mediaType, xmlCharset } from '../../engine/json/charset.ts';
import { parseExactJson } from '../../engine/json/exact-json.ts';
import { jsonDepthExceeds } from '../../engine/json/json-depth.ts';
import type { Json } from '../../engine/json/json.ts';

/** Types outside `text/*` whose content is text. */
const textTypes =
  /^text\/|[/+](?:json|xml|yaml|x-yaml)$|[/+]json-seq$|^application\/(?:x-www-form-urlencoded|(?:x-)?(?:nd)?jsonl?(?:ines)?|ndjson|x-ndjson|(?:x-)?javascript|ecmascript|graphql|sql|toml|jwt|jose|xml-dtd|rtf|x-sh|pem-certificate-chain|x-pem-file|x-httpd-php|manifest)$/;

/**
 * Returns the value of a body: nothing is null, JSON is parsed, text is decoded by its charset, the rest is
 * `{contentType, base64}`. A body that is not the JSON it claims, or nested too deep, stays a text and says so.
 */
export function decodeAnswer(bytes: Buffer, contentType: string): { body: Json; bodyParseError?: true } {
  if (bytes.length === 0) return { body: null };
  const type = mediaType(contentType);
  const text = decodeText(bytes, contentType);
  if (text === undefined)
    return { body: { contentType: type || 'application/octet-stream', base64: bytes.toString('base64') } };
  if (!/[/+]json$/.test(type)) return { body: text };
  try {
    const body = parseExactJson(text);
    if (!jsonDepthExceeds(body, definitionLimits.jsonDepth)) return { body };
  } catch {
    // Falls through: not JSON is as wrong as JSON that is too deep.
  }
  return { body: text, bodyParseError: true };
}

/** Returns the text of bytes; `undefined` when their type, their charset or they themselves say that they are none. */
export function decodeText(bytes: Buffer, contentType: string): string | undefined {
  const type = mediaType(contentType);
  const declared = charsetOf(contentType);
  if (type !== '' && declared === undefined && !textTypes.test(type)) return undefined;
  const own = (/[/+]xml$/.test(type) ? xmlCharset(bytes) : markedCharset(bytes)) ?? 'utf-8';
  try {
    return new TextDecoder(declared ?? own, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
