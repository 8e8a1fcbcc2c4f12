import type { Readable } from 'node:stream';

/** Gives up a stream. What it says about that is heard: an error that nobody hears would end the process. */
export function letGo(stream: Readable): void {
  stream.on('error', () => undefined).destroy();
}

/** What was read of a stream. */
export interface BoundedRead {
  body: Buffer;
  /** There was more than the limit. */
  truncated: boolean;
  /** Why it ended early; absent: it did not. */
  brokenBy?: unknown;
}

/** Reads at most `limitBytes` of a stream, then lets go of it. What came before it broke off is kept. */
export async function readBounded(stream: Readable, limitBytes: number): Promise<BoundedRead> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      const room = limitBytes - size;
      chunks.push(chunk.length > room ? chunk.subarray(0, room) : chunk);
      size += chunk.length;
      if (size > limitBytes) {
        letGo(stream);
        return { body: Buffer.concat(chunks), truncated: true };
      }
    }
  } catch (brokenBy) {
    return { body: Buffer.concat(chunks), truncated: false, brokenBy };
  }
  return { body: Buffer.concat(chunks), truncated: false };
}
