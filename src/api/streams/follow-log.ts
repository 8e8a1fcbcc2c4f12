import type { EventHub } from '../../store/event-hub.ts';
import type { EventDocument } from '../../store/events.ts';
import type { EventStream } from './sse.ts';

/** Events that one read of the log brings. */
const batch = 500;

/** What is followed: a run, or one of its executions. */
export interface LogToFollow {
  stream: EventStream;
  hub: EventHub;
  runId: string;
  /** Sequence of the last event that the reader has. */
  after: number;
  /** Whether an event belongs to what is followed. */
  includes: (event: EventDocument) => boolean;
  /** Whether nothing follows an event. */
  isLast: (event: EventDocument) => boolean;
  read: (after: number, limit: number) => Promise<EventDocument[]>;
}

/**
 * Sends the events after a sequence, each exactly once and in order, until the last one. The live feed is joined before
 * the log is read; what comes meanwhile only says that the log must be read once more.
 */
export async function followLog(log: LogToFollow): Promise<void> {
  const { stream, hub } = log;
  let sent = log.after;
  let reading: Promise<void> | undefined;
  let isBehind = false;

  function send(event: EventDocument): void {
    if (stream.signal.aborted || event.sequence <= sent) return;
    sent = event.sequence;
    stream.send({ id: String(event.sequence), event: event.type, data: event.body });
    if (log.isLast(event)) stream.end('end');
  }

  async function catchUp(): Promise<void> {
    do {
      isBehind = false;
      const events = await log.read(sent, batch);
      events.forEach(send);
      isBehind ||= events.length === batch;
    } while (isBehind && !stream.signal.aborted);
  }

  function readSoon(): void {
    isBehind = true;
    reading ??= catchUp()
      .catch(() => stream.end('error', '{"retry":true}'))
      .finally(() => (reading = undefined));
  }

  const stop = await hub.listenToRun(log.runId, {
    onEvent(event) {
      if (!log.includes(event)) return;
      if (reading) isBehind = true;
      else send(event);
    },
    onGap: readSoon,
  });
  stream.signal.addEventListener('abort', stop, { once: true });
  if (stream.signal.aborted) stop();
  readSoon();
}
