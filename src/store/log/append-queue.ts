import { setImmediate as endOfTurn, setTimeout as delay } from 'node:timers/promises';
import type { Fact } from '../../engine/log/facts.ts';
import { AppError } from '../../errors/app-error.ts';
import type { Recorded } from './append-transaction.ts';
import { gatherMs } from '../mongo/group-calls.ts';

/** Groups the appends of one process, run by run. */
export interface AppendQueue {
  /**
   * Adds facts to the run's next group; answers what is recorded of them.
   * @throws AppError store-unavailable at once when too much waits already, else whatever the commit throws
   */
  append(runId: string, facts: readonly Fact[]): Promise<Recorded[]>;
}

interface Waiting {
  facts: readonly Fact[];
  bytes: number;
  resolve: (recorded: Recorded[]) => void;
  reject: (error: unknown) => void;
}

// Source of the bounds: one transaction of 100 events takes 6.5 ms; oplog entries stay far below 16 MiB.
const groupFacts = 500;
const groupBytes = 4 * 1024 * 1024;

/** What may wait in one process: past it callers are sent away, instead of memory growing. */
export const maxWaiting = { facts: 20_000, bytes: 64 * 1024 * 1024 };

/**
 * Creates the queue. While a commit of a run is under way, the next appends to it collect and go together; runs do not
 * wait for each other.
 */
export function createAppendQueue(
  commit: (runId: string, facts: readonly Fact[]) => Promise<Recorded[]>,
): AppendQueue {
  const queues = new Map<string, Waiting[]>();
  const load = createLoad();

  async function commitGroup(runId: string, group: readonly Waiting[]): Promise<void> {
    try {
      const recorded = await commit(
        runId,
        group.flatMap((waiting) => waiting.facts),
      );
      let from = 0;
      for (const waiting of group) waiting.resolve(recorded.slice(from, (from += waiting.facts.length)));
    } catch (error) {
      // An outage fails the whole batch: one after the other, each member would wait its whole time.
      if (group.length === 1 || isUnavailable(error)) for (const waiting of group) waiting.reject(error);
      // Of anything else, one bad member must not take its neighbours with it.
      else for (const waiting of group) await commitGroup(runId, [waiting]);
    }
  }

  async function drain(runId: string, queue: Waiting[]): Promise<void> {
    await endOfTurn();
    while (queue.length > 0) {
      const group = takeGroup(queue);
      await commitGroup(runId, group);
      for (const waiting of group) load.remove(waiting);
      if (group.length > 1) await delay(gatherMs);
    }
    queues.delete(runId);
  }

  function add(runId: string, waiting: Waiting): void {
    load.add(waiting);
    const queue = queues.get(runId);
    if (queue) return void queue.push(waiting);
    const started = [waiting];
    queues.set(runId, started);
    void drain(runId, started);
  }

  return {
    async append(runId, facts) {
      if (facts.length === 0) return [];
      const bytes = sizeOf(facts);
      return new Promise((resolve, reject) => add(runId, { facts, bytes, resolve, reject }));
    },
  };
}

type Sized = Pick<Waiting, 'facts' | 'bytes'>;

/** Counts what waits. One append alone is always taken, whatever its size. */
function createLoad() {
  let facts = 0;
  let bytes = 0;
  return {
    /** @throws AppError store-unavailable when there is no room */
    add(more: Sized): void {
      const isFull = facts + more.facts.length > maxWaiting.facts || bytes + more.bytes > maxWaiting.bytes;
      if (isFull && facts > 0)
        throw new AppError(
          'store-unavailable',
          'More waits to be recorded than MongoDB takes; try again later',
        );
      facts += more.facts.length;
      bytes += more.bytes;
    },
    remove(done: Sized): void {
      facts -= done.facts.length;
      bytes -= done.bytes;
    },
  };
}

function takeGroup(queue: Waiting[]): Waiting[] {
  let facts = 0;
  let bytes = 0;
  const end = queue.findIndex((waiting) => {
    facts += waiting.facts.length;
    bytes += waiting.bytes;
    return facts > groupFacts || bytes > groupBytes;
  });
  // The first member goes even when it alone is past a bound.
  return queue.splice(0, end === -1 ? queue.length : Math.max(1, end));
}

function sizeOf(facts: readonly Fact[]): number {
  return facts.reduce((sum, fact) => sum + JSON.stringify(fact).length, 0);
}

function isUnavailable(error: unknown): boolean {
  return error instanceof AppError && error.code === 'store-unavailable';
}
