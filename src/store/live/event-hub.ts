/**
 * Live events of the log: one change stream per process, fanned out in memory to any number of listeners, and a few
 * short-lived ones for listeners that come back.
 */
import type { Db } from 'mongodb';
import type { Logger } from '../../log.ts';
import { ChangeStreamFeed } from '../log/event-feed.ts';
import type { EventFeed, EventListener } from '../log/event-feed.ts';
import type { EventDocument } from '../log/events.ts';
import { readSince } from '../log/read-since.ts';
import type { CatchUp, CaughtUp } from '../log/read-since.ts';
import { createTurns } from '../mongo/turns.ts';
import type { StreamPosition } from './stream-position.ts';

/** The fan-out of one process. */
export interface EventHub extends EventFeed {
  /** Listens to one run, once the hub is ready; answers what ends it. */
  listenToRun(runId: string, listener: EventListener): () => void;
  /** Listens to all events of an organization. */
  listenToOrganization(organizationId: string, listener: EventListener): () => void;
  /** As `readSince`, a few at a time: the others wait their turn. */
  readSince(given: CatchUp): Promise<CaughtUp>;
}

/** Short-lived change streams that are open at a time, however many listeners come back at once. */
export const maxCatchUps = 8;

/** How long after its last listener the change stream is closed, in milliseconds. */
const restAfterMs = 60_000;

/** Creates the hub; its change stream is open while somebody asks for it, and for a while after. */
export function createEventHub(db: Db, log: Logger, { restMs = restAfterMs } = {}): EventHub {
  const listeners = createListeners(log);
  const turns = createTurns(maxCatchUps);
  const createFeed = () => new ChangeStreamFeed(db, log, listeners);
  let feed = createFeed();
  let resting: NodeJS.Timeout | undefined;
  /** Those who come back and will listen. */
  let reading = 0;

  function restLater(): void {
    clearTimeout(resting);
    resting = setTimeout(() => {
      if (!listeners.isEmpty()) return;
      if (reading > 0) return restLater();
      void feed.close();
      feed = createFeed();
    }, restMs).unref();
  }

  function listen(key: string, listener: EventListener): () => void {
    const remove = listeners.add(key, listener);
    return () => {
      remove();
      if (listeners.isEmpty()) restLater();
    };
  }

  return {
    ready() {
      restLater();
      return feed.ready();
    },
    position: () => feed.position(),
    close() {
      clearTimeout(resting);
      return feed.close();
    },
    listenToRun: listen,
    listenToOrganization: listen,
    async readSince(given) {
      reading += 1;
      try {
        return (await turns.take(given.signal, () => readSince(db, given))) ?? 'aborted';
      } finally {
        reading -= 1;
        restLater();
      }
    },
  };
}

/** Creates what tells each event to those that listen to its run or its organization. */
function createListeners(log: Logger) {
  const byKey = new Map<string, Set<EventListener>>();

  /** One listener's fault is not its neighbours'. */
  function tell(listener: () => void): void {
    try {
      listener();
    } catch (error) {
      log.error({ err: error }, 'a listener to the log failed');
    }
  }

  return {
    isEmpty: () => byKey.size === 0,
    /** Adds a listener to a run's or an organization's events; what is returned removes it. */
    add(key: string, listener: EventListener): () => void {
      const ofKey = byKey.get(key) ?? new Set();
      byKey.set(key, ofKey);
      ofKey.add(listener);
      return () => {
        ofKey.delete(listener);
        if (ofKey.size === 0 && byKey.get(key) === ofKey) byKey.delete(key);
      };
    },
    onEvent(event: EventDocument, position: StreamPosition): void {
      for (const key of [event.runId, event.organizationId])
        for (const listener of byKey.get(key) ?? []) tell(() => listener.onEvent(event, position));
    },
    onGap(last: StreamPosition): void {
      for (const ofKey of byKey.values()) for (const listener of ofKey) tell(() => listener.onGap(last));
    },
  };
}
