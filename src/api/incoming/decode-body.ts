import { isUtf8 } from 'node:buffer';
import { Response } from 'undici';
import type { FormData } from 'undici';
import { AppError } from '../../errors/app-error.ts';
import { charsetOf, markedCharset, mediaType, xmlCharset } from '../../engine/json/charset.ts';
import type { Json } from '../../engine/json/json.ts';
import { parseJson } from '../routing/middleware/read-body.ts';
import { parseForm } from './parse-form.ts';

/** What decodes which type; the first that matches is taken. */
const decoders: readonly [
  type: RegExp,
  decode: (bytes: Buffer, contentType: string) => Json | Promise<Json>,
][] = [
  [/[/+]json$/, decodeJson],
  [/^application\/x-www-form-urlencoded$/, decodeForm],
  [/^multipart\/form-data$/, decodeMultipart],
  [/[/+]xml$/, (bytes, type) => decodeNamed(bytes, type, charsetOf(type) ?? xmlCharset(bytes))],
  [/^text\//, (bytes, type) => decodeNamed(bytes, type, charsetOf(type) ?? markedCharset(bytes))],
  [/^/, keepBytes],
];

/** The bytes themselves, of what is no text. */
function keepBytes(bytes: Buffer, contentType: string): Json {
  return {
    contentType: mediaType(contentType) || 'application/octet-stream',
    base64: bytes.toString('base64'),
  };
}

/** Text in the charset that is named; without one UTF-8, and what is none is kept as its bytes. */
function decodeNamed(bytes: Buffer, contentType: string, charset: string | undefined): Json {
  if (charset !== undefined) return decodeText(bytes, charset);
  return isUtf8(bytes) ? decodeText(bytes, 'utf-8') : keepBytes(bytes, contentType);
}

/**
 * Returns `$trigger.body` of the bytes that came in; the content is never lost: JSON is parsed, a form becomes an object,
 * text stays text, the rest is base64. No body is null.
 * @throws AppError invalid-json, invalid-request or unsupported-media-type when the bytes are not what they claim to be
 */
export async function decodeBody(bytes: Buffer, contentType: string): Promise<Json> {
  if (bytes.length === 0) return null;
  const type = mediaType(contentType);
  const [, decode] = decoders.find(([pattern]) => pattern.test(type)) ?? [];
  return (await decode?.(bytes, contentType)) ?? null;
}

/** JSON is UTF-8 (RFC 8259 §8.1); a sender that declares another charset is taken at its word. */
function decodeJson(bytes: Buffer, contentType: string): Json {
  const charset = charsetOf(contentType) ?? 'utf-8';
  return parseJson(/^utf-?8$/i.test(charset) ? bytes : Buffer.from(decodeText(bytes, charset)));
}

function decodeForm(bytes: Buffer, contentType: string): Json {
  const charset = charsetOf(contentType);
  if (charset !== undefined) return parseForm(bytes, (part) => decodeText(part, charset));
  try {
    return parseForm(bytes, (part) => decodeText(part, 'utf-8'));
  } catch {
    return keepBytes(bytes, contentType);
  }
}

function decodeText(bytes: Buffer, charset: string): string {
  let decoder: InstanceType<typeof TextDecoder>;
  try {
    decoder = new TextDecoder(charset, { fatal: true });
  } catch (cause) {
    throw new AppError('unsupported-media-type', `The charset ${charset} is not known.`, { cause });
  }
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    throw new AppError('invalid-request', `The body is not valid ${charset}.`, { cause });
  }
}

async function decodeMultipart(bytes: Buffer, contentType: string): Promise<Json> {
  let form: FormData;
  try {
    // Node's own refuses what RFC 2046 allows, such as a preamble.
    form = await new Response(new Uint8Array(bytes), {
      headers: { 'content-type': contentType },
    }).formData();
  } catch (cause) {
    throw new AppError('invalid-request', 'The body is not valid multipart/form-data.', { cause });
  }
  const fields = new Map<string, string[]>();
  const files: Json[] = [];
  for (const [field, value] of form) {
    if (typeof value === 'string') {
      assertWhole(value, bytes);
      fields.set(field, [...(fields.get(field) ?? []), value]);
    } else {
      const base64 = Buffer.from(await value.arrayBuffer()).toString('base64');
      files.push({
        field,
        filename: value.name,
        contentType: value.type || 'application/octet-stream',
        base64,
      });
    }
  }
  const single = [...fields].map(([name, values]): [string, Json] => [
    name,
    values.length === 1 ? (values[0] ?? '') : values,
  ]);
  return { fields: Object.fromEntries(single), files };
}

const replacement = '\uFFFD';

/** The parser puts a mark where text is not UTF-8: what was lost so must not be accepted. */
function assertWhole(value: string, bytes: Buffer): void {
  if (!value.includes(replacement) || bytes.includes(replacement)) return;
  throw new AppError('invalid-request', 'A field of the form is not valid utf-8.');
}

/** Lines of one NDJSON request. */
const maxLines = 100;

/** Whether a body holds one JSON value per line, each a run of its own. */
export function isNdjson(contentType: string): boolean {
  return ['application/x-ndjson', 'application/ndjson', 'application/jsonl'].includes(mediaType(contentType));
}

/**
 * Returns the values of an NDJSON body; empty lines do not count.
 * @throws AppError invalid-json that names the line, payload-too-large past 100 lines
 */
export function decodeLines(bytes: Buffer): Json[] {
  const lines = decodeText(bytes, 'utf-8').split('\n');
  const values = lines.flatMap((line, index): Json[] => {
    if (line.trim() === '') return [];
    try {
      return [parseJson(Buffer.from(line))];
    } catch (cause) {
      throw new AppError('invalid-json', `Line ${index + 1}: ${(cause as Error).message}`, { cause });
    }
  });
  if (values.length > maxLines)
    throw new AppError('payload-too-large', `Expected at most ${maxLines} lines; came ${values.length}.`);
  if (values.length === 0) throw new AppError('invalid-json', 'Expected at least one line; came none.');
  return values;
}
