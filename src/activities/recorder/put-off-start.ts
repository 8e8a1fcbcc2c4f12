/** The beginning of an attempt whose code already runs: recorded with its outcome, or by itself once that takes longer. */
import type { Fact } from '../../engine/log/facts.ts';
import type { Recorded } from '../../store/log/append-transaction.ts';

/** An attempt that takes longer has its start recorded while it runs. Source: the contract, the log. */
const putOffMs = 40;

/** The facts of a beginning, until they are recorded. */
export class PutOffStart {
  readonly #append: () => Promise<Recorded[]>;
  readonly #timer: NodeJS.Timeout;
  #facts: readonly Fact[];
  #flushing: Promise<void> | undefined;
  /** What was recorded of the facts by themselves. */
  recorded: Recorded | undefined;

  /** `onRecorded` hears of the state after the facts, should they be recorded by themselves. */
  constructor(
    facts: readonly Fact[],
    append: (facts: readonly Fact[]) => Promise<Recorded[]>,
    onRecorded: (recorded: Recorded) => void,
  ) {
    this.#facts = facts;
    this.#append = async () => {
      const recorded = await append(facts);
      this.recorded = recorded.at(-1);
      if (this.recorded) onRecorded(this.recorded);
      return recorded;
    };
    this.#timer = setTimeout(() => void this.flush().catch(() => undefined), putOffMs);
  }

  /** Records the facts by themselves, unless that is done. @throws what the append throws; then they are still there */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#facts.length === 0) return;
    this.#flushing ??= this.#append()
      .then(() => void (this.#facts = []))
      .finally(() => (this.#flushing = undefined));
    await this.#flushing;
  }

  /** Ends the waiting. Returns the facts that have yet to be recorded. */
  async close(): Promise<readonly Fact[]> {
    clearTimeout(this.#timer);
    await this.#flushing?.catch(() => undefined);
    return this.#facts;
  }
}
