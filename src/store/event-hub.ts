/** Live events of the log: one change stream per process, fanned out in memory to any number of listeners. */
import { setTimeout as delay } from 'node:timers/promises';
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
  const feed = createFeed(db, log, {
    onEvent(event, token) {
      for (const key of [event.runId, event.organizationId]) {
        for (const listener of listeners.get(key) ?? []) listener.onEvent(event, token);
      }
    },
    onGap() {
      for (const set of listeners.values()) for (const listener of set) listener.onGap();
    },
  });

  async function listen(key: string, listener: EventListener): Promise<() => void> {
    const set = listeners.get(key) ?? new Set();
    listeners.set(key, set);
    set.add(listener);
    await feed.opened();
    return () => {
      set.delete(listener);
      if (set.size === 0 && listeners.get(key) === set) listeners.delete(key);
    };
  }

  return { listenToRun: listen, listenToOrganization: listen, close: feed.close };
}

/** One change stream that opens itself again whenever it is lost. */
function createFeed(db: Db, log: Logger, listener: EventListener) {
  let stream: ChangeStream<EventDocument> | undefined;
  let opening: Promise<void> | undefined;
  let resumeToken: unknown;
  let isClosed = false;

  function open(): Promise<void> {
    const resume = resumeToken === undefined ? {} : { resumeAfter: resumeToken };
    const current = eventsOf(db).watch([{ $match: { operationType: 'insert' } }], {
      ...resume,
      maxAwaitTimeMS: 1_000,
    });
    stream = current;
    current.on('change', (change) => {
      resumeToken = change._id;
      const { fullDocument } = change as ChangeStreamInsertDocument<EventDocument>;
      listener.onEvent(fullDocument, JSON.stringify(change._id));
    });
    current.once('error', (error: unknown) => void reopen(error));
    // The cursor stands on the server from its first token on: what is committed after that will come.
    return new Promise((resolve) => {
      current.once('error', () => resolve());
      current.once('resumeTokenChanged', (token: unknown) => {
        resumeToken ??= token;
        resolve();
      });
    });
  }

  async function reopen(error: unknown): Promise<void> {
    if (isClosed) return;
    log.warn({ err: error }, 'the change stream was lost; opening it again');
    // History may be gone: start at now and let every listener read the log.
    if (isHistoryLost(error)) resumeToken = undefined;
    await stream?.close().catch(() => undefined);
    await delay(retryMs);
    if (isClosed) return;
    await open();
    listener.onGap();
  }

  return {
    opened: () => (opening ??= open()),
    async close(): Promise<void> {
      isClosed = true;
      await stream?.close().catch(() => undefined);
    },
  };
}

/** Source: MongoDB error codes InvalidResumeToken, ChangeStreamFatalError and ChangeStreamHistoryLost. */
const historyLost = [260, 280, 286];

function isHistoryLost(error: unknown): boolean {
  return historyLost.includes((error as { code?: number }).code ?? 0);
}

/**
 * Reads an organization's events after a resume token up to now, by a short-lived change stream.
 * @returns `false` when the database no longer knows the token
 */
export async function readSince(
  db: Db,
  given: {
    organizationId: string;
    token: string;
    signal: AbortSignal;
    onEvent: (event: EventDocument, resumeToken: string) => void;
  },
): Promise<boolean> {
  const match = { operationType: 'insert', 'fullDocument.organizationId': given.organizationId };
  const stream = eventsOf(db).watch([{ $match: match }], {
    resumeAfter: JSON.parse(given.token) as object,
    maxAwaitTimeMS: 100,
  });
  try {
    for (;;) {
      const change = await stream.tryNext();
      if (change === null || given.signal.aborted) return true;
      const { fullDocument } = change as ChangeStreamInsertDocument<EventDocument>;
      given.onEvent(fullDocument, JSON.stringify(change._id));
    }
  } catch (error) {
    if (isHistoryLost(error) || (error as { name?: string }).name === 'MongoServerError') return false;
    throw error;
  } finally {
    await stream.close();
  }
}
