import type { Readable } from 'node:stream';

/** Gives up a stream. What it says about that is heard: an error that nobody hears would end the process. */
export function letGo(stream: Readable): void {
  stream.on('error', () => undefined).destroy();
}

/** Reads at most `limitBytes` of a stream, then lets go of it. */
export async function readBounded(
  stream: Readable,
  limitBytes: number,
): Promise<{ body: Buffer; truncated: boolean }> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    const room = limitBytes - size;
    chunks.push(chunk.length > room ? chunk.subarray(0, room) : chunk);
    size += chunk.length;
    if (size > limitBytes) {
      letGo(stream);
      return { body: Buffer.concat(chunks), truncated: true };
    }
  }
  return { body: Buffer.concat(chunks), truncated: false };
}
