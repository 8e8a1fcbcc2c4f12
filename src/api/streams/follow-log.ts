import type { Logger } from '../../log.ts';
import type { EventHub } from '../../store/live/event-hub.ts';
import type { EventDocument } from '../../store/log/events.ts';
import { keepReading } from './keep-reading.ts';
import type { EventStream } from './sse.ts';

/** Events that one read of the log brings: each may be of 128 KiB. */
const batch = 50;

/** What is followed: a run, or one of its executions. */
export interface LogToFollow {
  stream: EventStream;
  hub: EventHub;
  log: Logger;
  runId: string;
  /** Sequence of the last event that the reader has. */
  after: number;
  /** Whether an event belongs to what is followed. */
  includes: (event: EventDocument) => boolean;
  /** Whether nothing follows an event. */
  isLast: (event: EventDocument) => boolean;
  read: (after: number, limit: number) => Promise<EventDocument[]>;
  /** Whether what is followed is over by its record. */
  isOver: () => Promise<boolean>;
}

/**
 * Sends the events after a sequence, each exactly once and in order, until the last one. The live feed is joined before
 * the log is read; what comes meanwhile only says that the log must be read once more.
 */
export function followLog(given: LogToFollow): void {
  const { stream, hub, runId } = given;
  const follower = new LogFollower(given);
  const stop = hub.listenToRun(runId, follower);
  stream.signal.addEventListener('abort', stop, { once: true });
  if (stream.signal.aborted) stop();
  follower.readAgain();
}

class LogFollower {
  readonly #given: LogToFollow;
  #sent: number;
  /** Where events come from: the live feed, or the log, at the reader's pace. */
  #isLive = false;
  #isBehind = false;

  constructor(given: LogToFollow) {
    this.#given = given;
    this.#sent = given.after;
  }

  onEvent(event: EventDocument): void {
    if (!this.#given.includes(event)) return;
    if (this.#isLive) this.#send(event);
    else this.#isBehind = true;
  }

  onGap(): void {
    this.#isBehind = true;
    if (!this.#isLive) return;
    this.#isLive = false;
    this.readAgain();
  }

  /** Reads the log from where the reader is, then goes on live. */
  readAgain(): void {
    const { stream, log } = this.#given;
    void keepReading(stream, log, async () => {
      await this.#endIfOver();
      await this.#catchUp();
    });
  }

  /** Goes live in the very moment in which nothing is left to read: what comes after that is told. */
  async #catchUp(): Promise<void> {
    const { stream, read } = this.#given;
    while (!stream.signal.aborted) {
      this.#isBehind = false;
      const events = await read(this.#sent, batch);
      for (const event of events) {
        await stream.drained();
        this.#send(event);
      }
      if (events.length < batch && !this.#isBehind) break;
    }
    this.#isLive = true;
  }

  /** A reader that has all of what is over gets no event that would end its stream. */
  async #endIfOver(): Promise<void> {
    const { after, isOver, read, stream } = this.#given;
    if (this.#sent !== after || after === 0 || !(await isOver())) return;
    if ((await read(after, 1)).length === 0) stream.end('end');
  }

  #send(event: EventDocument): void {
    const { stream, isLast } = this.#given;
    if (stream.signal.aborted || event.sequence <= this.#sent) return;
    this.#sent = event.sequence;
    stream.send({ id: String(event.sequence), event: event.type, data: event.body });
    if (isLast(event)) stream.end('end');
  }
}
