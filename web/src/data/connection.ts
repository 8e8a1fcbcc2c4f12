/** Whether the streams are connected: what a page shows is only as fresh as they are. */
import { useSyncExternalStore } from 'react';

/** `idle`: no stream is open or wanted; `lost`: one is wanted and not connected. */
export type Connection = 'idle' | 'live' | 'lost';

let open = 0;
let lost = 0;
const listeners = new Set<() => void>();

function read(): Connection {
  if (lost > 0) return 'lost';
  return open > 0 ? 'live' : 'idle';
}

function change(openBy: number, lostBy: number): void {
  open += openBy;
  lost = Math.max(0, lost + lostBy);
  for (const listener of listeners) listener();
}

/** The state of the streams, for components. */
export function useConnection(): Connection {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, read);
}

/** Streams that were lost and are not yet connected again, by their address. */
const lostStreams = new Set<string>();

/** `fetch` that takes note of streams: when they connect, and when they are lost. */
export async function watchedFetch(request: Request): Promise<Response> {
  if (!request.headers.get('accept')?.includes('text/event-stream')) return fetch(request);
  const response = await fetch(request).catch((error: unknown) => {
    if (!request.signal.aborted) markLost(request);
    throw error;
  });
  if (!response.ok || !response.body) {
    if (response.status >= 500) markLost(request);
    return response;
  }
  markFound(request);
  change(1, 0);
  return new Response(watchBody(response.body, request), response);
}

function watchBody(body: ReadableStream<Uint8Array>, request: Request): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  let isOver = false;
  const end = () => {
    if (isOver) return;
    isOver = true;
    change(-1, 0);
  };
  request.signal.addEventListener('abort', end, { once: true });
  return new ReadableStream({
    async pull(control) {
      try {
        const { done, value } = await reader.read();
        if (!done) return control.enqueue(value);
        end();
        control.close();
      } catch (error) {
        end();
        if (!request.signal.aborted) markLost(request);
        control.error(error);
      }
    },
    cancel: (reason) => {
      end();
      return reader.cancel(reason);
    },
  });
}

function markLost(request: Request): void {
  if (lostStreams.has(request.url)) return;
  lostStreams.add(request.url);
  change(0, 1);
}

function markFound(request: Request): void {
  if (lostStreams.delete(request.url)) change(0, -1);
}

/** A stream that nobody wants any more is not lost either. `part`: of its address. */
export function forgetStream(part: string): void {
  for (const url of lostStreams) if (url.includes(part) && lostStreams.delete(url)) change(0, -1);
}
