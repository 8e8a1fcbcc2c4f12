import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { Context } from 'koa';

const heartbeatMs = 15_000;
/** Most bytes that a reader may be behind. */
const maxUnsentBytes = 1024 * 1024;
/** A reader that takes nothing for so long, while there is something for it, is let go. */
const stalledMs = 30_000;
/** How long the last frames wait for a reader that has not taken them. */
const lingerMs = 30_000;

/** One open stream of Server-Sent Events. */
export interface EventStream {
  /** Sends a frame; `data` is one line of JSON. A reader that is too far behind is let go with `event: overflow`. */
  send(frame: { id?: string; event: string; data: string }): void;
  /** Resolves once the reader has room for more, or is gone: who reads from the log goes at the reader's pace. */
  drained(): Promise<void>;
  /** Sends a last frame and ends. */
  end(event: string, data?: string): void;
  /** Aborted when the reader has gone, has fallen behind, or the stream has ended. */
  signal: AbortSignal;
}

const headers = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-store',
  'x-accel-buffering': 'no',
  // Nothing follows a stream on its connection: a stop need not wait for another request.
  connection: 'close',
};

/**
 * Turns the answer into a stream of Server-Sent Events. Source: WHATWG HTML, 9.2.
 * @param options.closing aborted when the process stops
 * @param options.cursor where the reader is, when frames alone would not tell: comes first, and with each heartbeat
 */
export function openStream(
  ctx: Context,
  options: { closing: AbortSignal; cursor?: () => string },
): EventStream {
  ctx.respond = false;
  ctx.status = 200;
  ctx.set(headers);
  const stream = new ResponseStream(ctx.res, options.cursor);
  if (ctx.method === 'HEAD') stream.end('end');
  const { closing } = options;
  const stop = () => stream.end('shutdown');
  if (closing.aborted) stop();
  closing.addEventListener('abort', stop, { once: true });
  stream.signal.addEventListener('abort', () => closing.removeEventListener('abort', stop), { once: true });
  return stream;
}

class ResponseStream implements EventStream {
  readonly #control = new AbortController();
  readonly #response: ServerResponse;
  readonly signal = this.#control.signal;

  constructor(response: ServerResponse, cursor: (() => string) | undefined) {
    this.#response = response;
    const here = () => idOf(cursor?.());
    response.write(`retry: 1000\n${here()}\n`);
    const heartbeat = setInterval(() => this.#write(`: heartbeat\n${here()}\n`), heartbeatMs);
    this.signal.addEventListener('abort', () => clearInterval(heartbeat), { once: true });
    response.once('close', () => this.#control.abort());
  }

  send({ id, event, data }: { id?: string; event: string; data: string }): void {
    this.#write(`${idOf(id)}event: ${event}\ndata: ${data}\n\n`);
  }

  async drained(): Promise<void> {
    if (this.signal.aborted || !this.#response.writableNeedDrain) return;
    const timer = setTimeout(() => this.end('overflow'), stalledMs);
    await once(this.#response, 'drain', { signal: this.signal }).catch(() => undefined);
    clearTimeout(timer);
  }

  end(event: string, data = '{}'): void {
    if (this.signal.aborted) return;
    this.#response.end(`event: ${event}\ndata: ${data}\n\n`);
    const timer = setTimeout(() => this.#response.destroy(), lingerMs).unref();
    this.#response.once('close', () => clearTimeout(timer));
    this.#control.abort();
  }

  #write(text: string): void {
    if (this.signal.aborted) return;
    this.#response.write(text);
    if (this.#response.writableLength > maxUnsentBytes) this.end('overflow');
  }
}

function idOf(id: string | undefined): string {
  return id === undefined ? '' : `id: ${id}\n`;
}
