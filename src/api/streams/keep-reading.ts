import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '../../log.ts';
import { isOutage } from '../../store/mongo/database.ts';
import type { EventStream } from './sse.ts';

/** How long a read waits after one that failed: MongoDB is away. */
const retryMs = 1_000;

/**
 * Repeats a read for a stream until it succeeds: while MongoDB is away the stream stays open. Any other error is a fault
 * of ours, and ends the stream: the reader comes back with its cursor.
 */
export async function keepReading(
  stream: EventStream,
  log: Pick<Logger, 'error'>,
  read: () => Promise<void>,
): Promise<void> {
  while (!stream.signal.aborted) {
    try {
      return await read();
    } catch (error) {
      if (!isOutage(error)) {
        log.error({ err: error }, 'a stream could not go on');
        return stream.end('error', '{"retry":true}');
      }
      await delay(retryMs, undefined, { signal: stream.signal }).catch(() => undefined);
    }
  }
}
