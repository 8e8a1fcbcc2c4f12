import { readSince } from '../../store/event-hub.ts';
import type { EventDocument } from '../../store/events.ts';
import type { ApiDeps } from '../deps.ts';
import type { EventStream } from './sse.ts';

/** Deltas that a reader may have to look at twice after a reset, in milliseconds. */
const resetOverlapMs = 60_000;

interface Cursor {
  token: string;
  at: string;
}

/**
 * Sends an organization's events from now on, or after a cursor, in the order of their commits. A cursor that the
 * database no longer knows answers `event: reset`, which tells from when on `GET /v1/activity` fills the gap.
 */
export async function followActivity(given: {
  stream: EventStream;
  deps: Pick<ApiDeps, 'events' | 'db'>;
  organizationId: string;
  after: string | undefined;
  isWanted: (event: EventDocument) => boolean;
}): Promise<void> {
  const { stream, deps, organizationId, isWanted } = given;
  const cursor = given.after === undefined ? undefined : decode(given.after);
  const waiting: [EventDocument, string][] = [];
  let last = '';
  let isLive = false;

  function send(event: EventDocument, token: string): void {
    // Tokens are ordered texts: what the catch-up has sent comes again live.
    const { _data: position } = JSON.parse(token) as { _data: string };
    if (stream.signal.aborted || position <= last) return;
    last = position;
    if (isWanted(event))
      stream.send({
        id: encode({ token, at: event.recordedAt.toISOString() }),
        event: event.type,
        data: event.body,
      });
  }

  const stop = await deps.events.listenToOrganization(organizationId, {
    onEvent: (event, token) => (isLive ? send(event, token) : void waiting.push([event, token])),
    // The reader comes back with its cursor and misses nothing.
    onGap: () => stream.end('error', '{"retry":true}'),
  });
  stream.signal.addEventListener('abort', stop, { once: true });
  if (stream.signal.aborted) return stop();
  if (given.after !== undefined && !(await catchUp())) {
    const since = new Date((cursor ? Date.parse(cursor.at) : Date.now()) - resetOverlapMs).toISOString();
    stream.send({ event: 'reset', data: JSON.stringify({ since, read: `/v1/activity?since=${since}` }) });
  }
  for (const [event, token] of waiting) send(event, token);
  isLive = true;

  async function catchUp(): Promise<boolean> {
    if (!cursor) return false;
    return readSince(deps.db, { organizationId, token: cursor.token, signal: stream.signal, onEvent: send });
  }
}

function encode(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

/** `undefined` for a text that is none of our cursors: the stream is reset. */
function decode(text: string): Cursor | undefined {
  try {
    const { token, at } = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as Partial<Cursor>;
    return typeof token === 'string' && typeof at === 'string' ? { token, at } : undefined;
  } catch {
    return undefined;
  }
}
