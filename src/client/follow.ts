/** Streams that resume by themselves: over lost connections, API restarts and other API processes. */
import { pause } from './pause.ts';
import { problemOf } from './problem.ts';
import { readFrames } from './sse.ts';
import type { Frame, FrameReader } from './sse.ts';

/** A stream to follow. */
export interface StreamToFollow {
  /** Path with its query. */
  path: string;
  /** Follow from after this place; absent: from where the stream begins. */
  after?: string | undefined;
  /** Ends the following, quietly. */
  signal: AbortSignal;
  /** Called with where the stream is once all up to there was taken, also when that was nothing. */
  onPlace?: ((place: string) => void) | undefined;
  /** Called when the stream is open, and when it cannot be opened: at the first attempt, then at each change. */
  onConnection?: ((isOpen: boolean) => void) | undefined;
  /** Calls the API. */
  send(path: string, init: { headers: Record<string, string>; signal: AbortSignal }): Promise<Response>;
}

/** A stream that is silent for so long, in milliseconds, is lost: the API sends a heartbeat every 15 seconds. */
const silentMs = 45_000;
/** Pauses between attempts to connect, in milliseconds: from the first, doubling, to the last. */
const pauses = { first: 500, last: 10_000 };
/** Frames after which the stream is to be opened again, where it stopped. */
const goesOn = ['shutdown', 'overflow', 'error', 'unauthorized'];

/**
 * Yields the frames of a stream, each once and in order, until `event: end` or until the signal is aborted.
 * @throws HookloomProblem for a refusal: what a further attempt would not change
 */
export async function* followStream(stream: StreamToFollow): AsyncGenerator<Frame> {
  const { signal } = stream;
  let place = stream.after;
  let failures = 0;
  const tell = createTeller(stream);
  while (!signal.aborted) {
    const connection = await connect(stream, place);
    failures = connection ? 0 : failures + 1;
    tell(connection !== undefined);
    try {
      const read = connection && (yield* framesOf(connection, stream));
      if (read?.isOver) return;
      place = read?.place ?? place;
    } finally {
      await connection?.close();
    }
    await pause(pauseAfter(failures), signal);
  }
}

/** Returns what tells of the connection, at each change. */
function createTeller({ signal, onConnection }: StreamToFollow): (isOpen: boolean) => void {
  let wasOpen: boolean | undefined;
  return (isOpen) => {
    if (isOpen !== wasOpen && !signal.aborted) onConnection?.(isOpen);
    wasOpen = isOpen;
  };
}

/** Half as long to half as long again, so that many readers do not come back at once. */
function pauseAfter(failures: number): number {
  return Math.min(pauses.first * 2 ** failures, pauses.last) * (0.5 + Math.random());
}

/** Yields what one connection brings, without the frames that are about the connection itself. */
async function* framesOf(
  connection: Connection,
  { signal, onPlace }: StreamToFollow,
): AsyncGenerator<Frame, { isOver: boolean; place: string | undefined }> {
  let place: string | undefined;
  for (let frames = await connection.next(); frames; frames = await connection.next()) {
    for (const frame of frames) {
      if (signal.aborted || frame.event === 'end') return { isOver: true, place };
      if (!goesOn.includes(frame.event)) yield frame;
      place = frame.place ?? place;
    }
    place = connection.place() ?? place;
    if (place !== undefined) onPlace?.(place);
  }
  return { isOver: false, place };
}

interface Connection {
  /** Resolves with frames; `undefined` when the connection is over, however. */
  next(): Promise<Frame[] | undefined>;
  place(): string | undefined;
  close(): Promise<void>;
}

/** Opens the stream; `undefined` when it cannot be reached now. @throws HookloomProblem */
async function connect(stream: StreamToFollow, place: string | undefined): Promise<Connection | undefined> {
  const control = new AbortController();
  const signal = AbortSignal.any([stream.signal, control.signal]);
  const watch = createWatch(() => control.abort());
  const headers = {
    accept: 'text/event-stream',
    ...(place === undefined ? {} : { 'last-event-id': place }),
  };
  const response = await stream.send(stream.path, { headers, signal }).catch(() => undefined);
  if (!response?.ok || !response.body) {
    watch.stop();
    if (response && isRefusal(response.status)) throw await problemOf(response);
    await response?.body?.cancel().catch(() => undefined);
    return undefined;
  }
  const reader = readFrames(response.body);
  return {
    next: () => nextOf(reader, watch),
    place: reader.place,
    async close() {
      watch.stop();
      control.abort();
      await reader.cancel();
    },
  };
}

async function nextOf(reader: FrameReader, watch: { seen(): void }): Promise<Frame[] | undefined> {
  const frames = await reader.read().catch(() => undefined);
  watch.seen();
  return frames;
}

/** Whether an answer would be the same the next time. */
export function isRefusal(status: number): boolean {
  return status >= 400 && status < 500 && status !== 408 && status !== 429;
}

/** Calls back when nothing was seen for too long. */
function createWatch(onSilence: () => void): { seen(): void; stop(): void } {
  let timer = setTimeout(onSilence, silentMs);
  return {
    seen() {
      clearTimeout(timer);
      timer = setTimeout(onSilence, silentMs);
    },
    stop: () => clearTimeout(timer),
  };
}
