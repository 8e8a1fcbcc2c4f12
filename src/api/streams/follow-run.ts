import { catalogEntry } from '../../engine/event-catalog.ts';
import type { EventHub } from '../../store/event-hub.ts';
import type { EventDocument } from '../../store/events.ts';
import type { EventStream } from './sse.ts';

/** Events that one read of the log brings. */
const batch = 500;

/**
 * Sends a run's events after a sequence, each exactly once and in order, until its last one. Live events only say that
 * there is more: whenever one is not the next, the log is read.
 */
export async function followRun(given: {
  stream: EventStream;
  hub: EventHub;
  runId: string;
  after: number;
  read: (after: number, limit: number) => Promise<EventDocument[]>;
}): Promise<void> {
  const { stream, hub, runId, read } = given;
  let sent = given.after;
  let reading: Promise<void> | undefined;
  let isBehind = false;

  function send(event: EventDocument): void {
    sent = event.sequence;
    stream.send({ id: String(event.sequence), event: event.type, data: event.body });
    if (event.type.startsWith('run.') && catalogEntry(event.type).final) stream.end('end');
  }

  async function catchUp(): Promise<void> {
    do {
      isBehind = false;
      const events = await read(sent, batch);
      for (const event of events) if (!stream.signal.aborted) send(event);
      isBehind ||= events.length === batch;
    } while (isBehind && !stream.signal.aborted);
  }

  function readSoon(): void {
    isBehind = true;
    reading ??= catchUp()
      .catch(() => stream.end('error', '{"retry":true}'))
      .finally(() => (reading = undefined));
  }

  const stop = await hub.listenToRun(runId, {
    onEvent(event) {
      if (stream.signal.aborted || event.sequence <= sent) return;
      if (!reading && event.sequence === sent + 1) send(event);
      else readSoon();
    },
    onGap: readSoon,
  });
  stream.signal.addEventListener('abort', stop, { once: true });
  if (stream.signal.aborted) stop();
  readSoon();
}
