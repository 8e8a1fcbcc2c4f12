/**
 * How much history a run may write before it continues as new. Counted here, not read from Temporal: replay may show
 * other lengths at other moments, and every decision must come out the same.
 */

/** Events that each thing writes at most, with the workflow task that its end wakes. */
export const eventCost = { activity: 6, localActivity: 1, timer: 5, signal: 4 } as const;

/** While a run cannot be drained, it tries again after this many events. Source: the contract, hard cases. */
const retryAfterEvents = 2_000;

/** The budget of one execution. */
export class HistoryBudget {
  #limit: number;
  #used = 0;

  /** `limit`: events after which the run continues as new; `undefined`: never. */
  constructor(limit: number | undefined) {
    this.#limit = limit ?? Number.POSITIVE_INFINITY;
  }

  spend(events: number): void {
    this.#used += events;
  }

  get isSpent(): boolean {
    return this.#used >= this.#limit;
  }

  /** Goes on for a while. */
  extend(): void {
    this.#limit = this.#used + Math.min(retryAfterEvents, this.#limit);
  }
}
