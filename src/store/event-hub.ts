/** Live events of the log: one change stream per process, fanned out in memory to any number of listeners. */
import type { ChangeStream, ChangeStreamInsertDocument, Db } from 'mongodb';
import type { Logger } from '../log.ts';
import { eventsOf } from './events.ts';
import type { EventDocument } from './events.ts';

/** Hears of events after their commit, in the order of their commits. */
export interface EventListener {
  onEvent(event: EventDocument, resumeToken: string): void;
  /** The stream was lost and is back: events in between must be read from the log. */
  onGap(): void;
}

/** The fan-out of one process. */
export interface EventHub {
  /** Listens to one run. Answers once nothing committed from now on can be missed. */
  listenToRun(runId: string, listener: EventListener): Promise<() => void>;
  /** Listens to all events of an organization. */
  listenToOrganization(organizationId: string, listener: EventListener): Promise<() => void>;
  close(): Promise<void>;
}

const retryMs = 500;

/** Creates the hub; its change stream is opened with the first listener. */
export function createEventHub(db: Db, log: Logger): EventHub {
  const listeners = new Map<string, Set<EventListener>>();
  let stream: ChangeStream<EventDocument> | undefined;
  let opened: Promise<void> | undefined;
  let resumeToken: unknown;
  let isClosed = false;

  function tell(key: string, call: (listener: EventListener) => void): void {
    for (const listener of listeners.get(key) ?? []) call(listener);
  }

  function open(): Promise<void> {
    const resume = resumeToken === undefined ? {} : { resumeAfter: resumeToken };
    const current = eventsOf(db).watch([{ $match: { operationType: 'insert' } }], {
      ...resume,
      maxAwaitTimeMS: 1_000,
    });
    stream = current;
    current.on('change', (change) => {
      resumeToken = change._id;
      const event = (change as ChangeStreamInsertDocument<EventDocument>).fullDocument;
      const token = JSON.stringify(change._id);
      tell(event.runId, (listener) => listener.onEvent(event, token));
      tell(event.organizationId, (listener) => listener.onEvent(event, token));
    });
    const lost = (error: unknown) => void reopen(error);
    current.once('error', lost);
    return new Promise((resolve) => {
      current.once('init', () => resolve());
      current.once('resumeTokenChanged', (token) => {
        resumeToken ??= token;
        resolve();
      });
      current.once('error', () => resolve());
    });
  }

  async function reopen(error: unknown): Promise<void> {
    if (isClosed) return;
    log.warn({ err: error }, 'the change stream was lost; opening it again');
    // History may be gone: start at now and let every listener read the log.
    if (isHistoryLost(error)) resumeToken = undefined;
    await stream?.close().catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, retryMs));
    if (isClosed) return;
    await open();
    for (const set of listeners.values()) for (const listener of set) listener.onGap();
  }

  async function listen(key: string, listener: EventListener): Promise<() => void> {
    const set = listeners.get(key) ?? new Set();
    listeners.set(key, set);
    set.add(listener);
    opened ??= open();
    await opened;
    return () => {
      set.delete(listener);
      if (set.size === 0 && listeners.get(key) === set) listeners.delete(key);
    };
  }

  return {
    listenToRun: listen,
    listenToOrganization: listen,
    async close() {
      isClosed = true;
      await stream?.close().catch(() => undefined);
    },
  };
}

/** Source: MongoDB error codes ChangeStreamFatalError, ChangeStreamHistoryLost and InvalidResumeToken. */
const historyLost = [280, 286, 260];

function isHistoryLost(error: unknown): boolean {
  return historyLost.includes((error as { code?: number }).code ?? 0);
}
