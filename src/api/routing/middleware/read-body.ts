import type { Context } from 'koa';
import { AppError } from '../../../errors/app-error.ts';
import { definitionLimits } from '../../../engine/definition/definition.ts';
import { parseExactJson } from '../../../engine/json/exact-json.ts';
import type { Json } from '../../../engine/json/json.ts';
import { jsonDepthExceeds } from '../../../engine/json/json-depth.ts';
import { wellFormed } from '../../../engine/json/well-formed.ts';
import type { FormFields } from '../route.ts';

/** Largest body of an API call, in bytes; a definition may have 1 MiB. */
const apiBodyBytes = 2 * 1024 * 1024;

/** What was read of a body. */
export interface ReadBody {
  bytes: Buffer;
  /** Bytes that came or were announced: more than `bytes` of a body that is too large. */
  sizeBytes: number;
}

/**
 * Reads the bytes of a body as they were sent, once, up to a limit. Of a larger one the rest is taken and thrown away, so
 * that the sender reads the answer.
 * @throws AppError invalid-request when the sender broke off
 */
export async function readBytes(ctx: Context, limitBytes: number): Promise<ReadBody> {
  const declared = Number(ctx.get('content-length') || 0);
  const { chunks, size } = declared <= limitBytes ? await readUpTo(ctx, limitBytes) : { chunks: [], size: 0 };
  const sizeBytes = Math.max(size, declared);
  if (sizeBytes <= limitBytes) return { bytes: Buffer.concat(chunks), sizeBytes };
  drain(ctx);
  return { bytes: Buffer.alloc(0), sizeBytes };
}

/** The refusal of a body with more bytes. */
export function tooLarge(limitBytes: number): AppError {
  return new AppError('payload-too-large', `The body is larger than ${limitBytes} bytes.`);
}

/** More than this is not read only to be thrown away. */
const drainBytes = 16 * 1024 * 1024;

/** The sender is to read the answer: what it still sends is taken for a while, then the connection ends. */
function drain({ req, res }: Context): void {
  let size = 0;
  res.setHeader('connection', 'close');
  req.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > drainBytes) req.destroy();
  });
}

async function readUpTo(ctx: Context, limitBytes: number): Promise<{ chunks: Buffer[]; size: number }> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    // Not destroyed on return: the sender is to read the answer, not a reset connection.
    for await (const chunk of ctx.req.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > limitBytes) break;
      chunks.push(chunk);
    }
  } catch (cause) {
    throw new AppError('invalid-request', 'The body ended before its end.', { cause });
  }
  return { chunks, size };
}

/**
 * Reads the JSON body of an API call; no body is an empty object.
 * @throws AppError invalid-json, unsupported-media-type, payload-too-large, invalid-request when the sender broke off
 */
export async function readJsonBody(ctx: Context): Promise<unknown> {
  const { bytes, sizeBytes } = await readBytes(ctx, apiBodyBytes);
  if (sizeBytes > bytes.length) throw tooLarge(apiBodyBytes);
  if (bytes.length === 0) return {};
  if (!ctx.is('json', '+json'))
    throw new AppError(
      'unsupported-media-type',
      'Expected content-type application/json; came another or none.',
    );
  return parseJson(bytes);
}

/** Reads the fields of a form (`application/x-www-form-urlencoded`), in UTF-8. @throws AppError payload-too-large */
export async function readFormBody(ctx: Context): Promise<FormFields> {
  const { bytes, sizeBytes } = await readBytes(ctx, apiBodyBytes);
  if (sizeBytes > bytes.length) throw tooLarge(apiBodyBytes);
  const given = new URLSearchParams(bytes.toString('utf8'));
  return Object.fromEntries([...new Set(given.keys())].map((name) => [name, given.getAll(name)]));
}

/** Only an escape can bring a lone surrogate: the bytes are UTF-8. */
const surrogateEscape = /\\u[dD][89a-fA-F]/;

/**
 * Parses JSON text in UTF-8; numbers that a double does not hold are kept as their text. A lone surrogate in a text or a
 * name becomes U+FFFD.
 * @throws AppError invalid-json with the place where it breaks and nothing of what stands there, or when it is nested too
 * deep
 */
export function parseJson(bytes: Uint8Array): Json {
  let value: Json;
  let text = '';
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    value = parseExactJson(text);
  } catch (cause) {
    throw new AppError('invalid-json', `The body is not valid JSON${placeOf(cause, text)}.`, { cause });
  }
  const { jsonDepth } = definitionLimits;
  if (jsonDepthExceeds(value, jsonDepth))
    throw new AppError('invalid-json', `The body is nested deeper than ${jsonDepth}.`);
  return surrogateEscape.test(text) ? wellFormed(value) : value;
}

/** Longer texts are not searched for the place where they break. */
const searchedLength = 64 * 1024;

/** Where a text breaks. The parser's own message repeats what came, and does not always name the place. */
function placeOf(cause: unknown, text: string): string {
  if (!(cause instanceof SyntaxError)) return ': it is not in UTF-8';
  if (isCutOff(text)) return ': it ends too early';
  if (text.length > searchedLength) return '';
  let [whole, broken] = [0, text.length];
  while (broken - whole > 1) {
    const middle = Math.floor((whole + broken) / 2);
    if (isCutOff(text.slice(0, middle))) whole = middle;
    else broken = middle;
  }
  const before = text.slice(0, whole).split('\n');
  return `: it breaks at line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`;
}

/** Whether a text is the beginning of some JSON. */
function isCutOff(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    return /end of JSON|Unterminated|No number after|Exponent part|Bad Unicode/.test(
      (error as Error).message,
    );
  }
}
