import type { Db } from 'mongodb';
import { currentMs } from '../../clock.ts';
import type { Logger } from '../../log.ts';
import { liveKeysOf } from '../../store/access/api-keys.ts';
import type { EventStream } from './sse.ts';

/** Looks again, from time to time, at the keys of open streams. */
export interface KeyWatch {
  /** Ends a stream soon after its key was revoked or has expired, and when its stream token expires. */
  watch(by: { keyId: string; expiresAt?: Date | undefined }, stream: EventStream): void;
  /** How many streams are open. */
  count(): number;
  stop(): void;
}

/** Creates the watch of one process: one query for the keys of all of its streams. */
export function createKeyWatch(given: { db: Db; log: Logger; everyMs: number }): KeyWatch {
  const streams = new Map<string, Set<EventStream>>();

  async function check(): Promise<void> {
    const keyIds = [...streams.keys()];
    if (keyIds.length === 0) return;
    const live = await liveKeysOf(given.db, keyIds);
    for (const keyId of keyIds.filter((one) => !live.has(one)))
      for (const stream of streams.get(keyId) ?? []) stream.end('unauthorized');
  }

  const timer = setInterval(() => {
    check().catch((error: unknown) => given.log.warn({ err: error }, 'keys could not be checked'));
  }, given.everyMs);

  return {
    watch({ keyId, expiresAt }, stream) {
      if (stream.signal.aborted) return;
      const leftMs = expiresAt && Math.max(0, expiresAt.getTime() - currentMs());
      const timer = leftMs === undefined ? undefined : setTimeout(() => stream.end('unauthorized'), leftMs);
      const ofKey = streams.get(keyId) ?? new Set();
      streams.set(keyId, ofKey);
      ofKey.add(stream);
      stream.signal.addEventListener('abort', () => {
        clearTimeout(timer);
        ofKey.delete(stream);
        if (ofKey.size === 0 && streams.get(keyId) === ofKey) streams.delete(keyId);
      });
    },
    count: () => [...streams.values()].reduce((sum, ofKey) => sum + ofKey.size, 0),
    stop: () => clearInterval(timer),
  };
}
