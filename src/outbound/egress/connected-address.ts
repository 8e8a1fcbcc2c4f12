/** Which address a request was sent to: undici tells its socket on a diagnostics channel only. */
import { subscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';

/** Filled when the request's headers are written. */
export interface SentTo {
  remoteAddress?: string | undefined;
}

const places = new WeakMap<object, SentTo>();
let current: SentTo | undefined;

/** Starts a request, which undici creates before `start` answers, and notes its address in `sentTo`. */
export function noteAddress<Result>(sentTo: SentTo, start: () => Result): Result {
  current = sentTo;
  try {
    return start();
  } finally {
    current = undefined;
  }
}

subscribe('undici:request:create', (message) => {
  if (current) places.set((message as { request: object }).request, current);
});
subscribe('undici:client:sendHeaders', (message) => {
  const { request, socket } = message as { request: object; socket: Socket };
  const sentTo = places.get(request);
  if (sentTo) sentTo.remoteAddress = socket.remoteAddress;
});
