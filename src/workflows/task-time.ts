/**
 * How long a run holds its workflow task. While Local Activities follow each other Temporal keeps the task open, and the
 * run's timers, signals and cancel wait for its end, as do other runs for its slot.
 */
import type { RanSpan } from '../engine/log/node-call.ts';

/** A task that has lasted this long ends before anything further starts. Source: the contract, the log. */
const longTaskMs = 100;
/** Where a busy machine makes everything slow, more tasks make it slower: fewer answers than these wait for longer. */
const fewAnswers = 10;
const longestTaskMs = 500;
/** What the workflow thread takes for each answer, about. */
const answerMs = 4;

/** The time of one run's current workflow task, as the answers of its Local Activities tell it: replay gives the same. */
export class TaskTime {
  #heldMs = 0;
  #answers = 0;
  #lastEnd = 0;

  /** What has just come can only have come with a new task. */
  begin(): void {
    this.#heldMs = 0;
    this.#answers = 0;
  }

  /** A Local Activity has answered. Ones that ran side by side count once. */
  spend(ran: RanSpan | undefined): void {
    this.#heldMs += answerMs;
    this.#answers += 1;
    if (!ran) return;
    this.#heldMs += Math.max(0, ran.to - Math.max(ran.from, this.#lastEnd));
    this.#lastEnd = Math.max(this.#lastEnd, ran.to);
  }

  get isLong(): boolean {
    return this.#heldMs >= (this.#answers < fewAnswers ? longestTaskMs : longTaskMs);
  }
}
