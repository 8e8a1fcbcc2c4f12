/** The memory that a thread of a pool shares with it: who it is, what it works at since when. */
import { currentThreadId, sharedClockMs, TimeBound } from './thread-time.ts';

/** Cells of the memory. */
export const sharedCells = {
  /** `currentThreadId()` of the thread. */
  threadId: 0,
  /** Number of the step, from 1; 0 between steps. */
  running: 1,
  /** `workedMs()` of the thread at its start. */
  startedAt: 2,
  /** `sharedClockMs()` at its start. */
  startedAtClock: 3,
  count: 4,
} as const;

/** A thread's own side of the shared memory. */
export class ThreadCells {
  readonly #cells: Int32Array;
  readonly #threadId = currentThreadId();

  constructor(shared: SharedArrayBuffer) {
    this.#cells = new Int32Array(shared);
    Atomics.store(this.#cells, sharedCells.threadId, this.#threadId);
  }

  /** A time bound that no pool watches. */
  bound(limitMs: number): TimeBound {
    return new TimeBound(this.#threadId, limitMs);
  }

  /** Begins a step of the job, from 0. */
  begin(step: number, limitMs: number): TimeBound {
    const time = this.bound(limitMs);
    Atomics.store(this.#cells, sharedCells.startedAt, time.startedAt);
    Atomics.store(this.#cells, sharedCells.startedAtClock, sharedClockMs());
    Atomics.store(this.#cells, sharedCells.running, step + 1);
    return time;
  }

  /** Ends the step. */
  end(): void {
    Atomics.store(this.#cells, sharedCells.running, 0);
  }
}
