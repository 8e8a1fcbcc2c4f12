import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';
import type { Context } from 'koa';
import { AppError } from '../../errors/app-error.ts';
import { readBytes, tooLarge } from '../routing/middleware/read-body.ts';
import type { IncomingRequest } from './incoming.ts';

/**
 * Captures the body's bytes as they were sent, once, into the request.
 * @throws AppError payload-too-large past `limitBytes`, declared or not; invalid-request when the sender broke off
 */
export async function captureBody(
  ctx: Context,
  incoming: IncomingRequest,
  limitBytes: number,
): Promise<void> {
  const { bytes, sizeBytes } = await readBytes(ctx, limitBytes);
  incoming.sizeBytes = sizeBytes;
  if (sizeBytes > limitBytes) throw tooLarge(limitBytes);
  incoming.bytes = bytes;
}

type Inflate = (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;

const inflators: Readonly<Record<string, Inflate>> = {
  identity: (bytes) => Promise.resolve(bytes),
  gzip: promisify(gunzip) as Inflate,
  'x-gzip': promisify(gunzip) as Inflate,
  br: promisify(brotliDecompress) as Inflate,
  // Senders disagree on whether `deflate` has zlib's frame. Source: RFC 9110 §8.4.1.2.
  deflate: (bytes, options) =>
    ((bytes[0] ?? 0) & 0x0f) === 8
      ? (promisify(inflate) as Inflate)(bytes, options)
      : (promisify(inflateRaw) as Inflate)(bytes, options),
};

/**
 * Returns the body without its content encodings, the last applied taken off first.
 * @throws AppError unsupported-media-type, payload-too-large when the content is larger, invalid-request when it breaks
 * its encoding
 */
export async function inflateBody(
  bytes: Buffer,
  contentEncoding: string,
  limitBytes: number,
): Promise<Buffer> {
  const encodings = contentEncoding
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter(Boolean);
  if (encodings.length > 3)
    throw new AppError('unsupported-media-type', 'Expected at most three content encodings.');
  let content = bytes;
  for (const name of encodings.reverse()) content = await inflateOnce(content, name, limitBytes);
  return content;
}

async function inflateOnce(bytes: Buffer, name: string, limitBytes: number): Promise<Buffer> {
  const inflator = Object.hasOwn(inflators, name) ? inflators[name] : undefined;
  if (!inflator) {
    const known = Object.keys(inflators).join(', ');
    throw new AppError('unsupported-media-type', `Expected a content-encoding of ${known}; came ${name}.`);
  }
  if (bytes.length === 0) return bytes;
  try {
    return await inflator(bytes, { maxOutputLength: limitBytes });
  } catch (cause) {
    if ((cause as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(limitBytes);
    throw new AppError('invalid-request', `The body is not valid ${name}.`, { cause });
  }
}
