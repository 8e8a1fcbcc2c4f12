import type { Context } from 'koa';
import { AppError } from '../../../errors/app-error.ts';
import { definitionLimits } from '../../../engine/definition/definition.ts';
import { jsonDepthExceeds } from '../../../engine/json/json-depth.ts';
import type { Json } from '../../../engine/json/json.ts';
import { wellFormed } from '../../../engine/json/well-formed.ts';

/** Largest body of an API call, in bytes; a definition may have 1 MiB. */
const apiBodyBytes = 2 * 1024 * 1024;

/**
 * Reads the bytes of a body as they were sent, once.
 * @throws AppError payload-too-large past `limitBytes`, declared or not
 */
export async function readBytes(ctx: Context, limitBytes: number): Promise<Buffer> {
  const tooLarge = () => new AppError('payload-too-large', `The body is larger than ${limitBytes} bytes.`);
  if (Number(ctx.get('content-length') || 0) > limitBytes) throw tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of ctx.req as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limitBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/**
 * Reads the JSON body of an API call; no body is an empty object.
 * @throws AppError invalid-json, unsupported-media-type, payload-too-large
 */
export async function readJsonBody(ctx: Context): Promise<unknown> {
  const bytes = await readBytes(ctx, apiBodyBytes);
  if (bytes.length === 0) return {};
  if (!ctx.is('json', '+json')) {
    throw new AppError(
      'unsupported-media-type',
      `Expected content-type application/json; came ${ctx.get('content-type') || 'none'}.`,
    );
  }
  return parseJson(bytes);
}

/** Only an escape can bring a lone surrogate: the bytes are UTF-8. */
const surrogateEscape = /\\u[dD][89a-fA-F]/;

/**
 * Parses JSON text in UTF-8. A lone surrogate in a text or a name becomes U+FFFD.
 * @throws AppError invalid-json with what the parser found, or when it is nested too deep
 */
export function parseJson(bytes: Uint8Array): unknown {
  let text: string;
  let value: unknown;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    value = JSON.parse(text);
  } catch (cause) {
    throw new AppError('invalid-json', `The body is not valid JSON: ${(cause as Error).message}`, { cause });
  }
  const { jsonDepth } = definitionLimits;
  if (jsonDepthExceeds(value, jsonDepth))
    throw new AppError('invalid-json', `The body is nested deeper than ${jsonDepth}.`);
  return surrogateEscape.test(text) ? wellFormed(value as Json) : value;
}
