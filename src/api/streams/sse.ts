import { PassThrough } from 'node:stream';
import type { Context } from 'koa';

const heartbeatMs = 15_000;
/** Most bytes that a reader may be behind. */
const maxUnsentBytes = 1024 * 1024;

/** One open stream of Server-Sent Events. */
export interface EventStream {
  /** Sends a frame; `data` is one line of JSON. */
  send(frame: { id?: string; event: string; data: string }): void;
  /** Sends a last frame and ends. */
  end(event: string, data?: string): void;
  /** Aborted when the reader has gone, has fallen behind, or the stream has ended. */
  signal: AbortSignal;
}

/** Turns the answer into a stream of Server-Sent Events. Source: WHATWG HTML, 9.2. */
export function openStream(ctx: Context, closing: AbortSignal): EventStream {
  const control = new AbortController();
  const body = new PassThrough({ highWaterMark: maxUnsentBytes });
  ctx.status = 200;
  ctx.set({ 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
  ctx.body = body;
  body.write('retry: 1000\n\n');
  const heartbeat = setInterval(() => body.write(': heartbeat\n\n'), heartbeatMs);
  const onClosing = () => end('shutdown');
  closing.addEventListener('abort', onClosing, { once: true });
  body.on('close', finish);
  ctx.req.on('close', finish);

  function finish(): void {
    clearInterval(heartbeat);
    closing.removeEventListener('abort', onClosing);
    control.abort();
  }

  function end(event: string, data = '{}'): void {
    if (control.signal.aborted) return;
    body.end(`event: ${event}\ndata: ${data}\n\n`);
    finish();
  }

  function send(frame: { id?: string; event: string; data: string }): void {
    if (control.signal.aborted) return;
    const id = frame.id === undefined ? '' : `id: ${frame.id}\n`;
    body.write(`${id}event: ${frame.event}\ndata: ${frame.data}\n\n`);
    if (body.writableLength + body.readableLength + (ctx.res.writableLength ?? 0) > maxUnsentBytes)
      end('overflow');
  }

  if (closing.aborted) onClosing();
  return { send, end, signal: control.signal };
}
