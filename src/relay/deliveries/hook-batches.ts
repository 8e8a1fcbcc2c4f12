/** Gathers the deliveries of each endpoint into batches: what is due when a batch is free to go travels together. */
import { unlessLate } from '../../deadline.ts';
import type { DeliveryDocument } from '../../store/deliveries/deliveries.ts';
import { startBatch } from './start-delivery.ts';
import type { DeliveryStarts } from './start-delivery.ts';

/** Most deliveries of a batch, and batches of one endpoint that this process has under way. */
const mostDeliveries = 50;
const mostUnderWay = 2;
/** After this the next batch goes whether the one before has answered or not, in milliseconds. */
const longestMs = 500;

/** The batches of one process. */
export interface HookBatches {
  /** Lets deliveries go with the next batch of their endpoint. */
  add(deliveries: readonly DeliveryDocument[]): void;
  /** Whether some still wait. */
  isIdle(): boolean;
  /** Begins nothing more: what waits is found by the sweep of another process, or of the next start. */
  stop(): void;
}

interface Line {
  waiting: Set<string>;
  underWay: number;
}

/** Creates them. `work` runs what calls Temporal, as many at a time as may be, and tells what failed. */
export function createHookBatches(
  given: DeliveryStarts,
  work: { add(key: string, task: () => Promise<void>): void },
): HookBatches {
  const lines = new Map<string, Line>();
  const underWay = new Set<AbortController>();
  let count = 0;

  function next(endpointId: string): void {
    const line = lines.get(endpointId);
    if (!line) return;
    if (line.waiting.size === 0 && line.underWay === 0) lines.delete(endpointId);
    while (line.waiting.size > 0 && line.underWay < mostUnderWay) {
      const ids = [...line.waiting].slice(0, mostDeliveries);
      for (const id of ids) line.waiting.delete(id);
      line.underWay += 1;
      const free = () => {
        line.underWay -= 1;
        next(endpointId);
      };
      work.add(`batch ${(count += 1)}`, () => send(given, underWay, { endpointId, deliveryIds: ids, free }));
    }
  }

  return {
    add(deliveries) {
      for (const { _id, endpointId } of deliveries) {
        const line = lines.get(endpointId) ?? { waiting: new Set(), underWay: 0 };
        lines.set(endpointId, line);
        line.waiting.add(_id);
      }
      for (const endpointId of new Set(deliveries.map((delivery) => delivery.endpointId))) next(endpointId);
    },
    isIdle: () => [...lines.values()].every(({ waiting }) => waiting.size === 0),
    stop() {
      lines.clear();
      for (const stopped of underWay) stopped.abort();
    },
  };
}

/** Starts a batch; `free` is called when another may go. */
async function send(
  given: DeliveryStarts,
  underWay: Set<AbortController>,
  { free, ...batch }: { endpointId: string; deliveryIds: string[]; free: () => void },
): Promise<void> {
  // One of its own for each: what listens to a signal stays there.
  const stopped = new AbortController();
  underWay.add(stopped);
  const over = () => {
    underWay.delete(stopped);
    free();
  };
  try {
    const { answered } = await startBatch(given, { ...batch, stopped: stopped.signal });
    void unlessLate(longestMs, answered, () => stopped.abort()).then(over);
  } catch (error) {
    over();
    throw error;
  }
}
