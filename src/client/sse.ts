/** Server-Sent Events over fetch. Source: WHATWG HTML, 9.2. */
import { createParser } from 'eventsource-parser';

/** One Server-Sent Event. */
export interface Frame {
  event: string;
  data: string;
  /** Where the stream is after this frame; `undefined` for a frame without an id. */
  place: string | undefined;
}

/** A body of Server-Sent Events that is being read. */
export interface FrameReader {
  /** Resolves with the frames that came together; `undefined` at the end of the body. @throws when the connection breaks */
  read(): Promise<Frame[] | undefined>;
  /** Where the stream is: the last id that came, also with a heartbeat. */
  place(): string | undefined;
  /** Ends the reading. */
  cancel(): Promise<void>;
}

/** Reads frames as they come. */
export function readFrames(body: ReadableStream<Uint8Array>): FrameReader {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const ids = createIdReader();
  let frames: Frame[] = [];
  const parser = createParser({
    onEvent: ({ id, event = 'message', data }) => frames.push({ event, data, place: id }),
  });
  return {
    async read() {
      const { done, value } = await reader.read();
      if (done) return undefined;
      const text = decoder.decode(value, { stream: true });
      parser.feed(text);
      ids.feed(text);
      const read = frames;
      frames = [];
      return read;
    },
    place: ids.last,
    cancel: () => reader.cancel().catch(() => undefined),
  };
}

/** Remembers the last id: the parser tells no id of blocks without data, such as heartbeats. */
function createIdReader() {
  let rest = '';
  let pending: string | undefined;
  let last: string | undefined;
  return {
    last: () => last,
    feed(text: string) {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (line.startsWith('id:')) pending = line.slice(3).trim();
        else if (line === '' && pending !== undefined) last = pending;
      }
    },
  };
}
