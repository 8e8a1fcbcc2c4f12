import type { Context } from 'koa';
import { unlessLate } from '../../deadline.ts';
import type { EventDocument } from '../../store/log/events.ts';
import type { CaughtUp } from '../../store/log/read-since.ts';
import { isAfter } from '../../store/live/stream-position.ts';
import type { StreamPosition } from '../../store/live/stream-position.ts';
import type { ApiDeps } from '../routing/deps.ts';
import { decodeCursor, encodeCursor } from './activity-cursor.ts';
import { keepReading } from './keep-reading.ts';
import { openStream } from './sse.ts';
import type { EventStream } from './sse.ts';

/** What a reader may have to look at twice after a reset, in milliseconds. */
const resetOverlapMs = 60_000;

/** How long a catch-up waits for its reader before it makes room for another. */
const patienceMs = 250;

/** What is followed. */
export interface ActivityToFollow {
  ctx: Context;
  deps: Pick<ApiDeps, 'events' | 'db' | 'log' | 'closing'>;
  organizationId: string;
  /** The reader's cursor; absent: from now on. */
  after: string | undefined;
  isWanted: (event: EventDocument) => boolean;
  /** Where the events between two times are read after a reset. */
  readAt: (since: Date, until: Date) => string;
}

/**
 * Sends an organization's events from now on, or after a cursor, in the order of their commits, each once. A position
 * that the database no longer knows, be it the reader's or the live feed's own, answers `event: reset`, which tells how
 * to fill the gap; the stream goes on from now.
 */
export function followActivity(given: ActivityToFollow): EventStream {
  const { deps, organizationId, after, ctx } = given;
  const asked = after === undefined ? undefined : decodeCursor(after);
  const follower = new ActivityFollower(given, asked ?? deps.events.position());
  const stream = openStream(ctx, { closing: deps.closing, cursor: () => follower.cursor() });
  const stop = deps.events.listenToOrganization(organizationId, follower);
  stream.signal.addEventListener('abort', stop, { once: true });
  if (stream.signal.aborted) stop();
  if (asked) follower.readGap(stream);
  else follower.beginAtNow(stream, { isReset: after !== undefined });
  return stream;
}

class ActivityFollower {
  readonly #given: ActivityToFollow;
  /** Everything up to here has been sent, or is not wanted. */
  #known: StreamPosition;
  /** The stream, while events come from the live feed. */
  #live: EventStream | undefined;

  constructor(given: ActivityToFollow, known: StreamPosition) {
    this.#given = given;
    this.#known = known;
  }

  /** What is filtered out moves a reader on too: its cursor must not grow old. */
  cursor(): string {
    const live = this.#given.deps.events.position();
    const isAhead = this.#live !== undefined && isAfter(live, this.#known);
    return encodeCursor(isAhead ? live : this.#known);
  }

  onEvent(event: EventDocument, position: StreamPosition): void {
    if (this.#live) this.#send(this.#live, event, position);
  }

  onGap(last: StreamPosition): void {
    const stream = this.#live;
    if (!stream) return;
    this.#live = undefined;
    this.#known = last;
    this.readGap(stream);
  }

  beginAtNow(stream: EventStream, { isReset }: { isReset: boolean }): void {
    if (isReset) this.#reset(stream);
    else this.#live = stream;
  }

  /** Reads what was committed after the known position, until it meets the live feed. */
  readGap(stream: EventStream): void {
    const { deps, organizationId } = this.#given;
    void keepReading(stream, deps.log, async () => {
      let outcome: CaughtUp;
      do {
        // A slow reader waits outside: its turn is another's meanwhile.
        await stream.drained();
        outcome = await deps.events.readSince({
          organizationId,
          after: this.#known,
          signal: stream.signal,
          onEvent: async (event, position) => {
            this.#send(stream, event, position);
            return unlessLate(
              patienceMs,
              stream.drained().then(() => true),
              () => false,
            );
          },
          hasMet: (position) => this.#meet(stream, position),
        });
      } while (outcome === 'paused');
      if (outcome === 'lost') this.#reset(stream);
    });
  }

  /** Whether the catch-up is where the live feed is; goes live in that very moment. */
  #meet(stream: EventStream, position: StreamPosition): boolean {
    if (isAfter(this.#given.deps.events.position(), position)) return false;
    this.#known = position;
    this.#live = stream;
    return true;
  }

  #send(stream: EventStream, event: EventDocument, position: StreamPosition): void {
    // What the catch-up has sent comes again live.
    if (stream.signal.aborted || !isAfter(position, this.#known)) return;
    this.#known = position;
    if (this.#given.isWanted(event))
      stream.send({ id: encodeCursor(position), event: event.type, data: event.body });
  }

  #reset(stream: EventStream): void {
    const now = this.#given.deps.events.position();
    const since = new Date(this.#known.at.getTime() - resetOverlapMs);
    const data = { since, until: now.at, read: this.#given.readAt(since, now.at) };
    this.#known = now;
    this.#live = stream;
    stream.send({ id: encodeCursor(now), event: 'reset', data: JSON.stringify(data) });
  }
}
