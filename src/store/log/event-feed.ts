/** The one change stream of a process: it opens itself again whenever it is lost, and goes on where it was. */
import { setTimeout as delay } from 'node:timers/promises';
import { Timestamp } from 'mongodb';
import type { ChangeStream, ChangeStreamInsertDocument, Db } from 'mongodb';
import { currentTime } from '../../clock.ts';
import { unlessLate } from '../../deadline.ts';
import { AppError } from '../../errors/app-error.ts';
import type { Logger } from '../../log.ts';
import { appendsOf, eventsIn, withoutRequests } from './appends.ts';
import type { AppendDocument } from './appends.ts';
import type { EventDocument } from './events.ts';
import { isPositionLost, positionOf, positionsIn } from '../live/stream-position.ts';
import type { StreamPosition } from '../live/stream-position.ts';

/** Callbacks run after commit, in commit order; they must not throw and must not be slow. */
export interface EventListener {
  onEvent(event: EventDocument, position: StreamPosition): void;
  /** What was committed after `last` may be missed: it must be read from the log. */
  onGap(last: StreamPosition): void;
}

/** The feed of one process. */
export interface EventFeed {
  /**
   * Opens the feed with its first call. From then on nothing that is committed is missed without a gap being told.
   * @throws AppError store-unavailable when it does not open in time; it goes on trying
   */
  ready(): Promise<void>;
  /** Everything up to here has been told. @throws Error before the feed was ready */
  position(): StreamPosition;
  close(): Promise<void>;
}

const retryMs = 500;
/** How long the first opening may take before a caller is sent away. */
const openMs = 5_000;
/** How long the server holds a question for news when there is none. */
const awaitMs = 1_000;

/** The feed of a database's events. */
export class ChangeStreamFeed implements EventFeed {
  readonly #db: Db;
  readonly #log: Logger;
  readonly #listener: EventListener;
  readonly #closing = new AbortController();
  readonly #opened: Promise<void>;
  #tellOpened = () => {};
  #position: StreamPosition | undefined;
  /** The last position before one that was lost, until the feed is open again. */
  #gapAfter: StreamPosition | undefined;
  #stream: ChangeStream<AppendDocument> | undefined;
  #running: Promise<void> | undefined;

  constructor(db: Db, log: Logger, listener: EventListener) {
    this.#db = db;
    this.#log = log;
    this.#listener = listener;
    this.#opened = new Promise((resolve) => (this.#tellOpened = resolve));
  }

  async ready(): Promise<void> {
    this.#running ??= this.#run();
    await unlessLate(openMs, this.#opened, () => {
      throw new AppError('store-unavailable', 'Live events cannot be read now.');
    });
  }

  position(): StreamPosition {
    const known = this.#position ?? this.#gapAfter;
    if (!known) throw new Error('the feed has not been open yet');
    return known;
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#stream?.close().catch(() => undefined);
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      await this.#follow().catch((error: unknown) => this.#onLost(error));
      await this.#stream?.close().catch(() => undefined);
      await delay(retryMs, undefined, { signal }).catch(() => undefined);
    }
  }

  async #follow(): Promise<void> {
    const stream = appendsOf(this.#db).watch([{ $match: { operationType: 'insert' } }, withoutRequests], {
      ...(this.#position ? { resumeAfter: this.#position.token } : await startOf(this.#db)),
      maxAwaitTimeMS: awaitMs,
    });
    this.#stream = stream;
    stream.once('resumeTokenChanged', (token: unknown) => this.#onOpened(token));
    while (!this.#closing.signal.aborted) {
      const change = (await stream.tryNext()) as ChangeStreamInsertDocument<AppendDocument> | null;
      if (change) this.#tell(change);
      // The collection was dropped or renamed: its old positions lead nowhere.
      else if (stream.closed) throw new StreamEndedError();
      this.#position = positionOf(stream.resumeToken, currentTime());
    }
  }

  #tell({ fullDocument, _id }: ChangeStreamInsertDocument<AppendDocument>): void {
    const position = positionOf(_id, currentTime());
    const events = eventsIn(fullDocument);
    const positions = positionsIn(position, { before: this.#position ?? position, events: events.length });
    events.forEach((event, index) => this.#listener.onEvent(event, positions[index] ?? position));
  }

  /** The server's cursor stands from its first token on: what is committed after that will come. */
  #onOpened(token: unknown): void {
    this.#position ??= positionOf(token, currentTime());
    this.#tellOpened();
    if (this.#gapAfter) this.#listener.onGap(this.#gapAfter);
    this.#gapAfter = undefined;
  }

  #onLost(error: unknown): void {
    if (this.#closing.signal.aborted) return;
    this.#log.warn({ err: error }, 'the change stream was lost; opening it again');
    if (!(error instanceof StreamEndedError) && !isPositionLost(error)) return;
    this.#gapAfter ??= this.#position;
    this.#position = undefined;
  }
}

/**
 * Returns where a new change stream begins: after what every read sees from now on. By itself it would begin at the
 * cluster's time, and a write that has its time but has not come to its end would be in neither, read nor stream.
 */
async function startOf(db: Db): Promise<{ startAtOperationTime?: Timestamp }> {
  const { lastWrite } = await db.command({ hello: 1 });
  const committed = lastWrite?.majorityOpTime?.ts as Timestamp | undefined;
  return committed ? { startAtOperationTime: new Timestamp(committed.toBigInt() + 1n) } : {};
}

/** The collection under the change stream is not what it was. */
class StreamEndedError extends Error {
  constructor() {
    super('the change stream has ended');
    this.name = 'StreamEndedError';
  }
}
